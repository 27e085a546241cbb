package dev.or3.tck.reports;

import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Level;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.result.Report;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.api.result.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the HTML page shows, in its order. All text has been made {@link Visible}; the template escapes it for HTML.
 *
 * @param title     of the browser's tab
 * @param verdict   in words
 * @param tone      the style of the verdict: certified, not-certified, inconclusive
 * @param reason    why it is not certified, or empty
 * @param provider  name and version
 * @param facts     about the run, in the order of interest
 * @param levels    the totals of each level
 * @param failures  the failed rules, musts first
 * @param undecided what was neither passed nor failed, by reason
 * @param groups    all rules
 * @param notes     what a reader should know besides
 * @param state     what the provider says of itself
 * @param calls     how many calls and how fast
 * @param about     the manifest, the machine and the kit
 */
record HtmlPage(String title, String verdict, String tone, String reason, String provider, List<Fact> facts,
        List<Totals> levels, List<HtmlFailure> failures, List<Undecided> undecided, List<Group> groups, List<String> notes,
        List<Fact> state, List<Call> calls, List<Fact> about) {

    record Fact(String name, String value) {
    }

    /** The rules of a level that have one status; that none failed is worth saying, other zeros are not. */
    record Share(Status status, String words, int count) {
    }

    record Totals(String level, int rules, List<Share> shares) {
    }

    record Undecided(String mark, String status, String words, String reason, List<String> ids) {
    }

    record Group(String anchor, String title, int passed, List<Row> rows) {
    }

    /**
     * @param failed whether there is a failure to link to
     * @param reason why it is not passed, or empty
     */
    record Row(String id, String anchor, String mark, String status, String words, String level, String text,
            String exercised, boolean failed, String reason, List<Fact> details) {
    }

    record Call(String name, String count, String median, String p99, String slowest) {
    }

    static HtmlPage of(Report report) {
        String provider = report.provider() == null ? "An unknown provider"
                : line(report.provider().provider().name()) + " " + line(report.provider().provider().version());
        String verdict = Wording.words(report.verdict());
        return new HtmlPage(verdict + ": " + provider, Character.toUpperCase(verdict.charAt(0)) + verdict.substring(1),
                report.verdict().wireName(), line(report.reason(), 2000), provider, facts(report), levels(report),
                Wording.failures(report).stream().map(HtmlFailure::of).toList(), undecided(report), groups(report),
                report.notes() == null ? List.of() : report.notes().stream().map(note -> line(note, 2000)).toList(),
                StateLines.of(report.state()).stream().map(line -> new Fact(line.name(), line.text())).toList(),
                calls(report), about(report));
    }

    private static List<Fact> facts(Report report) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("target", line(report.target())));
        if (report.profile() != null) {
            facts.add(new Fact("profile", report.profile().wireName()));
        }
        facts.add(new Fact("level", line(report.level())));
        facts.add(new Fact("seed", String.valueOf(report.seed())));
        facts.add(new Fact("ran", Counts.of(report.plans(), "plan") + ", " + Counts.of(report.operations(), "operation")
                + " in " + Counts.duration(report.durationMillis())));
        facts.add(new Fact("started", line(report.startedAt()).replace('T', ' ').replace("Z", " UTC")));
        return facts;
    }

    private static List<Totals> levels(Report report) {
        List<Totals> totals = new ArrayList<>();
        for (Level level : Level.values()) {
            List<RuleResult> rules = report.rules().stream().filter(rule -> rule.level() == level).toList();
            if (!rules.isEmpty()) {
                totals.add(new Totals(level.wireName(), rules.size(), Arrays.stream(Status.values()).map(status ->
                                new Share(status, Wording.words(status),
                                        (int) rules.stream().filter(rule -> rule.status() == status).count()))
                        .filter(share -> share.count() > 0 || share.status() == Status.FAILED).toList()));
            }
        }
        return totals;
    }

    private static List<Undecided> undecided(Report report) {
        List<Undecided> undecided = new ArrayList<>();
        for (Status status : List.of(Status.ERROR, Status.NOT_VERIFIABLE, Status.NOT_APPLICABLE)) {
            report.rules().stream().filter(rule -> rule.status() == status)
                    .collect(Collectors.groupingBy(rule -> Wording.reason(rule, 1000), LinkedHashMap::new,
                            Collectors.mapping(rule -> line(rule.id(), 40), Collectors.toList())))
                    .forEach((reason, ids) -> undecided.add(new Undecided(Wording.mark(status), status.wireName(),
                            Wording.words(status), reason, ids)));
        }
        return undecided;
    }

    private static List<Group> groups(Report report) {
        Map<String, List<RuleResult>> groups = report.rules().stream().collect(Collectors.groupingBy(
                rule -> Wording.groupOf(rule.id()), LinkedHashMap::new, Collectors.toList()));
        return groups.entrySet().stream().map(group -> new Group("group-" + anchor(group.getKey()),
                line(Wording.group(group.getKey()), 60),
                (int) group.getValue().stream().filter(rule -> rule.status() == Status.PASSED).count(),
                group.getValue().stream().map(HtmlPage::row).toList())).toList();
    }

    private static Row row(RuleResult rule) {
        boolean passed = rule.status() == Status.PASSED;
        return new Row(line(rule.id(), 40), anchor(rule.id()), Wording.mark(rule.status()), rule.status().wireName(),
                Wording.words(rule.status()), Wording.words(rule.level()), Wording.text(rule.id()),
                rule.exercised() == 0 ? "" : Counts.grouped(rule.exercised()) + "×", rule.status() == Status.FAILED,
                passed ? "" : Wording.reason(rule, 2000), details(rule));
    }

    private static List<Fact> details(RuleResult rule) {
        List<Fact> details = new ArrayList<>();
        Catalogue.current().find(rule.id()).ifPresent((Rule known) -> {
            details.add(new Fact("How it is checked", known.checked()));
            details.add(new Fact("Source", String.join(", ", known.source())));
            if (!known.needs().isEmpty()) {
                details.add(new Fact("Needs", String.join(", ", known.needs())));
            }
            details.add(new Fact("From profile", known.from().wireName()));
        });
        details.add(new Fact("Evidence", rule.exercised() == 0 ? "its premise never occurred"
                : "its premise occurred " + Counts.of(rule.exercised(), "time")));
        return details;
    }

    private static List<Call> calls(Report report) {
        return report.calls() == null ? List.of() : report.calls().stream().map(call -> new Call(line(call.call(), 80),
                Counts.grouped(call.count()), micros(call.p50Micros()), micros(call.p99Micros()),
                micros(call.maxMicros()))).toList();
    }

    private static String micros(long micros) {
        return micros < 1000 ? micros + " µs" : Counts.grouped(micros / 1000) + " ms";
    }

    private static List<Fact> about(Report report) {
        List<Fact> about = new ArrayList<>();
        Manifest manifest = report.provider();
        if (manifest != null) {
            about.add(new Fact("provider id", line(manifest.provider().id())));
            about.add(new Fact("declared profile", manifest.profile().wireName()));
            for (String component : new TreeSet<>(manifest.components().keySet())) {
                String capabilities = String.join(", ", new TreeSet<>(manifest.components().get(component).capabilities()));
                about.add(new Fact("component " + line(component, 60), capabilities.isEmpty() ? "plain"
                        : line(capabilities)));
            }
            about.add(new Fact("controls", manifest.controls().isEmpty() ? "none"
                    : line(String.join(", ", manifest.controls()))));
            about.add(new Fact("normalizes", manifest.normalizes().isEmpty() ? "nothing"
                    : line(String.join(", ", manifest.normalizes()))));
        }
        if (report.environment() != null) {
            report.environment().forEach((name, value) -> about.add(new Fact(line(name, 60), line(value))));
        }
        about.add(new Fact("kit", "or3-tck " + line(report.tck().version()) + ", catalogue "
                + line(report.tck().catalogue())));
        return about;
    }

    /** A name that can be linked to. */
    static String anchor(String id) {
        return line(id, 40).replaceAll("[^A-Za-z0-9-]", "_");
    }

    static String line(String text) {
        return line(text, 400);
    }

    static String line(String text, int most) {
        return Visible.line(text, most);
    }
}
