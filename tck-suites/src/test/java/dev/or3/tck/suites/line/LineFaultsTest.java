package dev.or3.tck.suites.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.or3.tck.api.Json;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LineFaultsTest {
    private static final LineFaults SOME = new LineFaults(20, 10, 5, 15, 10, 30);

    private static List<LineFault> calls(LineFaults faults, long seed, int client, int count) {
        return IntStream.range(0, count).mapToObj(call -> faults.of(seed, client, call)).toList();
    }

    @Test
    void each_fault_comes_as_often_as_it_is_asked_for() {
        Map<LineFault, Integer> seen = new EnumMap<>(LineFault.class);
        calls(SOME, 42, 3, 10_000).forEach(fault -> seen.merge(fault, 1, Integer::sum));

        Map.of(LineFault.ANSWER_DROPPED, 20, LineFault.CUT_BEFORE, 10, LineFault.CUT_IN_REQUEST, 5,
                LineFault.CUT_IN_ANSWER, 15, LineFault.DELAYED, 10, LineFault.DUPLICATED, 30, LineFault.NONE, 10)
                .forEach((fault, chance) -> assertThat(seen.get(fault)).as(fault.name())
                        .isCloseTo(100 * chance, within(150)));
    }

    @Test
    void what_happens_is_a_function_of_seed_client_and_call() {
        assertThat(calls(SOME, 42, 3, 200)).isEqualTo(calls(SOME, 42, 3, 200));
        Set<List<LineFault>> others = new HashSet<>(List.of(calls(SOME, 42, 3, 200), calls(SOME, 42, 4, 200),
                calls(SOME, 43, 3, 200), calls(SOME, 44, 2, 200)));
        assertThat(others).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource(LineFault.class)
    void what_always_happens_happens_to_every_call(LineFault fault) {
        assertThat(calls(LineFaults.always(fault), 7, 0, 50)).containsOnly(fault);
        assertThat(LineFaults.always(fault).disturb()).isEqualTo(fault != LineFault.NONE);
    }

    @Test
    void chances_are_per_cent() {
        assertThatThrownBy(() -> new LineFaults(50, 51, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LineFaults(-1, 0, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void they_survive_json() throws Exception {
        assertThat(Json.mapper().readValue(Json.write(SOME), LineFaults.class)).isEqualTo(SOME);
        assertThat(Json.write(LineFaults.CALM)).doesNotContain("disturb");
    }
}
