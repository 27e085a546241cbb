package dev.or3.tck.suites.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.PlanRunner;
import dev.or3.tck.suites.run.RunnerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PremiseFloorTest {
    private static final long SEED = 7;
    /** What a standard run exceeds on two cores by far. */
    private static final int PLANS_OF_A_KIND = 200;
    private static final long FLOOR = 2;
    /** Premises that are not a matter of generation: a start or an upgrade occurs once in a campaign. */
    private static final Set<String> ONCE = Set.of("DUR-06", "WIRE-05", "CFG-03");
    /** Premises that need calls to meet: whether they do is up to the machine, for a call to this provider takes microseconds. */
    private static final Set<String> RACES = Set.of("PUSH-14", "PUSH-17", "PULL-08", "CUR-07", "GC-11", "STORE-02", "STORE-12");

    @Test
    void generated_plans_alone_bring_about_the_premise_of_every_rule() {
        Map<String, Long> exercised = new TreeMap<>();
        try (Target target = InProcessTarget.temporary(new MemoryProviderFactory(), Map.of(), WireSchema.current(), 1)) {
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
            for (Plan plan : Generated.ofEachKind(target, SEED, PLANS_OF_A_KIND)) {
                History history = runner.run(plan);
                HistoryChecker.check(history).exercised().forEach((rule, count) -> exercised.merge(rule, count, Long::sum));
            }
        }
        List<String> below = new ArrayList<>();
        for (Rule rule : Catalogue.current().rules()) {
            if (rule.component().equals(Rule.HOST)) {
                continue;
            }
            long count = exercised.getOrDefault(rule.id(), 0L);
            if (count < FLOOR && !ONCE.contains(rule.id()) && !RACES.contains(rule.id())) {
                below.add(rule.id() + " " + count);
            }
        }
        assertThat(below).as("rules whose premise occurs less than %d times in %d plans of each kind", FLOOR,
                PLANS_OF_A_KIND).isEmpty();
    }
}
