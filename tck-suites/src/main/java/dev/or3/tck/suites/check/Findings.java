package dev.or3.tck.suites.check;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.suites.run.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects what the judgements find in one history. Keeps a few violations of each rule, and drops those of rules that
 * do not apply: from a later profile, or about a capability that is not declared. Not safe for use by several threads.
 */
public final class Findings {
    /** How many violations of one rule are kept. */
    public static final int PER_RULE = 3;

    private static final Set<String> CAPABILITIES = Set.of("gc", "snapshot", "applied", "cursorOwnership", "commit", "delete", "quota");

    private final Map<String, Integer> order = new HashMap<>();
    private final Map<String, List<Violation>> violations = new LinkedHashMap<>();
    private final Map<String, Long> exercised = new HashMap<>();
    private final List<String> limits = new ArrayList<>();

    Findings(History.Header header) {
        for (Rule rule : Catalogue.current().rules()) {
            if (applies(rule, header)) {
                order.put(rule.id(), order.size());
            }
        }
    }

    private static boolean applies(Rule rule, History.Header header) {
        return header.profile().includes(rule.from()) && rule.needs().stream().allMatch(
                need -> !CAPABILITIES.contains(need) || header.manifest().hasCapability(rule.component(), need));
    }

    /** Whether the rule is judged at all: it is in the catalogue, and profile and capabilities fit. */
    public boolean applies(String rule) {
        return order.containsKey(rule);
    }

    /** Whether a further violation of this rule would be kept; where looking closely is expensive, ask first. */
    public boolean wants(String rule) {
        return applies(rule) && violations.getOrDefault(rule, List.of()).size() < PER_RULE;
    }

    /** Whether a violation of this rule was found. */
    public boolean violated(String rule) {
        return violations.containsKey(rule);
    }

    /** Adds a violation, unless the rule does not apply or enough are known. */
    public void add(Violation violation) {
        if (wants(violation.rule())) {
            violations.computeIfAbsent(violation.rule(), rule -> new ArrayList<>()).add(violation);
        }
    }

    /** The premise of a rule occurred. */
    public void premise(String rule) {
        premise(rule, 1);
    }

    /** The premise of a rule occurred so many times, 0 included. */
    public void premise(String rule, long times) {
        if (times > 0 && applies(rule)) {
            exercised.merge(rule, times, Long::sum);
        }
    }

    /** A search hit a bound before it could decide: an error of the kit, in words that begin with the rule and a colon. */
    public void limit(String words) {
        limits.add(words);
    }

    Verdict verdict() {
        List<Violation> inOrder = violations.values().stream().flatMap(List::stream)
                .sorted(Comparator.comparingInt((Violation violation) -> order.get(violation.rule()))
                        .thenComparingInt(Findings::lastWitness))
                .toList();
        return new Verdict(inOrder, Verdict.counts(exercised), limits);
    }

    private static int lastWitness(Violation violation) {
        return violation.witnesses().stream().mapToInt(Integer::intValue).max().orElse(-1);
    }
}
