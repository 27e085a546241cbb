package dev.or3.tck.suites.check.bench;

import dev.or3.tck.api.bench.Benchmark;
import dev.or3.tck.api.bench.BenchmarkReport;
import dev.or3.tck.api.bench.Figure;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.HistoryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** How fast histories are judged: cold from memory, with decoding, and as they grow. */
public final class JudgingBenchmark implements Benchmark {
    private static final int COLD = 2_000_000;
    private static final int SMALL = 40_000;
    private static final int LARGEST = 10_000_000;
    private static final double FASTEST_GROWTH = 2.3;
    private static final long BYTES_PER_CHANGE = 400;
    private static final double NANOS = 1e9;

    @Override
    public String id() {
        return "judging";
    }

    @Override
    public String describe() {
        return "judging histories: change events a second on one core, cold and from a file, and how it grows";
    }

    @Override
    public void run(BenchmarkReport report, Duration budget) throws IOException {
        long end = System.nanoTime() + budget.toNanos();
        SyntheticHistories.Synthetic cold = SyntheticHistories.clean(COLD, 1);
        report.add(Figure.atLeast(2_000_000, "judge " + millions(cold.changes()) + " from memory, cold",
                cold.changes() / seconds(cold.history()), "changes/s"));
        SyntheticHistories.Synthetic small = SyntheticHistories.clean(SMALL, 2);
        report.add(Figure.atMost(0.1, "judge " + small.history().events().size() + " calls, "
                + small.changes() + " changes", seconds(small.history()), "s"));
        file(report, cold);
        grow(report, end);
    }

    private static void file(BenchmarkReport report, SyntheticHistories.Synthetic made) throws IOException {
        Path file = Files.createTempFile("or3-tck-judging", HistoryFile.SUFFIX);
        try {
            HistoryFile.write(made.history(), file);
            long start = System.nanoTime();
            demandClean(HistoryChecker.check(HistoryFile.read(file)));
            double seconds = (System.nanoTime() - start) / NANOS;
            report.add(Figure.atLeast(1_000_000, "judge " + millions(made.changes()) + " from a file of "
                    + Files.size(file) / 1_000_000 + " MB, decoding included", made.changes() / seconds, "changes/s"));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Twice the history, again and again, as far as time and memory go; each size twice, the better time counts. */
    private static void grow(BenchmarkReport report, long end) {
        double last = 0;
        double worst = 0;
        for (int changes = LARGEST / 8; changes <= LARGEST; changes *= 2) {
            if (System.nanoTime() > end || Runtime.getRuntime().maxMemory() < changes * BYTES_PER_CHANGE) {
                break;
            }
            SyntheticHistories.Synthetic made = SyntheticHistories.clean(changes, changes);
            double seconds = Math.min(seconds(made.history()), seconds(made.history()));
            report.add(Figure.told("judge " + millions(made.changes()), made.changes() / seconds, "changes/s"));
            if (last > 0) {
                worst = Math.max(worst, seconds / last);
            }
            last = seconds;
            Runtime runtime = Runtime.getRuntime();
            report.add(Figure.told("memory in use with " + millions(made.changes()) + " and its index",
                    (runtime.totalMemory() - runtime.freeMemory()) / 1e6, "MB"));
        }
        if (worst > 0) {
            report.add(Figure.atMost(FASTEST_GROWTH, "time for twice the history, at worst", worst, "times"));
        }
    }

    private static double seconds(History history) {
        long start = System.nanoTime();
        demandClean(HistoryChecker.check(history));
        return (System.nanoTime() - start) / NANOS;
    }

    private static void demandClean(Verdict verdict) {
        if (!verdict.violations().isEmpty()) {
            throw new IllegalStateException("a clean history was judged otherwise: " + verdict.violations().get(0));
        }
    }

    private static String millions(long changes) {
        return String.format(Locale.ROOT, "%.1f million changes", changes / 1e6);
    }
}
