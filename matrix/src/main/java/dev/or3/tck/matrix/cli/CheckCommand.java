package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.HistoryFile;
import dev.or3.tck.suites.run.HistoryFileException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges a recorded history. */
@Command(name = "check", mixinStandardHelpOptions = true,
        description = "Judges a recorded history, without the provider: exits 0 if no rule is violated, 1 if one is.")
final class CheckCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "HISTORY", description = "A history file, compact or as JSON lines.")
    private Path file;

    @Option(names = "--json", description = "Print the verdict as certify writes it beside the history.")
    private boolean json;

    CheckCommand(Console console) {
        this.console = console;
    }

    /** A verdict as it is kept in files. */
    static String text(Verdict verdict) {
        return verdict.toJson() + "\n";
    }

    @Override
    public Integer call() {
        History history = read(file);
        Verdict verdict = HistoryChecker.check(history);
        if (json) {
            console.out().print(text(verdict));
        } else {
            print(history, verdict);
        }
        if (!verdict.violations().isEmpty()) {
            return ExitCode.FAILED;
        }
        return verdict.limits().isEmpty() ? ExitCode.OK : ExitCode.UNREACHABLE;
    }

    static History read(Path file) {
        try {
            return HistoryFile.read(file);
        } catch (HistoryFileException e) {
            throw Trouble.usage(e.getMessage() + ": name a history that certify or a test wrote", e);
        }
    }

    private void print(History history, Verdict verdict) {
        PrintWriter out = console.out();
        out.printf(Locale.ROOT, "%s of %s %s (%s), seed %d: %,d events, %,d operations%n", history.header().name(),
                history.header().manifest().provider().id(), history.header().manifest().provider().version(),
                history.header().profile().wireName(), history.header().seed(), history.events().size(),
                history.operations().size());
        for (Violation violation : verdict.violations()) {
            out.println();
            out.println(violation.rule() + "  The provider " + Catalogue.current().rule(violation.rule()).text());
            labelled("but", violation.sentence());
            labelled("expected", violation.expected());
            labelled("actual", violation.actual());
            labelled("events", violation.witnesses().toString());
        }
        verdict.limits().forEach(limit -> labelled("undecided", limit));
        out.println();
        out.println(verdict.violations().isEmpty()
                ? "No violation; the premises of " + verdict.exercised().size() + " rules occurred."
                : verdict.violations().stream().map(Violation::rule).distinct().count() + " rules violated.");
    }

    private void labelled(String label, String text) {
        if (text != null) {
            String start = String.format("  %-9s ", label);
            console.out().println(start + Paragraph.hanging(text, start.length(), console.width()));
        }
    }
}
