package dev.or3.tck.suites.check;

import dev.or3.tck.api.Json;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a history shows. A function of the history alone.
 *
 * @param violations in the order of the catalogue, at most a few for each rule
 * @param exercised  for each rule whose premise occurred, how often
 * @param limits     bounds that a search hit before it could decide, in words: an error of the kit, not a pass
 */
public record Verdict(List<Violation> violations, SortedMap<String, Long> exercised, List<String> limits) {
    public Verdict {
        violations = List.copyOf(violations);
        limits = List.copyOf(limits);
    }

    public boolean violates(String rule) {
        return violations.stream().anyMatch(violation -> violation.rule().equals(rule));
    }

    /** The canonical text: equal verdicts have equal texts, to the byte. */
    public String toJson() {
        return Json.write(this);
    }

    public static SortedMap<String, Long> counts(Map<String, Long> counts) {
        return new TreeMap<>(counts);
    }
}
