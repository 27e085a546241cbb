package dev.or3.tck.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchTest {

    @Test
    void the_benchmarks_are_listed_without_being_run() {
        Ran ran = Ran.or3Tck("bench", "--list");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("sqlite: ").doesNotContain("at least");
    }

    @Test
    void an_unknown_benchmark_is_answered_with_those_there_are() {
        Ran ran = Ran.or3Tck("bench", "sqlit");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("no benchmark is called 'sqlit'; did you mean 'sqlite'? Known are ");
    }
}
