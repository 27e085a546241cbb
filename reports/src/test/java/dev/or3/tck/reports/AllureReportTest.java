package dev.or3.tck.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.result.Report;
import io.qameta.allure.ConfigurationBuilder;
import io.qameta.allure.ReportGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Allure generator reads the folder, and its own data says what the report says. */
class AllureReportTest {

    @TempDir
    Path directory;

    @Test
    void the_generator_finds_every_rule_with_its_status() throws Exception {
        Path site = generate(Samples.failing());
        assertThat(site.resolve("index.html")).exists();
        assertThat(Json.parse(Files.readString(site.resolve("widgets/summary.json"))).path("statistic").toString())
                .isEqualTo("{\"failed\":4,\"broken\":1,\"skipped\":18,\"passed\":" + (Samples.RULES - 23)
                        + ",\"unknown\":0,\"total\":" + Samples.RULES + "}");
        Map<String, String> statuses = statuses(site);
        assertThat(statuses).hasSize(Samples.RULES).containsEntry("PUSH-05", "failed").containsEntry("PUSH-06", "passed")
                .containsEntry("GC-01", "skipped").containsEntry("CUR-06", "skipped").containsEntry("STORE-12", "broken");
    }

    @Test
    void a_failure_keeps_its_message_its_steps_and_its_attachments() throws Exception {
        Path site = generate(Samples.failing());
        JsonNode failure = cases(site).stream().filter(test -> test.path("name").asText().startsWith("PUSH-05 "))
                .findFirst().orElseThrow();
        assertThat(failure.path("statusMessage").asText()).isEqualTo("failed: " + Samples.race().sentence());
        assertThat(failure.path("statusTrace").asText()).contains("┌ push [a3 put threads/k1 clock 5]");
        assertThat(failure.path("flaky").asBoolean()).as("a race is flaky").isTrue();
        JsonNode stage = failure.path("testStage");
        assertThat(stage.path("steps").findValuesAsText("name"))
                .contains("▸ c2 (w1, d2): push [b1 put kv/k1 clock 1] → b1 → v4");
        assertThat(stage.path("attachments")).hasSize(2);
        for (JsonNode attachment : stage.path("attachments")) {
            assertThat(site.resolve("data/attachments/" + attachment.path("source").asText())).isNotEmptyFile();
        }
    }

    @Test
    void environment_and_categories_are_understood() throws Exception {
        Path site = generate(Samples.failing());
        assertThat(Files.readString(site.resolve("widgets/environment.json"))).contains("or3-sync/1.1", "not certified");
        JsonNode categories = Json.parse(Files.readString(site.resolve("data/categories.json")));
        assertThat(categories.path("children").findValuesAsText("name"))
                .contains("Contradicted by a history", "Not verifiable", "Not applicable",
                        "The kit or the transport failed");
    }

    @Test
    void hostile_text_and_an_unreachable_provider_do_not_stop_the_generator() throws Exception {
        assertThat(statuses(generate(Samples.hostile()))).hasSize(Samples.RULES + 1).containsEntry("PUSH-12", "failed");
        assertThat(statuses(generate(Samples.unreachable()))).hasSize(Samples.RULES).containsEntry("PUSH-12", "broken");
    }

    @Test
    void two_providers_stay_apart_in_one_report() throws Exception {
        Path one = Files.createDirectory(directory.resolve("one"));
        Path other = Files.createDirectory(directory.resolve("other"));
        AllureReport.write(Samples.failing(), one);
        AllureReport.write(Samples.unreachable(), other);
        Path site = directory.resolve("both");
        new ReportGenerator(ConfigurationBuilder.bundled().build()).generate(site, one, other);
        assertThat(cases(site)).hasSize(2 * Samples.RULES);
    }

    private Path generate(Report report) throws IOException {
        Path results = Files.createTempDirectory(directory, "results");
        AllureReport.write(report, results);
        Path site = Files.createTempDirectory(directory, "site").resolve("report");
        new ReportGenerator(ConfigurationBuilder.bundled().build()).generate(site, results);
        return site;
    }

    private static Map<String, String> statuses(Path site) throws IOException {
        Map<String, String> statuses = new TreeMap<>();
        for (JsonNode test : cases(site)) {
            statuses.put(test.path("name").asText().split(" ")[0], test.path("status").asText());
        }
        return statuses;
    }

    private static List<JsonNode> cases(Path site) throws IOException {
        try (Stream<Path> files = Files.list(site.resolve("data/test-cases"))) {
            return files.map(file -> {
                try {
                    return Json.parse(Files.readString(file));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }).toList();
        }
    }
}
