package dev.or3.tck.reference.convex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.result.Conclusion;
import dev.or3.tck.api.result.Report;
import dev.or3.tck.api.result.Status;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.certify.Certification;
import dev.or3.tck.suites.certify.Effort;
import dev.or3.tck.suites.certify.Progress;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.Target;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The provider over the stub, held to every rule of the catalogue. */
class ConvexCertificationTest {
    private static final Duration BUDGET = Duration.ofSeconds(20);

    @Test
    void is_certified_where_all_goes_well() {
        assertCertified(certified(Map.of(), 1));
    }

    @Test
    void is_certified_in_rough_weather_by_two_instances() {
        assertCertified(certified(Map.of(Settings.WEATHER, "rough:7"), 2));
    }

    private static Report certified(Map<String, String> settings, int instances) {
        try (Target target = InProcessTarget.temporary(new ConvexProviderFactory(), settings, WireSchema.current(),
                instances)) {
            return Certification.run(target, dev.or3.tck.suites.certify.Settings.of(Effort.SMOKE, 42).withBudget(BUDGET),
                    Progress.SILENT).report();
        }
    }

    private static void assertCertified(Report report) {
        assertThat(report.rules()).filteredOn(rule -> rule.status() == Status.FAILED || rule.status() == Status.ERROR)
                .isEmpty();
        assertThat(report.verdict()).as(report.reason()).isEqualTo(Conclusion.CERTIFIED);
    }
}
