package dev.or3.tck.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.result.Report;
import dev.or3.tck.reports.JsonReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertifyTest {
    @TempDir
    Path directory;

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }

    @Test
    void a_correct_provider_shows_no_violation_and_every_format_tells_so() throws IOException {
        Path out = directory.resolve("out");
        Ran ran = Ran.or3Tck("certify", "--provider", "memory", "--level", "smoke", "--budget", "4s",
                "--out", out.toString());

        Report report = JsonReport.read(out.resolve("report.json"));
        assertThat(report.totals().failed()).isZero();
        assertThat(report.totals().error()).isZero();
        assertThat(report.level()).isEqualTo("smoke");
        assertThat(ran.exitCode()).as("what a slow machine cannot verify in 4 s is inconclusive")
                .isEqualTo(report.exitCode());
        assertThat(ran.out()).contains("Saved in " + out);
        assertThat(out.resolve("junit.xml")).isNotEmptyFile();
        assertThat(out.resolve("report.html")).isNotEmptyFile();
        assertThat(out.resolve("allure-results")).isNotEmptyDirectory();
        assertThat(out.resolve("counterexamples")).doesNotExist();
    }

    @Test
    void a_failure_is_shown_saved_judged_again_and_run_again() throws IOException {
        Path out = directory.resolve("out");
        Ran ran = Ran.or3Tck("certify", "--provider", "memory", "--fault", "i01", "--rule", "PUSH", "--level", "smoke",
                "--fail-fast", "--out", out.toString());

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("NOT CERTIFIED", "✗ PUSH-0", " replay " + out);
        List<Path> histories = files(out.resolve("counterexamples"), ".or3history");
        assertThat(histories).isNotEmpty().allSatisfy(history -> {
            String base = history.toString().replace(".or3history", "");
            String verdict = Files.readString(Path.of(base + ".verdict.json"));
            assertThat(Ran.or3Tck("check", "--json", history.toString())).isEqualTo(new Ran(1, verdict, ""));
            assertThat(Ran.or3Tck("check", "--json", base + ".history.jsonl").out()).isEqualTo(verdict);
            assertThat(Ran.or3Tck("check", history.toString()).out()).contains("rules violated.");
        });
        JsonNode failed = Json.parse(Files.readString(out.resolve("report.json"))).get("rules").get(0);
        assertThat(failed.get("id").asText()).startsWith("PUSH-");

        Path counterexample = Path.of(histories.get(0).toString().replace(".or3history", ".json"));
        Ran again = Ran.or3Tck("replay", counterexample.toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.out()).contains("failed in ", " of 20 runs");

        Ran correct = Ran.or3Tck("replay", counterexample.toString(), "--provider", "memory", "--runs", "3");
        assertThat(correct.exitCode()).isZero();
        assertThat(correct.out()).contains("did not fail in 3 runs; when it was found it failed in");
    }

    @Test
    void what_was_kept_of_a_campaign_is_judged_again_to_the_byte() throws IOException {
        Path out = directory.resolve("out");
        Ran.or3Tck("certify", "--provider", "memory", "--level", "smoke", "--budget", "2s", "--rule", "PUSH-0*",
                "--keep-histories", "--out", out.toString());

        assertThat(files(out.resolve("histories"), ".or3history")).isNotEmpty().allSatisfy(history ->
                assertThat(Ran.or3Tck("check", "--json", history.toString()).out())
                        .isEqualTo(Files.readString(Path.of(history.toString().replace(".or3history", ".verdict.json")))));
    }

    @Test
    void a_few_rules_alone_are_no_certificate() {
        Ran ran = Ran.or3Tck("certify", "--provider", "memory", "--rule", "STORE-05", "--level", "smoke", "--budget", "2s");

        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.out()).contains("INCONCLUSIVE", "STORE-05");
    }

    @Test
    void an_interrupted_campaign_leaves_nothing_behind() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary, "-cp", System.getProperty("java.class.path"), Main.class.getName(),
                "certify", "--budget", "60s").redirectErrorStream(true).start();
        try {
            String first = process.inputReader().readLine();
            assertThat(first).as("it is under way").contains("plans");
            assertThat(temporary).isNotEmptyDirectory();
        } finally {
            process.destroy();
        }

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(temporary).isEmptyDirectory();
    }
}
