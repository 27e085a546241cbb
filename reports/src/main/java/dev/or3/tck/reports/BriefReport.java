package dev.or3.tck.reports;

import dev.or3.tck.api.result.Report;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.api.result.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A report in a few lines, for who certifies a few rules again and again while writing: each failure with its contradiction
 * and its lanes, and what became of the other rules. Whether anything is certified is not the question then.
 */
public final class BriefReport {
    /** Rules that passed, each on a line of its own; more of them are summed up. */
    private static final int LINES = 6;

    private final Report report;
    private final TerminalStyle style;
    private final List<String> lines = new ArrayList<>();

    private BriefReport(Report report, TerminalStyle style) {
        this.report = report;
        this.style = style;
    }

    /** A few lines, ending in a line break. */
    public static String render(Report report, TerminalStyle style) {
        BriefReport text = new BriefReport(report, style);
        List<RuleResult> failures = Wording.failures(report);
        failures.forEach(text::failure);
        if (failures.isEmpty()) {
            text.others(Status.ERROR);
            text.others(Status.NOT_VERIFIABLE);
            text.others(Status.NOT_APPLICABLE);
            text.passed(report.rules().stream().filter(rule -> rule.status() == Status.PASSED).toList());
        }
        text.lines.add(style.faint("  " + report.level() + ", seed " + report.seed() + ": " + Counts.of(report.plans(), "plan")
                + ", " + Counts.of(report.operations(), "operation") + ", " + Counts.duration(report.durationMillis())));
        return String.join("\n", text.lines) + "\n";
    }

    private void failure(RuleResult rule) {
        lines.addAll(List.of(CounterexampleText.brief(rule, style).stripTrailing().split("\n")));
    }

    private void others(Status status) {
        report.rules().stream().filter(rule -> rule.status() == status).limit(LINES)
                .forEach(rule -> lines.addAll(Columns.wrap(style.of(status, Wording.mark(status) + " "
                        + Visible.line(rule.id(), 40)) + " " + Wording.words(status) + ": " + Wording.reason(rule, 400),
                        style.columns())));
    }

    private void passed(List<RuleResult> passed) {
        if (passed.size() <= LINES) {
            passed.forEach(rule -> lines.add(style.of(Status.PASSED, Wording.mark(Status.PASSED) + " " + rule.id() + " passed")
                    + ", " + times(rule)));
            return;
        }
        RuleResult rarest = passed.stream().min(Comparator.comparingLong(RuleResult::exercised)).get();
        lines.add(style.of(Status.PASSED, Wording.mark(Status.PASSED) + " " + passed.size() + " rules passed") + ", the rarest, "
                + rarest.id() + ", " + times(rarest));
    }

    private static String times(RuleResult rule) {
        return Counts.of(rule.exercised(), "time") + " exercised";
    }
}
