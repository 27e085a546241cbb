package dev.or3.tck.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {

    @Test
    void the_help_names_every_command_and_the_exit_codes() {
        Ran ran = Ran.or3Tck("--help");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("explain", "rules", "Exit codes", "2 wrong usage");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void the_version_is_that_of_the_build() {
        assertThat(Ran.or3Tck("--version").out()).matches("(?s)or3-tck \\d+\\.\\d+\\.\\d+\\R.*Java 1?\\d.*");
    }

    @Test
    void without_a_command_nothing_is_done_and_that_is_no_success() {
        Ran ran = Ran.or3Tck();

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("a command is missing").contains("or3-tck certify");
    }

    @ParameterizedTest
    @CsvSource({"expalin, explain", "ruls, rules", "--verbos, --verbose"})
    void an_unknown_word_is_answered_with_what_was_probably_meant(String given, String meant) {
        Ran ran = Ran.or3Tck(given);

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines()).singleElement().asString().contains("'" + given + "'; did you mean '" + meant + "'?");
    }

    @Test
    void an_unknown_word_that_resembles_nothing_is_answered_without_a_guess() {
        assertThat(Ran.or3Tck("xyzzy").err()).contains("unknown argument 'xyzzy'.").doesNotContain("did you mean");
    }

    @Test
    void a_stack_trace_is_shown_only_when_asked_for() {
        assertThat(Ran.or3Tck("rules", "--frmat", "json").err()).doesNotContain("\tat ");
        assertThat(Ran.or3Tck("rules", "--frmat", "json", "--verbose").err()).contains("\tat ");
    }

    @Test
    void colours_are_for_terminals_and_obey_the_reader() {
        assertThat(Ran.or3Tck("rules").out()).doesNotContain("\u001b[");
        assertThat(Ran.or3Tck("rules", "--color=always").out()).contains("\u001b[");
        assertThat(Ran.onTerminal(Map.of(), "rules").out()).contains("\u001b[");
        assertThat(Ran.onTerminal(Map.of(), "rules", "--color", "never").out()).doesNotContain("\u001b[");
        assertThat(Ran.onTerminal(Map.of("NO_COLOR", "1"), "rules").out()).doesNotContain("\u001b[");
        assertThat(Ran.onTerminal(Map.of("TERM", "dumb"), "rules").out()).doesNotContain("\u001b[");
        assertThat(Ran.onTerminal(Map.of("CI", "true"), "rules").out()).doesNotContain("\u001b[");
    }

    @Test
    void shell_completion_knows_the_commands() {
        Ran ran = Ran.or3Tck("generate-completion");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("complete -F _complete_or3-tck", "explain", "--format");
    }
}
