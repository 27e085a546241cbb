package dev.or3.tck.suites.check.sync;

import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.check.Violation;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** What tests say of verdicts. */
final class VerdictAssert extends AbstractAssert<VerdictAssert, Verdict> {
    private VerdictAssert(Verdict actual) {
        super(actual, VerdictAssert.class);
    }

    static VerdictAssert assertThat(HistoryBuilder history) {
        return new VerdictAssert(history.verdict());
    }

    static VerdictAssert assertThat(Verdict verdict) {
        return new VerdictAssert(verdict);
    }

    VerdictAssert isClean() {
        Assertions.assertThat(actual.violations()).as("violations").isEmpty();
        Assertions.assertThat(actual.limits()).as("limits").isEmpty();
        return this;
    }

    /** The rule is violated, and one of its sentences holds all the fragments. */
    VerdictAssert violates(String rule, String... fragments) {
        List<Violation> found = actual.violations().stream().filter(violation -> violation.rule().equals(rule)).toList();
        Assertions.assertThat(found).as("violations of %s among %s", rule, actual.violations()).isNotEmpty();
        Assertions.assertThat(found).as("sentences of %s", rule).anySatisfy(violation -> Assertions.assertThat(
                violation.sentence()).startsWith("Because ").contains(", yet ").satisfies(sentence -> {
                    for (String fragment : fragments) {
                        Assertions.assertThat(sentence).contains(fragment);
                    }
                }));
        Assertions.assertThat(found).allSatisfy(violation -> {
            Assertions.assertThat(violation.witnesses()).as("witnesses").hasSizeBetween(1, 4);
            Assertions.assertThat(violation.expected()).as("expected").isNotBlank();
            Assertions.assertThat(violation.actual()).as("actual").isNotBlank();
        });
        return this;
    }

    /** No rule but these is violated. */
    VerdictAssert andNothingBut(String... rules) {
        Assertions.assertThat(actual.violations().stream().map(Violation::rule).distinct()).isSubsetOf(rules);
        return this;
    }

    VerdictAssert doesNotViolate(String... rules) {
        Assertions.assertThat(actual.violations()).as("violations").noneMatch(
                violation -> List.of(rules).contains(violation.rule()));
        return this;
    }

    VerdictAssert exercises(String... rules) {
        Assertions.assertThat(actual.exercised().keySet()).as("premises").contains(rules);
        return this;
    }

    VerdictAssert doesNotExercise(String... rules) {
        Assertions.assertThat(actual.exercised().keySet()).as("premises").doesNotContain(rules);
        return this;
    }
}
