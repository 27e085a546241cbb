package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.Profile;
import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.result.Counterexample;
import dev.or3.tck.api.result.Counterexample.Reproduction;
import dev.or3.tck.reports.CounterexampleText;
import dev.or3.tck.reports.TerminalStyle;
import dev.or3.tck.suites.certify.Kit;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.minimize.SavedCounterexample;
import dev.or3.tck.suites.minimize.Storyteller;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.HistoryFile;
import dev.or3.tck.suites.run.HistoryFileException;
import dev.or3.tck.suites.run.PlanRunner;
import dev.or3.tck.suites.run.RunnerOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a counterexample again. */
@Command(name = "replay", mixinStandardHelpOptions = true,
        description = "Runs a saved counterexample again, against the provider it was found in unless you choose another. "
                + "Exits 1 if its rule failed again in any run, 0 if in none.")
final class ReplayCommand implements Callable<Integer> {
    private static final int MOST_RUNS = 10_000;

    private final Console console;

    @Parameters(paramLabel = "FILE", description = "A counterexample that certify saved.")
    private Path file;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "20", description = "How often. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(names = "--curl", description = "Only print a shell script that makes its calls by curl.")
    private boolean curl;

    @Mixin
    private TargetOptions target;

    ReplayCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (runs < 1 || runs > MOST_RUNS) {
            throw Trouble.usage("--runs " + runs + " is out of range: from 1 to " + MOST_RUNS);
        }
        SavedCounterexample saved = read(file);
        if (curl) {
            console.out().print(script(saved));
            return ExitCode.OK;
        }
        try (TargetChoice.Running running = target.start(choice(saved), console)) {
            return report(saved, replay(saved, running.target()));
        }
    }

    private static SavedCounterexample read(Path file) {
        try {
            SavedCounterexample saved = SavedCounterexample.read(file);
            if (Catalogue.current().find(saved.rule()).isEmpty()) {
                throw Trouble.usage(file + " is about the unknown rule " + saved.rule() + ": use the or3-tck that wrote it");
            }
            return saved;
        } catch (SavedCounterexample.InvalidFileException e) {
            throw Trouble.usage(e.getMessage() + ": name a counterexamples/RULE.json that certify saved", e);
        }
    }

    /** From the history beside the file, which holds what was answered. */
    private String script(SavedCounterexample saved) {
        Path beside = file.resolveSibling(saved.history() == null ? saved.rule() + HistoryFile.SUFFIX : saved.history());
        try {
            History history = HistoryFile.read(beside);
            Violation violation = HistoryChecker.check(history).violations().stream()
                    .filter(found -> found.rule().equals(saved.rule())).findFirst()
                    .orElseThrow(() -> Trouble.usage(beside + " does not show " + saved.rule()));
            return Evidence.script(violation, history, saved.plan(), choice(saved));
        } catch (HistoryFileException e) {
            throw Trouble.usage("--curl needs the history that was saved beside the counterexample: " + e.getMessage(), e);
        }
    }

    private TargetChoice choice(SavedCounterexample saved) {
        try {
            return target.choice(saved.target());
        } catch (IllegalArgumentException e) {
            throw Trouble.usage(file + " does not tell how to reach its provider: name it with --provider, --url,"
                    + " --command or --image", e);
        }
    }

    /**
     * @param failed how many runs failed
     * @param seen   the violation of the last one that did, and its history; null if none did
     */
    private record Replayed(int failed, Violation violation, History history) {
    }

    private Replayed replay(SavedCounterexample saved, Target reached) {
        if (saved.plan().kills() > 0 && !reached.canKill()) {
            throw Trouble.usage(file + " kills its provider, which takes one that the kit starts as a process: name it with"
                    + " --command or --image");
        }
        String profile = saved.target().get(Evidence.PROFILE);
        PlanRunner runner = new PlanRunner(reached, RunnerOptions.standard(Kit.version())
                .withProfile(profile == null ? null : Profile.of(profile)));
        Replayed replayed = new Replayed(0, null, null);
        for (int run = 0; run < runs; run++) {
            History history = runner.run(saved.plan());
            Optional<Violation> violation = HistoryChecker.check(history).violations().stream()
                    .filter(found -> found.rule().equals(saved.rule())).findFirst();
            if (violation.isPresent()) {
                replayed = new Replayed(replayed.failed() + 1, violation.get(), history);
            }
        }
        return replayed;
    }

    private int report(SavedCounterexample saved, Replayed replayed) {
        if (replayed.failed() == 0) {
            console.out().println(saved.rule() + " did not fail in " + runs + " runs"
                    + (saved.reproduction() == null ? "" : "; when it was found it failed in "
                    + saved.reproduction().failed() + " of " + saved.reproduction().runs()) + ".");
            return ExitCode.OK;
        }
        String nature = saved.reproduction() == null ? "" : saved.reproduction().nature();
        Counterexample told = Storyteller.tell(replayed.violation(), replayed.history(), saved.plan(),
                new Reproduction(runs, replayed.failed(), nature), null, null);
        console.out().print(CounterexampleText.render(told, new TerminalStyle(console.coloursOut(), console.width())));
        console.out().println();
        console.out().println(saved.rule() + " failed in " + replayed.failed() + " of " + runs + " runs.");
        return ExitCode.FAILED;
    }
}
