package dev.or3.tck.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.or3.tck.suites.certify.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveProgressTest {
    private static final Progress.State STATE = new Progress.State("races", 1234, 56_789, 1, Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    private final StringWriter err = new StringWriter();

    private Console console(boolean terminal, int width, Map<String, String> environment) {
        PrintWriter writer = new PrintWriter(err);
        return new Console(new Console.Stream(writer, terminal), new Console.Stream(writer, terminal), width, environment);
    }

    private String shown(Console console, String awaited) {
        return assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try (LiveProgress progress = new LiveProgress(console)) {
                progress.update(STATE);
                while (!err.toString().contains(awaited)) {
                    Thread.onSpinWait();
                }
                return err.toString();
            }
        });
    }

    @Test
    void a_terminal_sees_one_line_that_is_written_again() {
        String shown = shown(console(true, 100, Map.of()), "races");

        assertThat(shown).contains("\r", "races, 1,234 plans, 56,789 operations, 1 failed", "s left", "█████░")
                .doesNotContain("\n");
    }

    @Test
    void the_line_is_taken_away_at_the_end() {
        shown(console(true, 100, Map.of()), "races");

        assertThat(err.toString()).endsWith("\r\u001b[K");
    }

    @Test
    void the_line_fits_a_narrow_terminal() {
        String shown = shown(console(true, 50, Map.of("NO_COLOR", "1")), "races");

        assertThat(shown.split("\r\u001b\\[K")).allSatisfy(line -> assertThat(line.length()).isLessThan(50));
    }

    @Test
    void a_pipe_sees_plain_lines() {
        String shown = shown(console(false, 100, Map.of()), "\n");

        assertThat(shown).matches("(or3-tck: races, 1,234 plans, 56,789 operations, 1 failed, \\d+ s left\\R)+");
    }

    @Test
    void nothing_is_shown_before_anything_happened() {
        new LiveProgress(console(true, 100, Map.of())).close();

        assertThat(err.toString()).isEmpty();
    }
}
