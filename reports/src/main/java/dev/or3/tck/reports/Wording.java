package dev.or3.tck.reports;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Level;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.result.Conclusion;
import dev.or3.tck.api.result.Report;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.api.result.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The words that all formats share. */
final class Wording {

    private static final Map<String, String> GROUPS = Map.ofEntries(
            Map.entry("PUSH", "Push"), Map.entry("ERR", "Errors"), Map.entry("LWW", "Last writer wins"),
            Map.entry("PULL", "Pull"), Map.entry("ISO", "Isolation"), Map.entry("CUR", "Cursors"),
            Map.entry("GC", "Garbage collection"), Map.entry("SNAP", "Snapshots"), Map.entry("WIRE", "Wire and schema"),
            Map.entry("DUR", "Durability"), Map.entry("STORE", "Workspaces"), Map.entry("RATE", "Rate limits"),
            Map.entry("WIR", "Wiring"),
            Map.entry("ADM", "Administration"), Map.entry("STOR", "Storage"), Map.entry("JOB", "Jobs"),
            Map.entry("TOK", "Tokens"), Map.entry("NOTE", "Notifications"), Map.entry("CFG", "Configuration"));

    private Wording() {
    }

    /** The heading of a group of rules, or its prefix if it is a new one. */
    static String group(String prefix) {
        return GROUPS.getOrDefault(prefix, prefix);
    }

    static String groupOf(String ruleId) {
        int dash = ruleId.indexOf('-');
        return dash < 0 ? ruleId : ruleId.substring(0, dash);
    }

    /** What the rule demands, as a whole sentence; a report of another kit may hold rules that this one does not know. */
    static String sentence(String ruleId) {
        return Catalogue.current().find(ruleId).map(rule -> "The provider " + rule.text() + ".")
                .orElse("A rule that this kit's catalogue does not know.");
    }

    /** What the rule demands, short: as it stands in the catalogue. */
    static String text(String ruleId) {
        return Catalogue.current().find(ruleId).map(Rule::text).orElse("(not in this kit's catalogue)");
    }

    static String source(String ruleId) {
        return Catalogue.current().find(ruleId).map(rule -> String.join(", ", rule.source())).orElse("");
    }

    static String mark(Status status) {
        return switch (status) {
            case PASSED -> "✓";
            case FAILED -> "✗";
            case NOT_APPLICABLE -> "–";
            case NOT_VERIFIABLE -> "?";
            case ERROR -> "!";
        };
    }

    static String words(Status status) {
        return status.wireName().replace('-', ' ');
    }

    static String words(Conclusion conclusion) {
        return conclusion.wireName().replace('-', ' ');
    }

    static String words(Level level) {
        return level == null ? "" : level.wireName();
    }

    /** The rules that failed, musts before shoulds, each in the order of the catalogue. */
    static List<RuleResult> failures(Report report) {
        return report.rules().stream().filter(rule -> rule.status() == Status.FAILED)
                .sorted(Comparator.comparing((RuleResult rule) -> rule.level() == Level.SHOULD)).toList();
    }

    /** Why a rule is not passed, fit to be shown in one line; its status if nothing is told. */
    static String reason(RuleResult rule, int most) {
        if (rule.message() != null && !rule.message().isBlank()) {
            return Visible.line(rule.message(), most);
        }
        if (rule.counterexample() != null) {
            return Visible.line(rule.counterexample().sentence(), most);
        }
        return words(rule.status());
    }
}
