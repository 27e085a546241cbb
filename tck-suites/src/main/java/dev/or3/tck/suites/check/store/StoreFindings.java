package dev.or3.tck.suites.check.store;

import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What was found, before it is known whether the history is worth counting. Not safe for use by several threads. */
final class StoreFindings {
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, Long> premises = new TreeMap<>();
    private final List<String> limits = new ArrayList<>();

    /**
     * @param sentence because … yet …
     * @param calls    the witnesses; nulls are left out
     */
    void violated(String rule, String workspace, String sentence, String expected, String actual, StoreCall... calls) {
        List<Integer> witnesses = Stream.of(calls).filter(call -> call != null).map(StoreCall::seq).distinct().sorted()
                .toList();
        violations.add(new Violation(rule, sentence, expected, actual, workspace, witnesses, List.of()));
    }

    void premise(String rule) {
        premise(rule, 1);
    }

    void premise(String rule, long times) {
        if (times > 0) {
            premises.merge(rule, times, Long::sum);
        }
    }

    void limit(String words) {
        limits.add(words);
    }

    List<String> limits() {
        return List.copyOf(limits);
    }

    boolean isClean() {
        return violations.isEmpty();
    }

    boolean violates(String rule) {
        return violations.stream().anyMatch(violation -> violation.rule().equals(rule));
    }

    /**
     * @param grounded whether the plain round trip of the component was seen: without it no premise counts
     */
    void moveTo(Findings findings, boolean grounded) {
        violations.forEach(findings::add);
        limits.forEach(findings::limit);
        if (grounded) {
            premises.forEach(findings::premise);
        }
    }
}
