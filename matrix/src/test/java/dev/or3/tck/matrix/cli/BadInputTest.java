package dev.or3.tck.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.HistoryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {
    @TempDir
    Path directory;

    private static void isRefused(Ran ran, String... parts) {
        assertThat(ran.err().lines()).singleElement().asString().startsWith("or3-tck: ").contains(parts);
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "10", "-5s", "5 s", "1h-", "s", "1.5m", "9999999999999s"})
    void a_budget_that_is_no_duration_is_answered_with_the_form(String budget) {
        isRefused(Ran.or3Tck("certify", "--budget=" + budget), "--budget", "write it like 90s, 2m, 1h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "200h"})
    void a_budget_out_of_range_is_answered_with_the_range(String budget) {
        isRefused(Ran.or3Tck("certify", "--budget", budget), "--budget", "from 1s to 168h");
    }

    @ParameterizedTest
    @CsvSource({"90s, PT1M30S", "2m, PT2M", "1h, PT1H", "1m30s, PT1M30S"})
    void durations_are_read_as_people_write_them(String text, String duration) {
        assertThat(new Budget().convert(text)).hasToString(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "--level, smok, did you mean 'smoke'?",
        "--rule, PUSH-5, did you mean 'PUSH-05'?",
        "--rule, 'PUSH-01,NOPE-*', no rule is called 'NOPE-*'",
        "--component, workspace, did you mean 'workspaces'?",
        "--profile, or3-sync/1.2, did you mean 'or3-sync/1.0'?",
        "--seed, x, is no whole number",
        "--clients, 1, from 2 to 16",
        "--clients, many, --clients",
        "--instances, 0, from 1 to 8",
        "--fault, I03, --fault needs --provider memory",
        "--provider, sqlit, did you mean 'sqlite'?",
        "--colour, never, did you mean '--color'?",
        "--bugdet, 5s, did you mean '--budget'?",
    })
    void a_wrong_value_is_answered_in_one_line(String option, String value, String answer) {
        isRefused(Ran.or3Tck("certify", option, value), answer);
    }

    @Test
    void an_unknown_fault_is_answered_with_where_to_look() {
        isRefused(Ran.or3Tck("certify", "--provider", "memory", "--fault", "ZZ99"),
                "no fault is called 'ZZ99'", "explain faults");
    }

    @Test
    void an_out_that_is_a_file_is_refused() throws IOException {
        Path file = Files.writeString(directory.resolve("out"), "mine");

        isRefused(Ran.or3Tck("certify", "--out", file.toString()), file.toString());
        assertThat(file).hasContent("mine");
    }

    @Test
    void an_out_below_a_file_is_refused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "mine");

        isRefused(Ran.or3Tck("certify", "--out", file.resolve("out").toString()), file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.json", "junit.xml", "report.html", "allure-results", "counterexamples", "histories"})
    void an_out_that_holds_a_report_is_refused_before_anything_runs_and_left_as_it_is(String name) throws IOException {
        Files.writeString(directory.resolve(name), "an older report");

        isRefused(Ran.or3Tck("certify", "--out", directory.toString()), directory.toString(), "already holds a report");
        assertThat(directory.resolve(name)).hasContent("an older report");
        assertThat(directory).isDirectoryContaining(file -> file.endsWith(name)).satisfies(
                content -> assertThat(content.toFile().list()).hasSize(1));
    }

    @Test
    void an_out_that_cannot_be_written_is_refused() throws IOException {
        Path readOnly = Files.createDirectory(directory.resolve("read-only"));
        assumeThat(readOnly.toFile().setWritable(false) && !Files.isWritable(readOnly)).as("permissions count").isTrue();

        isRefused(Ran.or3Tck("certify", "--out", readOnly.resolve("out").toString()), "cannot be written");
    }

    @Test
    void an_out_that_was_made_in_vain_is_gone_again() {
        Path out = directory.resolve("new");

        Ran.or3Tck("certify", "--out", out.toString(), "--set", "OR3_SQLITE_DB_PATH=" + directory);
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "replay"})
    void a_file_that_is_not_there_is_told(String command) {
        isRefused(Ran.or3Tck(command, directory.resolve("nothing").toString()), "does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "replay"})
    void a_folder_is_no_file(String command) {
        isRefused(Ran.or3Tck(command, directory.toString()), "is a folder");
    }

    @ParameterizedTest
    @CsvSource({"check, not a history", "replay, not a counterexample"})
    void a_file_of_something_else_is_told(String command, String answer) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "hello\n");

        isRefused(Ran.or3Tck(command, file.toString()), file.toString(), answer);
    }

    @Test
    void a_counterexample_that_was_cut_off_is_told() throws IOException {
        Path file = Files.writeString(directory.resolve("cut.json"), "{\"format\": \"or3-tck-counterexample/1\", \"rule\":");

        isRefused(Ran.or3Tck("replay", file.toString()), "is cut off");
    }

    @Test
    void a_history_that_was_cut_off_or_altered_is_told() throws IOException {
        Path whole = directory.resolve("whole");
        HistoryFile.write(emptyHistory(), whole);
        byte[] bytes = Files.readAllBytes(whole);
        byte[] altered = bytes.clone();
        altered[bytes.length / 2] ^= 1;

        assertThat(Ran.or3Tck("check", whole.toString()).exitCode()).isZero();
        isRefused(Ran.or3Tck("check", write("cut", Arrays.copyOf(bytes, bytes.length - 3))), "cut");
        isRefused(Ran.or3Tck("check", write("altered", altered)), "altered");
    }

    private String write(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes).toString();
    }

    private static History emptyHistory() {
        Manifest manifest = new Manifest(Manifest.PROTOCOL, new Manifest.Identity("memory", "memory", "1"), Profile.V1_0,
                Map.of("sync", Manifest.Component.with()), null, List.of(), false, List.of());
        return new History(new History.Header("0", manifest, Profile.V1_0, 1, 1, -1, "empty", 1, List.of(), "{}"),
                List.of(), List.of());
    }
}
