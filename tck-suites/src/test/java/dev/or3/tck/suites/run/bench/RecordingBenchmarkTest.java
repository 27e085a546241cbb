package dev.or3.tck.suites.run.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.bench.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingBenchmarkTest {
    @Test
    void it_tells_what_a_call_costs_bare_and_run_and_the_difference() {
        List<Figure> figures = new ArrayList<>();
        new RecordingBenchmark().run(figures::add, Duration.ZERO);
        assertThat(figures).hasSize(3).allMatch(figure -> figure.unit().equals("µs"));
        assertThat(figures.get(0).value()).isPositive();
        assertThat(figures.get(2).value()).isEqualTo(figures.get(1).value() - figures.get(0).value());
        assertThat(figures.get(2).target()).isEqualTo(10);
    }
}
