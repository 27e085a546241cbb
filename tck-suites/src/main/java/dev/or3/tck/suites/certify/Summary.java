package dev.or3.tck.suites.certify;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Level;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.result.Conclusion;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.api.result.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From the tally to the status of each rule, and to the conclusion. */
final class Summary {
    private static final Set<String> CORE = Set.of("PUSH", "PULL", "LWW");

    private final Settings settings;
    private final Applicability applicability;
    private final Tally tally;
    private final List<CapabilityProbe.Lie> lies;
    private final String breakdown;

    /**
     * @param breakdown why the campaign could not go on, or null
     */
    Summary(Settings settings, Applicability applicability, Tally tally, List<CapabilityProbe.Lie> lies,
            String breakdown) {
        this.settings = settings;
        this.applicability = applicability;
        this.tally = tally;
        this.lies = lies;
        this.breakdown = breakdown;
    }

    /** A result for each rule wanted. */
    List<RuleResult> results(List<Rule> wanted, Map<String, Finding> findings) {
        List<RuleResult> results = new ArrayList<>();
        for (Rule rule : wanted) {
            results.add(result(rule, Optional.ofNullable(findings.get(rule.id()))));
        }
        return results;
    }

    private RuleResult result(Rule rule, Optional<Finding> finding) {
        Level level = applicability.levelOf(rule);
        long exercised = tally.exercised(rule.id());
        if (finding.isPresent()) {
            return new RuleResult(rule.id(), level, Status.FAILED, exercised,
                    finding.get().counterexample().sentence(), finding.get().counterexample());
        }
        Optional<Applicability.Obstacle> obstacle = applicability.obstacle(rule);
        if (obstacle.isPresent()) {
            return new RuleResult(rule.id(), level, obstacle.get().status(), exercised, obstacle.get().message(), null);
        }
        Optional<CapabilityProbe.Lie> lie = lies.stream()
                .filter(each -> each.declared() && rule.needs().contains(each.capability())).findFirst();
        if (lie.isPresent()) {
            return new RuleResult(rule.id(), level, Status.FAILED, exercised, lie.get().sentence(), null);
        }
        if (breakdown != null) {
            return new RuleResult(rule.id(), level, Status.ERROR, exercised, breakdown, null);
        }
        Optional<String> limit = tally.limits().stream().filter(words -> words.startsWith(rule.id() + ":")).findFirst();
        if (limit.isPresent()) {
            return new RuleResult(rule.id(), level, Status.ERROR, exercised, limit.get(), null);
        }
        if (rule.component().equals("sync") && !roundTrip()) {
            return new RuleResult(rule.id(), level, Status.NOT_VERIFIABLE, exercised,
                    "a plain push was never acknowledged and then pulled, so nothing can be said", null);
        }
        if (exercised == 0) {
            return new RuleResult(rule.id(), level, Status.NOT_VERIFIABLE, 0,
                    "its premise never occurred in " + tally.plans() + " plans", null);
        }
        return new RuleResult(rule.id(), level, Status.PASSED, exercised, null, null);
    }

    private boolean roundTrip() {
        return tally.exercised("PULL-09") > 0;
    }

    /**
     * @param reason why it is not certified; null if it is
     */
    record Conclusive(Conclusion verdict, String reason) {
    }

    Conclusive conclude(List<RuleResult> results) {
        List<String> failed = ids(results, Status.FAILED, Level.MUST);
        if (!failed.isEmpty()) {
            return new Conclusive(Conclusion.NOT_CERTIFIED, failed.size() == 1
                    ? "the must rule " + failed.get(0) + " failed"
                    : failed.size() + " must rules failed: " + String.join(", ", failed));
        }
        List<String> errors = ids(results, Status.ERROR, null);
        if (!errors.isEmpty()) {
            return inconclusive(breakdown == null ? "the kit could not decide " + String.join(", ", errors) : breakdown);
        }
        if (results.isEmpty()) {
            return inconclusive("nothing was checked");
        }
        Set<String> unverified = new LinkedHashSet<>();
        Map<String, Boolean> seen = new HashMap<>();
        for (RuleResult result : results) {
            Rule rule = Catalogue.current().rule(result.id());
            if (CORE.contains(rule.group()) && result.level() == Level.MUST) {
                boolean outOfSight = applicability.isOutOfSight(rule);
                seen.merge(rule.group(), outOfSight || result.status() == Status.PASSED, Boolean::logicalOr);
                if (!outOfSight && result.status() == Status.NOT_VERIFIABLE && applicability.obstacle(rule).isEmpty()) {
                    unverified.add(result.id());
                }
            }
        }
        for (String group : List.of("PUSH", "PULL", "LWW")) {
            if (!seen.containsKey(group)) {
                return inconclusive("nothing failed, but the core group " + group + " was not asked for");
            }
            if (!seen.get(group)) {
                return inconclusive("nothing failed, but no rule of the core group " + group + " could be verified");
            }
        }
        if (!unverified.isEmpty()) {
            return inconclusive("nothing failed, but core rules were not verified: " + String.join(", ", unverified));
        }
        if (settings.strict()) {
            List<String> open = ids(results, Status.NOT_VERIFIABLE, Level.MUST);
            if (!open.isEmpty()) {
                return inconclusive("strict: must rules were not verified: " + String.join(", ", open));
            }
        }
        return new Conclusive(Conclusion.CERTIFIED, null);
    }

    private static Conclusive inconclusive(String reason) {
        return new Conclusive(Conclusion.INCONCLUSIVE, reason);
    }

    /** The rules of that status that count in this version of the catalogue. */
    private static List<String> ids(List<RuleResult> results, Status status, Level level) {
        return results.stream().filter(result -> result.status() == status && (level == null || result.level() == level))
                .map(RuleResult::id)
                .filter(id -> Catalogue.current().rule(id).scored() <= Catalogue.current().version()).toList();
    }
}
