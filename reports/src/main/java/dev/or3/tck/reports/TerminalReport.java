package dev.or3.tck.reports;

import dev.or3.tck.api.catalogue.Level;
import dev.or3.tck.api.result.Report;
import dev.or3.tck.api.result.Report.Totals;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.api.result.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A report on a terminal: the table by rule, what could not be verified and why, the failures, and last, beside the
 * prompt, the verdict. Without colours every line is plain text that can be searched by rule id.
 */
public final class TerminalReport {
    private static final int ID = 9;
    private static final int LEVEL = 7;
    private static final int COUNT = 12;
    private static final int NAMES = 20;

    private final Report report;
    private final TerminalStyle style;
    private final List<String> lines = new ArrayList<>();

    private TerminalReport(Report report, TerminalStyle style) {
        this.report = report;
        this.style = style;
    }

    /** Everything, ending in a line break. */
    public static String render(Report report, TerminalStyle style) {
        TerminalReport text = new TerminalReport(report, style);
        text.header();
        text.table();
        text.unverified();
        text.notes();
        text.state();
        text.failures();
        text.verdictLines();
        return text.text();
    }

    /** The verdict with the totals only, ending in a line break. */
    public static String verdict(Report report, TerminalStyle style) {
        TerminalReport text = new TerminalReport(report, style);
        text.verdictLines();
        return text.text();
    }

    private String text() {
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }

    private void header() {
        String name = report.provider() == null ? "no manifest"
                : report.provider().provider().name() + " " + report.provider().provider().version();
        lines.add(style.bold(Columns.cut(Visible.line(name, 120), style.columns())));
        String profile = report.profile() == null ? "" : report.profile().wireName() + " · ";
        lines.add(style.faint(Columns.cut(Visible.line(report.target(), 200) + " · " + profile
                + report.level() + " · seed " + report.seed() + " · or3-tck " + report.tck().version() + ", catalogue "
                + report.tck().catalogue(), style.columns())));
    }

    private void table() {
        Map<String, List<RuleResult>> groups = report.rules().stream().collect(Collectors.groupingBy(
                rule -> Wording.groupOf(rule.id()), LinkedHashMap::new, Collectors.toList()));
        groups.forEach((group, rules) -> {
            lines.add("");
            long passed = rules.stream().filter(rule -> rule.status() == Status.PASSED).count();
            String right = passed + " of " + rules.size() + " passed";
            lines.add(style.bold(Columns.fit(Visible.line(Wording.group(group), 40), style.columns() - right.length()))
                    + style.faint(right));
            rules.forEach(this::row);
        });
    }

    private void row(RuleResult rule) {
        int width = style.columns() - 2 - ID - LEVEL - COUNT;
        String count = rule.exercised() == 0 ? "" : Counts.grouped(rule.exercised()) + "×";
        lines.add(style.of(rule.status(), Wording.mark(rule.status()) + " " + Columns.fit(Visible.line(rule.id(), 40), ID))
                + style.faint(Columns.fit(rule.level() == Level.SHOULD ? "should" : "", LEVEL))
                + Columns.fit(Wording.text(rule.id()), width) + style.faint(Columns.right(count, COUNT)));
        if (rule.status() == Status.FAILED || rule.status() == Status.ERROR) {
            int room = style.columns() - 2 - ID - LEVEL;
            for (String line : Columns.wrap(Wording.reason(rule, 400), room, 3)) {
                lines.add(" ".repeat(2 + ID + LEVEL) + style.of(rule.status(), line));
            }
        }
    }

    /** The rules that are neither passed nor failed, by reason: one line of ids for each. */
    private void unverified() {
        reasons(Status.NOT_APPLICABLE, "Not applicable");
        reasons(Status.NOT_VERIFIABLE, "Not verifiable");
    }

    private void reasons(Status status, String title) {
        Map<String, List<String>> byReason = report.rules().stream().filter(rule -> rule.status() == status)
                .collect(Collectors.groupingBy(rule -> Wording.reason(rule, 300), LinkedHashMap::new,
                        Collectors.mapping(rule -> Visible.line(rule.id(), 40), Collectors.toList())));
        if (byReason.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(style.bold(title));
        byReason.forEach((reason, ids) -> {
            Columns.wrap(reason, style.columns() - 2).forEach(line -> lines.add("  " + style.of(status, line)));
            Columns.wrap(String.join(" ", ids), style.columns() - 4).forEach(line -> lines.add("    " + line));
        });
    }

    private void notes() {
        if (report.notes() == null || report.notes().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(style.bold("Notes"));
        for (String note : report.notes()) {
            List<String> wrapped = Columns.wrap(Visible.line(note, 1000), style.columns() - 4);
            for (int i = 0; i < wrapped.size(); i++) {
                lines.add((i == 0 ? "  · " : "    ") + wrapped.get(i));
            }
        }
    }

    private void state() {
        List<StateLines.Line> told = StateLines.brief(report.state());
        if (told.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(style.bold(StateLines.TITLE));
        int names = Math.min(NAMES, told.stream().mapToInt(line -> line.name().length()).max().orElse(0));
        for (StateLines.Line line : told) {
            List<String> wrapped = Columns.wrap(line.text(), style.columns() - names - 4);
            for (int i = 0; i < wrapped.size(); i++) {
                lines.add("  " + style.faint(Columns.fit(i == 0 ? line.name() : "", names)) + "  " + wrapped.get(i));
            }
        }
    }

    private void failures() {
        List<RuleResult> failed = Wording.failures(report);
        for (RuleResult rule : failed) {
            lines.add("");
            lines.add(style.faint("─".repeat(style.columns())));
            lines.addAll(List.of(CounterexampleText.render(rule, style).stripTrailing().split("\n")));
        }
        if (!failed.isEmpty()) {
            lines.add("");
            lines.add(style.faint("─".repeat(style.columns())));
        }
    }

    private void verdictLines() {
        lines.add("");
        String verdict = Wording.words(report.verdict()).toUpperCase(Locale.ROOT);
        lines.add(style.of(report.verdict(), verdict));
        if (report.reason() != null) {
            Columns.wrap(Visible.line(report.reason(), 1000), style.columns()).forEach(lines::add);
        }
        Totals totals = report.totals();
        lines.add(total(Status.PASSED, totals.passed()) + "  " + total(Status.FAILED, totals.failed()) + "  "
                + total(Status.NOT_APPLICABLE, totals.notApplicable()) + "  "
                + total(Status.NOT_VERIFIABLE, totals.notVerifiable()) + "  " + total(Status.ERROR, totals.error()));
        lines.add(style.faint(Counts.of(report.plans(), "plan") + ", " + Counts.of(report.operations(), "operation")
                + ", " + Counts.duration(report.durationMillis())));
    }

    private String total(Status status, int count) {
        String text = Wording.mark(status) + " " + count + " " + Wording.words(status);
        return count == 0 ? style.faint(text) : style.of(status, text);
    }
}
