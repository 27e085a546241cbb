package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.result.Report;
import dev.or3.tck.matrix.watch.FileWatch;
import dev.or3.tck.reports.BriefReport;
import dev.or3.tck.reports.TerminalStyle;
import dev.or3.tck.suites.certify.Certification;
import dev.or3.tck.suites.certify.Certified;
import dev.or3.tck.suites.certify.Progress;
import dev.or3.tck.suites.certify.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * Certifies a provider again and again, starting it anew each time a file has changed. A change in the middle of a run ends
 * the run. Lasts until its thread is interrupted, or the process is.
 */
final class WatchLoop {
    /** What the last run found; the next one takes its place. */
    static final Path OUT = Path.of("or3-tck-out", "watch");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Duration POLL = Duration.ofMillis(200);

    private final Console console;
    private final TargetOptions target;
    private final TargetChoice choice;
    private final Settings settings;
    private int exitCode = ExitCode.INCONCLUSIVE;

    WatchLoop(Console console, TargetOptions target, TargetChoice choice, Settings settings) {
        this.console = console;
        this.target = target;
        this.choice = choice;
        this.settings = settings;
    }

    /** A file was changed while a run was under way. */
    @SuppressWarnings("serial")
    private static final class Superseded extends RuntimeException {
        Superseded() {
            super(null, null, false, false);
        }
    }

    /** Returns the exit code of the last run, once the thread is interrupted. */
    int run(Path watched) {
        try (FileWatch files = FileWatch.of(watched)) {
            console.out().println("or3-tck: watching " + watched + "; Ctrl-C ends it");
            while (true) {
                console.flush();
                round(files);
                console.flush();
                console.out().println(CLOCK.format(LocalTime.now()) + " " + named(files.take())
                        + " changed, running again");
            }
        } catch (InterruptedException | CancellationException e) {
            return exitCode;
        } catch (IOException | UncheckedIOException e) {
            throw Trouble.usage("--watch: " + watched + " cannot be watched: " + e, e);
        }
    }

    private void round(FileWatch files) throws InterruptedException {
        try {
            Certified certified;
            try (TargetChoice.Running running = start(files); LiveProgress progress = new LiveProgress(console)) {
                certified = Certification.run(running.target(), settings, untilChanged(progress, files));
            }
            exitCode = certified.report().exitCode();
            console.out().print(BriefReport.render(saved(certified),
                    new TerminalStyle(console.coloursOut(), console.width())));
        } catch (Trouble e) {
            exitCode = e.exitCode();
            console.complain(e.getMessage(), e);
        } catch (Superseded e) {
            // The next run tells more.
        }
    }

    /** A provider that somebody else starts may be on its way, for the same change. */
    private TargetChoice.Running start(FileWatch files) throws InterruptedException {
        boolean told = false;
        while (true) {
            try {
                return target.start(choice, console);
            } catch (Trouble e) {
                if (!(choice instanceof UrlChoice)) {
                    throw e;
                }
                if (!told) {
                    console.complain(e.getMessage() + "; waiting for it", e);
                    told = true;
                }
                if (files.hasChanged(POLL)) {
                    throw new Superseded();
                }
            }
        }
    }

    private static Progress untilChanged(Progress progress, FileWatch files) {
        return state -> {
            progress.update(state);
            try {
                if (files.hasChanged(Duration.ZERO)) {
                    throw new Superseded();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            }
        };
    }

    private Report saved(Certified certified) {
        try {
            clear(OUT.resolve(Evidence.FOLDER));
            return new Evidence(OUT, choice).save(certified);
        } catch (IOException e) {
            console.complain("the counterexample cannot be saved in " + OUT + ": " + e, e);
            return certified.report();
        }
    }

    private static void clear(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String named(Set<Path> changed) {
        Path first = changed.stream().min(Comparator.comparing(Path::getNameCount)).orElseThrow();
        String name = first.toString().isEmpty() ? "something" : first.toString();
        return changed.size() == 1 ? name : name + " and " + (changed.size() - 1) + " more";
    }
}
