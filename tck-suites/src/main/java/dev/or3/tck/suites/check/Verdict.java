package dev.or3.tck.suites.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
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
 * @param limits     bounds that a search hit before it could decide, in words that begin with the rule and a colon: an
 *                   error of the kit, not a pass
 */
public record Verdict(List<Violation> violations, SortedMap<String, Long> exercised, List<String> limits) {
    public Verdict {
        violations = List.copyOf(violations);
        limits = List.copyOf(limits);
    }

    public boolean violates(String rule) {
        return violations.stream().anyMatch(violation -> violation.rule().equals(rule));
    }

    /** The canonical text: equal verdicts have equal texts, to the byte. In ASCII, so that lone surrogates survive. */
    public String toJson() {
        try {
            return Json.mapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a verdict is plain data", e);
        }
    }

    public static SortedMap<String, Long> counts(Map<String, Long> counts) {
        return new TreeMap<>(counts);
    }
}
