package dev.or3.tck.suites.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.result.Conclusion;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.api.result.Status;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.run.History;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private final Target target = InProcessTarget.temporary(new MemoryProviderFactory(), Map.of(), WireSchema.current(), 1);
    private final List<Rule> all = Catalogue.current().rules().stream().filter(rule -> !rule.component().equals(Rule.HOST))
            .toList();

    @AfterEach
    void close() {
        target.close();
    }

    @Test
    void rules_whose_premises_occurred_are_passed_and_the_provider_is_certified() {
        Summary summary = summary(exercised(all), List.of(), null);

        assertThat(results(summary)).extracting(RuleResult::status).containsOnly(Status.PASSED);
        assertThat(summary.conclude(results(summary)).verdict()).isEqualTo(Conclusion.CERTIFIED);
    }

    @Test
    void a_premise_that_never_occurred_in_a_core_group_leaves_the_verdict_open() {
        List<Rule> others = all.stream().filter(rule -> !rule.id().equals("PUSH-14")).toList();
        Summary summary = summary(exercised(others), List.of(), null);

        assertThat(summary.conclude(results(summary)))
                .isEqualTo(new Summary.Conclusive(Conclusion.INCONCLUSIVE,
                        "nothing failed, but core rules were not verified: PUSH-14"));
    }

    @Test
    void nothing_of_sync_passes_where_no_push_was_ever_pulled() {
        List<Rule> others = all.stream().filter(rule -> !rule.id().equals("PULL-09")).toList();
        Summary summary = summary(exercised(others), List.of(), null);

        assertThat(results(summary)).filteredOn(result -> Catalogue.current().rule(result.id()).component().equals("sync"))
                .extracting(RuleResult::status).containsOnly(Status.NOT_VERIFIABLE);
    }

    @Test
    void a_bound_that_a_search_hit_is_an_error_of_the_kit() {
        Summary summary = summary(exercised(all), List.of("STORE-12: the search was given up"), null);

        assertThat(results(summary)).filteredOn(result -> result.status() == Status.ERROR)
                .extracting(RuleResult::id).containsExactly("STORE-12");
        assertThat(summary.conclude(results(summary)).verdict()).isEqualTo(Conclusion.INCONCLUSIVE);
    }

    @Test
    void a_campaign_that_broke_down_leaves_errors() {
        Summary summary = summary(exercised(all), List.of(), "the provider did not answer");

        assertThat(results(summary)).allMatch(result -> result.status() == Status.ERROR
                && result.message().equals("the provider did not answer"));
        assertThat(summary.conclude(results(summary)).verdict()).isEqualTo(Conclusion.INCONCLUSIVE);
    }

    @Test
    void a_group_that_was_not_asked_for_leaves_the_verdict_open() {
        Summary summary = summary(exercised(all), List.of(), null);
        List<RuleResult> pushOnly = summary.results(Catalogue.current().matching("PUSH-*"), Map.of());

        assertThat(summary.conclude(pushOnly)).isEqualTo(new Summary.Conclusive(Conclusion.INCONCLUSIVE,
                "nothing failed, but the core group PULL was not asked for"));
        assertThat(summary.conclude(List.of()).reason()).isEqualTo("nothing was checked");
    }

    private List<RuleResult> results(Summary summary) {
        return summary.results(all, Map.of());
    }

    private static Map<String, Long> exercised(List<Rule> rules) {
        return rules.stream().collect(Collectors.toMap(Rule::id, rule -> 1L));
    }

    private Summary summary(Map<String, Long> exercised, List<String> limits, String breakdown) {
        Tally tally = new Tally();
        Plan plan = new Plan("test", 0, 0, Set.of(), List.of(), List.of(), List.of());
        tally.add(plan, new History(null, List.of(), List.of()), new Verdict(List.of(), Verdict.counts(exercised), limits));
        return new Summary(Settings.of(Effort.STANDARD, 1), new Applicability(target, target.manifest().profile()), tally,
                List.of(), breakdown);
    }
}
