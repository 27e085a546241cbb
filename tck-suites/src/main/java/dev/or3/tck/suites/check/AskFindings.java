package dev.or3.tck.suites.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What was found about a component, before it is known whether the history is worth counting. For one thread. */
public final class AskFindings {
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, Long> premises = new TreeMap<>();
    private final List<String> limits = new ArrayList<>();

    /**
     * @param sentence because … yet …
     * @param calls    the witnesses; nulls are left out
     */
    public void violated(String rule, String workspace, String sentence, String expected, String actual, AskCall... calls) {
        violated(rule, workspace, sentence, expected, actual, Stream.of(calls).filter(call -> call != null)
                .map(AskCall::seq));
    }

    /**
     * @param events the seqs of the witnesses
     */
    public void violated(String rule, String workspace, String sentence, String expected, String actual,
            Stream<Integer> events) {
        List<Integer> witnesses = events.distinct().sorted().toList();
        violations.add(new Violation(rule, sentence, expected, actual, workspace, witnesses, List.of()));
    }

    /** As it stands. */
    public void violated(Violation violation) {
        violations.add(violation);
    }

    /** The premise of a rule occurred so many times, 0 included. */
    public void premise(String rule, long times) {
        if (times > 0) {
            premises.merge(rule, times, Long::sum);
        }
    }

    /** A search hit a bound: words that begin with the rule and a colon. */
    public void limit(String words) {
        limits.add(words);
    }

    public boolean isClean() {
        return violations.isEmpty();
    }

    public boolean violates(String rule) {
        return violations.stream().anyMatch(violation -> violation.rule().equals(rule));
    }

    /** What was found about a part, into what is found about the whole. */
    public void moveTo(AskFindings whole) {
        whole.violations.addAll(violations);
        whole.limits.addAll(limits);
        premises.forEach(whole::premise);
    }

    /**
     * @param grounded whether the plain round trip of the component was seen: without it no premise counts
     */
    public void moveTo(Findings findings, boolean grounded) {
        violations.forEach(findings::add);
        limits.forEach(findings::limit);
        if (grounded) {
            premises.forEach(findings::premise);
        }
    }
}
