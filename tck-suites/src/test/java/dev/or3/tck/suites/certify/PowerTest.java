package dev.or3.tck.suites.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.api.result.Status;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.fault.Fault;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PowerTest {
    private static final long SEED = 42;

    static Stream<String> faults() {
        String part = System.getProperty("or3.tck.part", "");
        return Fault.all().stream().filter(fault -> part.isEmpty() || fault.part().equals(part))
                .map(fault -> fault.id() + " " + fault.description());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void every_fault_is_caught_within_the_standard_level_by_a_rule_that_explains_it(String described) {
        Fault fault = Fault.named(described.substring(0, described.indexOf(' ')));
        Settings settings = Settings.of(Effort.STANDARD, SEED).withRules(fault.rules()).stoppingOnFailure()
                .withoutMinimizing();
        int instances = fault.needs().contains(Fault.Need.INSTANCES) ? 2 : 1;
        Certified certified;
        try (Target target = InProcessTarget.temporary(new MemoryProviderFactory(),
                Map.of("OR3_MEMORY_FAULT", fault.id()), WireSchema.current(), instances)) {
            certified = Certification.run(target, settings, Progress.SILENT);
        }
        List<String> failed = certified.report().rules().stream().filter(rule -> rule.status() == Status.FAILED)
                .map(RuleResult::id).toList();
        System.out.printf("%s %s after %d plans, %d ms%n", fault.id(), failed, certified.report().plans(),
                certified.report().durationMillis());
        assertThat(failed).as("rules that fail with the fault %s, of %s", described, fault.rules()).isNotEmpty();
    }

    @Test
    void there_are_at_least_eighty_faults() {
        assertThat(Fault.all()).hasSizeGreaterThanOrEqualTo(80);
    }
}
