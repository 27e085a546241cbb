package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.result.Report;
import dev.or3.tck.reports.JsonReport;
import dev.or3.tck.reports.TerminalReport;
import dev.or3.tck.reports.TerminalStyle;
import dev.or3.tck.suites.certify.Certification;
import dev.or3.tck.suites.certify.Certified;
import dev.or3.tck.suites.certify.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Certifies a provider. */
@Command(name = "certify", mixinStandardHelpOptions = true,
        description = "Certifies a provider; without further words, the reference on a temporary SQLite database.")
final class CertifyCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private TargetOptions target;

    @Mixin
    private CampaignOptions campaign;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Leave every report format, counterexamples and their histories here.")
    private Path out;

    CertifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Settings settings = campaign.settings();
        TargetChoice choice = target.choice();
        OutputDirectory directory = out == null ? null : OutputDirectory.named(out);
        try {
            Certified certified = run(choice, settings);
            Report report = save(choice, certified, directory);
            console.out().print(TerminalReport.render(report, new TerminalStyle(console.coloursOut(), console.width())));
            return report.exitCode();
        } finally {
            if (directory != null) {
                directory.discardIfEmpty();
            }
        }
    }

    private Certified run(TargetChoice choice, Settings settings) {
        try (TargetChoice.Running running = target.start(choice, console); LiveProgress progress = new LiveProgress(console)) {
            return Certification.run(running.target(), settings, progress);
        }
    }

    private Report save(TargetChoice choice, Certified certified, OutputDirectory named) {
        if (named == null && certified.findings().isEmpty()) {
            return certified.report();
        }
        Report unsaved = certified.report();
        OutputDirectory directory = named != null ? named
                : OutputDirectory.forFailures(Clock.systemUTC(), unsaved.provider().provider().id());
        try {
            Report report = new Evidence(directory.path(), choice).save(certified);
            Files.writeString(directory.path().resolve(JsonReport.FILE_NAME), JsonReport.render(report));
            console.err().println("or3-tck: reports are in " + directory.path());
            return report;
        } catch (IOException e) {
            throw Trouble.failed("the reports cannot be written to " + directory.path() + " (" + e + ")", e);
        }
    }
}
