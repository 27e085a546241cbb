package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.result.Counterexample;
import dev.or3.tck.api.result.Report;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.suites.certify.Certified;
import dev.or3.tck.suites.certify.Finding;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.run.HistoryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What proves a failure, in files: for each failed rule the counterexample that {@code replay} takes, its history that
 * {@code check} takes, compact and readable, and the verdict on that history.
 */
final class Evidence {
    static final String FOLDER = "counterexamples";

    private final Path out;
    private final List<String> targetArguments;

    /**
     * @param out             the directory of the report
     * @param targetArguments the options that choose the same target again
     */
    Evidence(Path out, List<String> targetArguments) {
        this.out = out;
        this.targetArguments = targetArguments;
    }

    /** Writes the files of every finding, and returns the report that refers to them. */
    Report save(Certified certified) throws IOException {
        Map<String, Counterexample> saved = new HashMap<>();
        for (Finding finding : certified.findings()) {
            saved.put(finding.violation().rule(), save(finding));
        }
        Report report = certified.report();
        List<RuleResult> rules = report.rules().stream().map(rule -> saved.containsKey(rule.id())
                ? new RuleResult(rule.id(), rule.level(), rule.status(), rule.exercised(), rule.message(), saved.get(rule.id()))
                : rule).toList();
        return new Report(report.format(), report.tck(), report.provider(), report.target(), report.profile(), report.level(),
                report.seed(), report.startedAt(), report.durationMillis(), report.verdict(), report.reason(), rules,
                report.totals(), report.plans(), report.operations(), report.calls(), report.environment(), report.notes(),
                report.complete());
    }

    private Counterexample save(Finding finding) throws IOException {
        String rule = finding.violation().rule();
        Path folder = Files.createDirectories(out.resolve(FOLDER));
        HistoryFile.write(finding.history(), folder.resolve(rule + HistoryFile.SUFFIX));
        HistoryFile.exportJsonLines(finding.history(), folder.resolve(rule + ".history.jsonl"));
        Files.writeString(folder.resolve(rule + ".verdict.json"), CheckCommand.text(HistoryChecker.check(finding.history())));
        Path file = folder.resolve(rule + ".json");
        return finding.counterexample();
    }
}
