package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.Json;
import dev.or3.tck.matrix.findings.Finding;
import dev.or3.tck.matrix.findings.Requirement.Level;
import dev.or3.tck.matrix.findings.Review;
import dev.or3.tck.matrix.findings.Sarif;
import dev.or3.tck.suites.certify.Kit;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** How findings are told. */
final class FindingsOutput {
    private enum Format { text, json, sarif }

    private static final int INDENT = 4;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; sarif is for code reviews. Default: ${DEFAULT-VALUE}.")
    private Format format;

    void tell(Review review, Console console) {
        switch (format) {
            case text -> text(review, console);
            case json -> console.out().println(pretty(review.json(Kit.version())));
            case sarif -> console.out().println(pretty(Sarif.of(review, Kit.version())));
        }
    }

    private static String pretty(Object value) {
        return Json.mapper().valueToTree(value).toPrettyString();
    }

    private static void text(Review review, Console console) {
        Ansi ansi = console.coloursOut() ? Ansi.ON : Ansi.OFF;
        for (Finding finding : review.open()) {
            String colour = finding.rule().level() == Level.MUST ? "red" : "yellow";
            console.out().println(place(finding) + "  " + ansi.string("@|" + colour + " " + finding.rule().id() + "|@"));
            console.out().println(Paragraph.indented(finding.text(), INDENT, console.width()));
            console.out().println(Paragraph.indented("→ " + finding.advice(), INDENT, console.width()));
        }
        review.notes().forEach(note -> console.out().println("note: " + Paragraph.hanging(note, 6, console.width())));
        long allowed = review.findings().size() - review.open().size();
        console.out().println(looked(review.looked()) + ": " + count(review.open().size(), "finding")
                + (allowed == 0 ? "" : String.format(Locale.ROOT, ", %,d allowed", allowed)));
    }

    /** As editors and terminals make links of it. */
    private static String place(Finding finding) {
        return finding.file() + ":" + finding.place().line() + ":" + finding.place().column();
    }

    private static String looked(Map<String, Integer> looked) {
        return looked.entrySet().stream().map(entry -> count(entry.getValue(), entry.getKey().replaceFirst("s$", "")))
                .collect(Collectors.joining(", "));
    }

    private static String count(int number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }
}
