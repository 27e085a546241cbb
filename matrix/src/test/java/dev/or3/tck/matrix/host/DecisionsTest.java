package dev.or3.tck.matrix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.matrix.host.DecisionTable.Enabled;
import dev.or3.tck.matrix.host.DecisionTable.Gate;
import dev.or3.tck.matrix.host.DecisionTable.Named;
import dev.or3.tck.matrix.host.DecisionTable.Outcome;
import dev.or3.tck.matrix.host.DecisionTable.Row;
import dev.or3.tck.matrix.host.DecisionTable.Situation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The written table and what the host makes of variables are the same, and neither falls back to anything (WIR-03). */
class DecisionsTest {
    private static final Set<String> INSTALLED = Set.of("basic-auth", "memory", "sqlite", "fs", "broken");

    /** The variables that bring a situation about; the axes below are set up so that its gate is as it says. */
    private static Map<String, String> variables(Situation situation, boolean strict) {
        Map<String, String> variables = new HashMap<>(Map.of("OR3_HOST_STRICT", String.valueOf(strict)));
        Axis axis = situation.axis();
        if (situation.gate() == Gate.ON) {
            variables.putAll(Map.of("SSR_AUTH_ENABLED", "true", "AUTH_PROVIDER", "basic-auth"));
            if (axis == Axis.STORAGE) {
                variables.putAll(Map.of("OR3_SYNC_ENABLED", "true", "OR3_SYNC_PROVIDER", "sqlite"));
            }
        }
        axis.switchVariable().ifPresent(name -> {
            switch (situation.enabled()) {
                case YES -> variables.put(name, "true");
                case UNREADABLE -> variables.put(name, "ture");
                default -> variables.remove(name);
            }
        });
        switch (situation.provider()) {
            case UNSET -> variables.remove(axis.providerVariable());
            case UNKNOWN -> variables.put(axis.providerVariable(), "sqllite");
            case UNREGISTERED -> variables.put(axis.providerVariable(), axis == Axis.AUTH ? "clerk" : "convex");
            case UNFIT -> variables.put(axis.providerVariable(), "broken");
            case REGISTERED -> variables.put(axis.providerVariable(), registered(axis));
        }
        return variables;
    }

    private static String registered(Axis axis) {
        return axis == Axis.AUTH ? "basic-auth" : axis == Axis.STORAGE ? "fs" : "sqlite";
    }

    private static final Decisions.Installed HERE = new Decisions.Installed() {
        @Override
        public SortedSet<String> ids(Axis axis) {
            return new TreeSet<>(INSTALLED);
        }

        @Override
        public Optional<String> unfit(Axis axis, String id) {
            return id.equals("broken") ? Optional.of("it does not start: MY_PATH is not set") : Optional.empty();
        }
    };

    private static List<Situation> situations() {
        List<Situation> all = new ArrayList<>();
        for (Axis axis : Axis.values()) {
            for (Enabled enabled : Enabled.values()) {
                for (Gate gate : Gate.values()) {
                    for (Named named : Named.values()) {
                        if (axis.switchVariable().isPresent() != (enabled == Enabled.NONE)
                                && axis.gate().isPresent() != (gate == Gate.NONE)) {
                            all.add(new Situation(axis, enabled, gate, named));
                        }
                    }
                }
            }
        }
        return all;
    }

    /** What an axis may become, told once more without the table. */
    private static Outcome expected(Situation situation, boolean strict) {
        Outcome wrong = strict ? Outcome.ERROR : Outcome.WARN;
        boolean chosen = situation.enabled() == Enabled.YES;
        boolean named = situation.provider() != Named.UNSET;
        if (situation.enabled() == Enabled.NO || situation.enabled() == Enabled.NONE && !named) {
            return Outcome.OFF;
        }
        if (chosen && situation.gate() == Gate.OFF) {
            return Outcome.WARN;
        }
        return situation.enabled() != Enabled.UNREADABLE && situation.provider() == Named.REGISTERED ? Outcome.ON : wrong;
    }

    @TestFactory
    Stream<DynamicTest> each_situation_ends_as_its_row_says() {
        return situations().stream().flatMap(situation -> Stream.of(true, false).map(strict -> DynamicTest.dynamicTest(
                (strict ? "strict " : "lenient ") + situation, () -> decide(situation, strict))));
    }

    private static void decide(Situation situation, boolean strict) {
        Row row = DecisionTable.current().rowFor(situation);
        assertThat(row.outcome(strict)).isEqualTo(expected(situation, strict));
        Map<String, String> variables = variables(situation, strict);
        if (row.outcome(strict) == Outcome.ERROR) {
            Axis axis = situation.axis();
            String wrong = situation.enabled() == Enabled.UNREADABLE ? axis.switchVariable().orElseThrow()
                    : axis.providerVariable();
            assertThatThrownBy(() -> Decisions.of(variables, HERE)).isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(wrong).message().doesNotContain("{");
            return;
        }
        Decision decision = Decisions.of(variables, HERE).get(situation.axis());
        assertThat(decision.outcome()).isEqualTo(row.outcome(strict));
        if (decision.isOn()) {
            assertThat(decision.provider()).isEqualTo(variables.get(situation.axis().providerVariable()));
        } else {
            assertThat(decision.provider()).isNull();
            assertThat(decision.note()).isNotBlank().doesNotContain("{");
        }
    }

    @Test
    void every_row_decides_something() {
        Set<Row> used = new HashSet<>();
        situations().forEach(situation -> used.add(DecisionTable.current().rowFor(situation)));
        assertThat(used).containsExactlyInAnyOrderElementsOf(DecisionTable.current().rows());
    }

    @ParameterizedTest
    @EnumSource(Axis.class)
    void nothing_is_put_in_the_place_of_what_is_not_named(Axis axis) {
        for (Map<String, String> variables : List.of(Map.<String, String>of(), Map.of(axis.providerVariable(), ""),
                Map.of("OR3_HOST_STRICT", "false", axis.providerVariable(), "Sqlite", "SSR_AUTH_ENABLED", "true",
                        "OR3_SYNC_ENABLED", "true", "OR3_STORAGE_ENABLED", "true"))) {
            assertThat(Decisions.of(variables, HERE).get(axis).isOn()).as("%s", variables).isFalse();
        }
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        assertThatThrownBy(() -> Decisions.of(Map.of("SSR_AUTH_ENABLED", "yes please",
                "OR3_LIMITS_STORAGE_PROVIDER", "convex",
                "OR3_BACKGROUND_STREAMING_STORAGE_PROVIDER", "broken"), HERE))
                .hasMessage("""
                        SSR_AUTH_ENABLED must be true or false, so auth is off
                        OR3_LIMITS_STORAGE_PROVIDER is 'convex', which is not installed: add its package, or name one of \
                        basic-auth, broken, fs, memory, sqlite
                        OR3_BACKGROUND_STREAMING_STORAGE_PROVIDER is 'broken', which cannot serve background: it does not \
                        start: MY_PATH is not set""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "on", "TRUE", "2", "flase"})
    void a_switch_that_cannot_be_read_is_no_yes(String value) {
        assertThatThrownBy(() -> Decisions.of(Map.of(Decisions.STRICT, value), HERE)).hasMessageContaining(Decisions.STRICT);
        assertThat(Decisions.enabled(value)).isEqualTo(Enabled.UNREADABLE);
    }
}
