package dev.or3.tck.reports;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.result.Counterexample;
import dev.or3.tck.api.result.Counterexample.Reproduction;
import dev.or3.tck.api.result.RuleResult;
import java.util.ArrayList;
import java.util.List;

/**
 * A failure as a person reads it: the rule, the contradiction, who did what when, what was expected and seen, what usually
 * causes it, and how to run it again. What the provider said is shown harmlessly; lines stay within the style's columns,
 * but for commands, which can be copied whole.
 */
public final class CounterexampleText {
    private static final int LABEL = 10;

    private final TerminalStyle style;
    private final List<String> lines = new ArrayList<>();

    private CounterexampleText(TerminalStyle style) {
        this.style = style;
    }

    /** The failure of a rule, with or without a counterexample, ending in a line break. */
    public static String render(RuleResult result, TerminalStyle style) {
        CounterexampleText text = new CounterexampleText(style);
        text.heading(result.id(), Wording.mark(result.status()));
        if (result.counterexample() == null) {
            text.paragraph(Wording.reason(result, 2000));
        } else {
            text.body(result.counterexample());
        }
        return String.join("\n", text.lines) + "\n";
    }

    /** The failure of a rule, without causes and origin, for who knows the rule; ending in a line break. */
    static String brief(RuleResult result, TerminalStyle style) {
        CounterexampleText text = new CounterexampleText(style);
        Counterexample example = result.counterexample();
        text.heading(result.id(), Wording.mark(result.status()));
        text.paragraph(example == null ? Wording.reason(result, 2000) : Visible.line(example.sentence(), 2000));
        if (example != null) {
            text.section(null, LaneText.lanes(example, style));
            text.lines.add("");
            text.commands(example);
        }
        return String.join("\n", text.lines) + "\n";
    }

    /** One counterexample, ending in a line break. */
    public static String render(Counterexample example, TerminalStyle style) {
        CounterexampleText text = new CounterexampleText(style);
        text.heading(example.rule(), "✗");
        text.body(example);
        return String.join("\n", text.lines) + "\n";
    }

    private void heading(String ruleId, String mark) {
        String id = Visible.line(ruleId, 40);
        String facts = Catalogue.current().find(ruleId)
                .map(rule -> "  " + Wording.words(rule.level()) + " · " + String.join(", ", rule.source())).orElse("");
        lines.add(style.bad(mark + " " + id) + style.faint(Columns.cut(facts, style.columns() - id.length() - 2)));
        Columns.wrap(Wording.sentence(ruleId), style.columns() - 2).forEach(line -> lines.add("  " + style.bold(line)));
    }

    private void paragraph(String text) {
        lines.add("");
        Columns.wrap(text, style.columns() - 2).forEach(line -> lines.add("  " + line));
    }

    private void body(Counterexample example) {
        paragraph(Visible.line(example.sentence(), 2000));
        lines.add("");
        labelled("expected", Visible.line(example.expected(), 1000), true);
        labelled("actual", Visible.line(example.actual(), 1000), false);
        section(null, LaneText.lanes(example, style));
        section("the log", LaneText.strip(example, style));
        causes(example);
        lines.add("");
        reproduction(example);
    }

    private void section(String title, List<String> content) {
        if (!content.isEmpty()) {
            lines.add("");
            if (title != null) {
                lines.add("  " + style.faint(title));
            }
            lines.addAll(content);
        }
    }

    private void labelled(String label, String text, boolean good) {
        if (text.isEmpty()) {
            return;
        }
        List<String> wrapped = Columns.wrap(text, style.columns() - 2 - LABEL);
        for (int i = 0; i < wrapped.size(); i++) {
            String line = good ? style.good(wrapped.get(i)) : style.bad(wrapped.get(i));
            lines.add("  " + style.faint(Columns.fit(i == 0 ? label : "", LABEL)) + line);
        }
    }

    private void causes(Counterexample example) {
        List<String> causes = causesOf(example);
        if (causes.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("  " + style.faint("what usually causes it"));
        for (String cause : causes) {
            List<String> wrapped = Columns.wrap(Visible.line(cause, 1000), style.columns() - 6);
            for (int i = 0; i < wrapped.size(); i++) {
                lines.add((i == 0 ? "    · " : "      ") + wrapped.get(i));
            }
        }
    }

    /** Its own causes, or those of its rule. */
    static List<String> causesOf(Counterexample example) {
        return example.causes() != null && !example.causes().isEmpty() ? example.causes()
                : Catalogue.current().find(example.rule()).map(Rule::causes).orElse(List.of());
    }

    private void reproduction(Counterexample example) {
        lines.add("  " + Columns.cut(origin(example), style.columns() - 2));
        if (example.reproduction() != null) {
            lines.add("  " + Columns.cut(reproduction(example.reproduction()), style.columns() - 2));
        }
        if (example.file() != null) {
            command("saved in", example.file());
        }
        commands(example);
    }

    private void commands(Counterexample example) {
        if (example.replay() != null) {
            command("run again", example.replay());
        }
        if (example.curl() != null) {
            command("by curl", example.curl());
        }
    }

    private void command(String label, String text) {
        lines.add("  " + style.faint(Columns.fit(label, LABEL + 2)) + style.accent(Visible.line(text, 1000)));
    }

    /** {@code seed 42, plan 17: 2 operations of 2 clients}. */
    static String origin(Counterexample example) {
        String plan = example.plan() == null ? "" : ", plan " + Visible.line(example.plan(), 80);
        return "seed " + example.seed() + plan + ": " + Counts.of(example.operations(), "operation") + " of "
                + Counts.of(example.clients(), "client");
    }

    /** {@code came back in 14 of 20 runs: probably a race}. */
    static String reproduction(Reproduction reproduction) {
        String nature = Visible.line(reproduction.nature(), 80);
        if (reproduction.runs() == 0) {
            return nature.isEmpty() ? "not run again" : nature;
        }
        if (reproduction.failed() == 0) {
            return (nature.isEmpty() ? "" : nature + ": ") + "did not come back in " + Counts.of(reproduction.runs(), "run");
        }
        return "came back in " + reproduction.failed() + " of " + Counts.of(reproduction.runs(), "run")
                + (nature.isEmpty() ? "" : ": " + nature);
    }
}
