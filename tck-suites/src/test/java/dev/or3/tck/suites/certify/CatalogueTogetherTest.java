package dev.or3.tck.suites.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.api.result.Status;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.fault.Fault;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A rule's row, its check, its premise and its fault belong together. */
class CatalogueTogetherTest {

    /** Hosts have rules, faults and a test of their own, where there is one. */
    private static Stream<Rule> ofProviders() {
        return Catalogue.current().rules().stream().filter(rule -> !rule.component().equals(Rule.HOST));
    }

    @Test
    void every_rule_has_a_fault_that_it_explains() {
        Set<String> explaining = Fault.all().stream().flatMap(fault -> fault.rules().stream()).collect(Collectors.toSet());
        assertThat(ofProviders()).extracting(Rule::id).allMatch(explaining::contains);
    }

    @Test
    void every_rule_has_a_check_whose_premise_occurs_and_which_a_correct_provider_passes() {
        Settings settings = Settings.of(Effort.STANDARD, 1).withBudget(Duration.ofSeconds(30));
        try (Target target = InProcessTarget.temporary(new MemoryProviderFactory(), Map.of(), WireSchema.current(), 1)) {
            List<RuleResult> results = Certification.run(target, settings, Progress.SILENT).report().rules();
            assertThat(results).hasSameSizeAs(Catalogue.current().rules());
            Set<String> ids = ofProviders().map(Rule::id).collect(Collectors.toSet());
            assertThat(results.stream().filter(result -> ids.contains(result.id()) && result.status() != Status.PASSED)
                    .map(result -> result.id() + " " + result.status() + ": " + result.message()).toList())
                    .as("rules that the memory provider does not pass").isEmpty();
        }
    }
}
