package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.result.Report;
import dev.or3.tck.reports.TerminalReport;
import dev.or3.tck.reports.TerminalStyle;
import dev.or3.tck.suites.certify.Certification;
import dev.or3.tck.suites.certify.Certified;
import dev.or3.tck.suites.certify.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
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
            description = "Leave every report format here, and what proves the failures. "
            + "Without it, only failures are saved, under or3-tck-out.")
    private Path out;

    @Option(names = "--keep-histories", description = "Keep the history of every plan too, with its verdict. Needs --out.")
    private boolean keepHistories;

    @Mixin
    private WatchOption watch;

    CertifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Settings settings = watch.isGiven() ? campaign.hasty() : campaign.settings();
        TargetChoice choice = target.choice();
        if (watch.isGiven()) {
            if (out != null || keepHistories) {
                throw Trouble.usage("--watch keeps only the last failure, in " + WatchLoop.OUT
                        + ": leave --out and --keep-histories away");
            }
            return new WatchLoop(console, target, choice, settings).run(watch.path(choice));
        }
        if (keepHistories && out == null) {
            throw Trouble.usage("--keep-histories needs --out DIR, which says where to keep them");
        }
        OutputDirectory named = out == null ? null : OutputDirectory.named(out);
        try {
            Ended ended = run(choice, settings);
            Certified certified = ended.certified();
            if (named == null && certified.findings().isEmpty()) {
                print(certified.report());
                return certified.report().exitCode();
            }
            OutputDirectory directory = named != null ? named
                    : OutputDirectory.forFailures(Clock.systemUTC(), certified.report().provider().provider().id());
            Report report = save(ended, choice, directory);
            print(report);
            console.out().println("Saved in " + directory.path());
            return report.exitCode();
        } finally {
            if (named != null) {
                named.discardIfEmpty();
            }
        }
    }

    /**
     * @param output what each instance wrote, where the kit started them as processes
     */
    private record Ended(Certified certified, List<String> output) {
    }

    private Ended run(TargetChoice choice, Settings settings) {
        try (TargetChoice.Running running = target.start(choice, console);
                LiveProgress progress = new LiveProgress(console)) {
            Certified certified = Certification.run(running.target(), settings,
                    keepHistories ? new KeptHistories(out, progress) : progress);
            return new Ended(certified, running.target().output());
        }
    }

    private static Report save(Ended ended, TargetChoice choice, OutputDirectory directory) {
        try {
            Report report = new Evidence(directory.path(), choice).save(ended.certified());
            directory.reports().write(report);
            for (int i = 0; i < ended.output().size(); i++) {
                Files.writeString(directory.path().resolve("instance-" + (i + 1) + ".log"), ended.output().get(i));
            }
            return report;
        } catch (IOException e) {
            throw Trouble.failed("the evidence cannot be written to " + directory.path() + ": " + e, e);
        }
    }

    private void print(Report report) {
        console.out().print(TerminalReport.render(report, new TerminalStyle(console.coloursOut(), console.width())));
    }
}
