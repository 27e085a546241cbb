package dev.or3.tck.suites.certify;

import dev.or3.tck.api.result.Report;
import java.util.List;

/**
 * The result of a campaign.
 *
 * @param report   the report
 * @param findings one for each failed rule, in the order of the catalogue
 */
public record Certified(Report report, List<Finding> findings) {
    public Certified {
        findings = List.copyOf(findings);
    }
}
