package dev.or3.tck.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportDirectoryTest {

    @TempDir
    Path temporary;

    @Test
    void every_format_is_written_into_a_directory_that_is_created() throws IOException {
        Path directory = temporary.resolve("a/b");
        ReportDirectory.open(directory, false).write(Samples.failing());
        assertThat(names(directory)).containsExactly("allure-results", "junit.xml", "report.html", "report.json");
        assertThat(JsonReport.read(directory.resolve("report.json"))).isEqualTo(Samples.failing());
        assertThat(directory.resolve("report.html")).content().isEqualTo(HtmlReport.render(Samples.failing()));
        assertThat(directory.resolve("junit.xml")).content().isEqualTo(JUnitReport.render(Samples.failing()));
        assertThat(names(directory.resolve("allure-results"))).contains("environment.properties", "categories.json")
                .filteredOn(name -> name.endsWith("-result.json")).hasSize(Samples.RULES);
    }

    @Test
    void hostile_reports_can_be_written_too() {
        ReportDirectory.open(temporary, false).write(Samples.hostile());
        assertThat(JsonReport.read(temporary.resolve("report.json"))).isEqualTo(Samples.hostile());
    }

    @Test
    void a_directory_that_holds_a_report_is_refused_and_left_as_it_is() throws IOException {
        for (String content : List.of("report.json", "report.html", "junit.xml", "allure-results")) {
            Path directory = Files.createDirectory(temporary.resolve("with-" + content));
            Files.writeString(directory.resolve(content), "mine");
            assertThatThrownBy(() -> ReportDirectory.open(directory, false)).isInstanceOf(ReportException.class).hasMessage(
                    directory + " already holds a report (" + content + "): name another --out, or move it away");
            assertThat(names(directory)).containsExactly(content);
            assertThat(directory.resolve(content)).hasContent("mine");
        }
    }

    @Test
    void a_report_is_replaced_when_told_so_and_nothing_of_the_old_one_stays() throws IOException {
        Path other = Files.writeString(temporary.resolve("notes.txt"), "mine");
        ReportDirectory.open(temporary, false).write(Samples.failing());
        ReportDirectory.open(temporary, true).write(Samples.certified());
        assertThat(JsonReport.read(temporary.resolve("report.json"))).isEqualTo(Samples.certified());
        assertThat(names(temporary)).containsExactly("allure-results", "junit.xml", "notes.txt", "report.html",
                "report.json");
        assertThat(names(temporary.resolve("allure-results"))).as("no attachment of the failures").hasSize(Samples.RULES + 2);
        assertThat(other).hasContent("mine");
    }

    @Test
    void what_is_no_directory_is_refused() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "mine");
        assertThatThrownBy(() -> ReportDirectory.open(file, true)).isInstanceOf(ReportException.class)
                .hasMessage(file + " is not a directory: name another --out");
        assertThatThrownBy(() -> ReportDirectory.open(file.resolve("below"), true)).isInstanceOf(ReportException.class)
                .hasMessageStartingWith(file.resolve("below") + " cannot be written (")
                .hasMessageEndingWith("): name another --out");
        assertThat(file).hasContent("mine");
    }

    @Test
    void a_directory_that_vanishes_before_the_end_is_named() throws IOException {
        Path directory = temporary.resolve("gone");
        ReportDirectory open = ReportDirectory.open(directory, false);
        Files.delete(directory);
        assertThatThrownBy(() -> open.write(Samples.certified())).isInstanceOf(ReportException.class)
                .hasMessageStartingWith(directory + " cannot be written (");
    }

    @Test
    void opening_leaves_no_trace_but_the_directory() throws IOException {
        ReportDirectory.open(temporary.resolve("new"), false);
        assertThat(names(temporary.resolve("new"))).isEmpty();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
