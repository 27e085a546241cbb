package dev.or3.tck.reports;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.result.Counterexample;
import dev.or3.tck.api.result.Counterexample.Moment;
import dev.or3.tck.api.result.Counterexample.Reproduction;
import dev.or3.tck.api.result.Report;
import dev.or3.tck.api.result.RuleResult;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * {@code allure-results}: the folder that the Allure generator turns into its own report. A result for each rule, with the
 * timeline of a counterexample as steps and its text attached. The provider is part of a result's identity, so that two
 * providers stay apart in one report, and the history of each is kept from run to run.
 */
public final class AllureReport {
    public static final String FOLDER_NAME = "allure-results";

    private static final String NO_PROVIDER = "unknown";

    private final Report report;
    private final FileSystemResultsWriter results;

    private AllureReport(Report report, FileSystemResultsWriter results) {
        this.report = report;
        this.results = results;
    }

    /**
     * Writes the files of the report into a folder.
     *
     * @param folder an existing folder
     */
    public static void write(Report report, Path folder) throws IOException {
        AllureReport allure = new AllureReport(report, new FileSystemResultsWriter(folder));
        report.rules().forEach(allure::result);
        Files.writeString(folder.resolve("environment.properties"), allure.environment());
        Files.writeString(folder.resolve("categories.json"), Json.write(categories()));
    }

    private void result(RuleResult rule) {
        String provider = provider();
        String id = Visible.line(rule.id(), 40);
        long start = start();
        TestResult result = new TestResult()
                .setUuid(uuid(provider + "/" + report.startedAt() + "/" + rule.id()))
                .setHistoryId(uuid(providerId() + "/" + rule.id()))
                .setTestCaseId(uuid(rule.id()))
                .setName(id + " " + Wording.text(rule.id()))
                .setFullName("or3-tck/" + providerId() + "/" + id)
                .setTitlePath(List.of(provider, Wording.group(Wording.groupOf(rule.id()))))
                .setLabels(labels(rule, provider))
                .setDescription(description(rule))
                .setStatus(status(rule))
                .setStatusDetails(details(rule))
                .setStage(Stage.FINISHED)
                .setStart(start)
                .setStop(start + report.durationMillis());
        if (rule.counterexample() != null) {
            result.setSteps(steps(rule.counterexample(), start));
            result.setAttachments(attachments(rule));
        }
        results.write(result);
    }

    private static Status status(RuleResult rule) {
        return switch (rule.status()) {
            case PASSED -> Status.PASSED;
            case FAILED -> Status.FAILED;
            case ERROR -> Status.BROKEN;
            case NOT_APPLICABLE, NOT_VERIFIABLE -> Status.SKIPPED;
        };
    }

    private static StatusDetails details(RuleResult rule) {
        StatusDetails details = new StatusDetails();
        if (rule.status() == dev.or3.tck.api.result.Status.PASSED) {
            return details.setMessage("occurred " + Counts.of(rule.exercised(), "time"));
        }
        details.setMessage(Wording.words(rule.status()) + ": " + Wording.reason(rule, 2000));
        Counterexample example = rule.counterexample();
        if (example != null) {
            details.setTrace(CounterexampleText.render(rule, TerminalStyle.PLAIN));
            details.setExpected(Visible.line(example.expected(), 1000)).setActual(Visible.line(example.actual(), 1000));
            details.setFlaky(example.reproduction() != null && !Reproduction.LOGIC.equals(example.reproduction().nature()));
        }
        return details;
    }

    private static List<Label> labels(RuleResult rule, String provider) {
        String group = Wording.group(Wording.groupOf(rule.id()));
        return List.of(label("parentSuite", provider), label("suite", group), label("epic", "or3-tck"),
                label("feature", group), label("story", Visible.line(rule.id(), 40)), label("framework", "or3-tck"),
                label("severity", "should".equals(Wording.words(rule.level())) ? "minor" : "critical"),
                label("tag", Wording.words(rule.level())), label("host", provider));
    }

    private static Label label(String name, String value) {
        return new Label().setName(name).setValue(value.isEmpty() ? "unknown" : value);
    }

    /** Markdown, and of the catalogue only: nothing that the provider said. */
    private static String description(RuleResult rule) {
        String more = Catalogue.current().find(rule.id()).map((Rule known) -> "\n\n**How it is checked.** " + known.checked()
                + "\n\n**Source.** " + String.join(", ", known.source())).orElse("");
        return Wording.sentence(rule.id()) + more;
    }

    private static List<StepResult> steps(Counterexample example, long start) {
        List<StepResult> steps = new ArrayList<>();
        if (example.timeline() != null) {
            for (Moment moment : example.timeline()) {
                steps.add(new StepResult().setName(Visible.line((moment.witness() ? "▸ " : "") + moment.client() + ": "
                                + moment.call() + " → " + (moment.answer() == null ? "no answer" : moment.answer()), 500))
                        .setStatus(moment.witness() ? Status.FAILED : Status.PASSED).setStage(Stage.FINISHED)
                        .setStart(start).setStop(start));
            }
        }
        return steps;
    }

    private List<Attachment> attachments(RuleResult rule) {
        String text = CounterexampleText.render(rule, TerminalStyle.PLAIN);
        return List.of(attach("counterexample", "text/plain", ".txt", text, rule),
                attach("counterexample (data)", "application/json", ".json", Json.write(rule.counterexample()), rule));
    }

    private Attachment attach(String name, String type, String ending, String text, RuleResult rule) {
        String source = uuid(provider() + "/" + report.startedAt() + "/" + rule.id() + ending) + "-attachment" + ending;
        results.write(source, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return new Attachment().setName(name).setType(type).setSource(source);
    }

    private String environment() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("provider", provider());
        values.put("target", report.target());
        values.put("profile", report.profile() == null ? "" : report.profile().wireName());
        values.put("level", report.level());
        values.put("seed", String.valueOf(report.seed()));
        values.put("verdict", Wording.words(report.verdict()));
        values.put("or3-tck", report.tck().version());
        values.put("catalogue", report.tck().catalogue());
        if (report.environment() != null) {
            values.putAll(report.environment());
        }
        return values.entrySet().stream().map(entry -> key(entry.getKey()) + " = "
                + Visible.line(entry.getValue(), 300).replace("\\", "\\\\")).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String key(String name) {
        return Visible.line(name, 80).replaceAll("[\\s=:#!\\\\]", "_");
    }

    /** The categories match the status details' messages, which begin with our own words for a status. */
    private static List<Map<String, Object>> categories() {
        return List.of(category("Contradicted by a history", "failed: .*", "failed"),
                category("The kit or the transport failed", "error: .*", "broken"),
                category("Not verifiable", "not verifiable: .*", "skipped"),
                category("Not applicable", "not applicable: .*", "skipped"));
    }

    private static Map<String, Object> category(String name, String pattern, String status) {
        Map<String, Object> category = new LinkedHashMap<>();
        category.put("name", name);
        category.put("messageRegex", pattern);
        category.put("matchedStatuses", List.of(status));
        return category;
    }

    private String provider() {
        if (report.provider() == null) {
            return NO_PROVIDER;
        }
        return Visible.line(report.provider().provider().name() + " " + report.provider().provider().version(), 120);
    }

    /** Without its version, so that the history of a rule goes on over versions. */
    private String providerId() {
        return report.provider() == null ? NO_PROVIDER : Visible.line(report.provider().provider().id(), 120);
    }

    private long start() {
        try {
            return Instant.parse(report.startedAt()).toEpochMilli();
        } catch (DateTimeException | NullPointerException e) {
            return 0;
        }
    }

    private static String uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
