package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.result.Counterexample;
import dev.or3.tck.api.result.Report;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.suites.certify.Certified;
import dev.or3.tck.suites.certify.Finding;
import dev.or3.tck.suites.certify.Kit;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.connect.Curl;
import dev.or3.tck.suites.connect.Headers;
import dev.or3.tck.suites.minimize.CurlScript;
import dev.or3.tck.suites.minimize.SavedCounterexample;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.HistoryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What proves a failure, in files: for each failed rule the counterexample that {@code replay} takes, its history that
 * {@code check} takes, compact and readable, the verdict on that history, and for a provider over HTTP a script that makes
 * its calls by curl.
 */
final class Evidence {
    static final String FOLDER = "counterexamples";
    static final String PROFILE = "profile";
    static final String VERDICT_SUFFIX = ".verdict.json";

    private final Path out;
    private final TargetChoice target;

    /**
     * @param out    the directory of the report
     * @param target the provider that failed
     */
    Evidence(Path out, TargetChoice target) {
        this.out = out;
        this.target = target;
    }

    /** Writes the files of every finding, and returns the report that refers to them. */
    Report save(Certified certified) throws IOException {
        Report report = certified.report();
        Map<String, Counterexample> saved = new HashMap<>();
        for (Finding finding : certified.findings()) {
            saved.put(finding.violation().rule(), save(finding, report));
        }
        List<RuleResult> rules = report.rules().stream().map(rule -> !saved.containsKey(rule.id()) ? rule
                : new RuleResult(rule.id(), rule.level(), rule.status(), rule.exercised(), rule.message(),
                        saved.get(rule.id()))).toList();
        return new Report(report.format(), report.tck(), report.provider(), report.target(), report.profile(),
                report.level(), report.seed(), report.startedAt(), report.durationMillis(), report.verdict(), report.reason(), rules,
                report.totals(), report.plans(), report.operations(), report.calls(), report.environment(), report.notes(),
                report.state(), report.complete());
    }

    private Counterexample save(Finding finding, Report report) throws IOException {
        String rule = finding.violation().rule();
        Path folder = Files.createDirectories(out.resolve(FOLDER));
        String history = rule + HistoryFile.SUFFIX;
        HistoryFile.write(finding.history(), folder.resolve(history));
        HistoryFile.exportJsonLines(finding.history(), folder.resolve(rule + ".history.jsonl"));
        Files.writeString(folder.resolve(rule + VERDICT_SUFFIX), CheckCommand.text(HistoryChecker.check(finding.history())));
        Path file = folder.resolve(rule + ".json");
        Counterexample told = refer(finding.counterexample(), FOLDER + "/" + file.getFileName(), file);
        if (!(target instanceof ProviderChoice || target instanceof HostChoice)) {
            Path script = folder.resolve(rule + ".sh");
            Files.writeString(script, script(finding.violation(), finding.history(), finding.plan(), target));
            script.toFile().setExecutable(true);
            told = told.saved(told.file(), told.replay(), "sh " + Curl.quoted(script.toString())
                    + (target instanceof UrlChoice ? "" : " URL"));
        }
        SavedCounterexample.of(Kit.version(), told, finding.plan(), target(report), history).write(file);
        return told;
    }

    /** The calls of a history as a script, for the provider that was chosen. */
    static String script(Violation violation, History history, Plan plan, TargetChoice target) {
        return target instanceof UrlChoice url
                ? CurlScript.of(violation, history, plan, url.addresses(), url.shownHeaders())
                : CurlScript.of(violation, history, plan, List.of(), Headers.NONE);
    }

    private Map<String, String> target(Report report) {
        Map<String, String> map = new TreeMap<>(target.toMap());
        if (report.profile() != null) {
            map.put(PROFILE, report.profile().wireName());
        }
        return map;
    }

    private static Counterexample refer(Counterexample told, String name, Path file) {
        String command = System.getProperty("or3.tck.command", "or3-tck") + " replay " + Curl.quoted(file.toString());
        return told.saved(name, command, null);
    }
}
