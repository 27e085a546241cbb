package dev.or3.tck.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.result.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReportTest {

    @TempDir
    Path directory;

    @Test
    void a_report_reads_back_as_it_was_written() {
        for (Report report : List.of(Samples.certified(), Samples.failing(), Samples.unreachable())) {
            assertThat(JsonReport.parse(JsonReport.render(report), "report.json")).isEqualTo(report);
        }
    }

    @Test
    void the_same_report_is_always_written_the_same_way() {
        assertThat(JsonReport.render(Samples.failing())).isEqualTo(JsonReport.render(Samples.failing()));
    }

    @Test
    void every_required_field_is_there_and_complete_is_the_last() {
        JsonNode json = Json.parse(JsonReport.render(Samples.failing()));
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        assertThat(names).contains("format", "tck", "provider", "target", "profile", "level", "seed", "startedAt",
                "durationMillis", "verdict", "rules", "totals", "operations").endsWith("complete");
        assertThat(json.path("verdict").asText()).isEqualTo("not-certified");
        assertThat(json.path("profile").asText()).isEqualTo("or3-sync/1.1");
        assertThat(json.path("rules").get(0).toString())
                .isEqualTo("{\"id\":\"PUSH-01\",\"level\":\"must\",\"status\":\"passed\",\"exercised\":10277,"
                        + "\"message\":null,\"counterexample\":null}");
        assertThat(json.path("totals").toString()).isEqualTo(
                "{\"passed\":" + (Samples.RULES - 23) + ",\"failed\":4,\"notApplicable\":1,\"notVerifiable\":17,\"error\":1}");
    }

    @Test
    void a_file_that_was_cut_off_anywhere_is_not_taken_for_a_report() {
        String whole = JsonReport.render(Samples.failing()).stripTrailing();
        for (int length = 40; length < whole.length(); length += 997) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> JsonReport.parse(cut, "out/report.json")).as("cut to %d characters", length)
                    .isInstanceOf(ReportException.class)
                    .hasMessage("out/report.json was cut off (it does not end in \"complete\": true): run certify again");
        }
    }

    @Test
    void a_file_without_the_last_field_was_cut_off_too() {
        assertThatThrownBy(() -> JsonReport.parse("{\"format\":\"or3-tck-report/1\"}", "r.json"))
                .isInstanceOf(ReportException.class).hasMessageContaining("was cut off");
    }

    @Test
    void a_report_of_another_version_names_both_versions() {
        String foreign = JsonReport.render(Samples.certified()).replace("or3-tck-report/1", "or3-tck-report/2");
        assertThatThrownBy(() -> JsonReport.parse(foreign, "r.json")).isInstanceOf(ReportException.class).hasMessage(
                "r.json has the format or3-tck-report/2, and this kit reads or3-tck-report/1: "
                        + "read it with the kit that wrote it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "[]", "{}", "null", "<html>", "{\"format\": 7}", "{\"format\":\"or3-tck-history/1\"}",
            "{}{}"})
    void what_is_no_report_is_refused_in_one_line(String text) {
        assertThatThrownBy(() -> JsonReport.parse(text, "r.json")).isInstanceOf(ReportException.class)
                .message().startsWith("r.json ").doesNotContain("\n");
    }

    @Test
    void a_wrong_field_is_named() {
        String wrong = JsonReport.render(Samples.certified())
                .replaceFirst("\"status\" : \"passed\"", "\"status\" : \"great\"");
        assertThatThrownBy(() -> JsonReport.parse(wrong, "r.json")).isInstanceOf(ReportException.class)
                .hasMessageStartingWith("r.json is not a sound report: rules[0].status: ");
    }

    @Test
    void a_missing_file_and_a_folder_are_named() throws Exception {
        assertThatThrownBy(() -> JsonReport.read(directory.resolve("none.json"))).isInstanceOf(ReportException.class)
                .hasMessage("there is no report at " + directory.resolve("none.json") + ": name a report.json");
        assertThatThrownBy(() -> JsonReport.read(directory)).isInstanceOf(ReportException.class)
                .hasMessageStartingWith(directory + " cannot be read");
        Path file = Files.writeString(directory.resolve("report.json"), JsonReport.render(Samples.certified()));
        assertThat(JsonReport.read(file)).isEqualTo(Samples.certified());
    }

    @Test
    void hostile_text_survives_in_the_file() {
        Report read = JsonReport.parse(JsonReport.render(Samples.hostile()), "r.json");
        assertThat(read.reason()).isEqualTo(Samples.HOSTILE);
    }
}
