package dev.or3.tck.suites.check.bench;

import dev.or3.tck.api.bench.Benchmark;
import dev.or3.tck.api.bench.BenchmarkReport;
import dev.or3.tck.api.bench.Figure;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.HistoryFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * How fast histories are judged: cold from memory, with decoding, and as they grow. One core is what is asked about, so the
 * CPU time of the judging thread counts; the time by the clock is told beside it.
 */
public final class JudgingBenchmark implements Benchmark {
    private static final int COLD = 4_000_000;
    private static final int CALLS = 10_000;
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
        long start = System.nanoTime();
        double coldSeconds = seconds(cold.history());
        double byTheClock = (System.nanoTime() - start) / NANOS;
        report.add(Figure.atLeast(2_000_000, "judge " + millions(cold.changes()) + " from memory, cold",
                cold.changes() / coldSeconds, "changes/s"));
        report.add(Figure.told("the same by the clock", cold.changes() / byTheClock, "changes/s"));
        SyntheticHistories.Synthetic small = SyntheticHistories.ofCalls(CALLS, 2);
        report.add(Figure.atMost(0.1, "judge " + small.history().events().size() + " calls, "
                + small.changes() + " changes", seconds(small.history()), "s"));
        grow(report, end);
        file(report, cold);
    }

    private static void file(BenchmarkReport report, SyntheticHistories.Synthetic made) throws IOException {
        Path file = Files.createTempFile("or3-tck-judging", HistoryFile.SUFFIX);
        try {
            HistoryFile.write(made.history(), file);
            long start = cpuNanos();
            demandClean(HistoryChecker.check(HistoryFile.read(file)));
            double seconds = (cpuNanos() - start) / NANOS;
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
            boolean enough = last > 0 && System.nanoTime() > end;
            if (enough || Runtime.getRuntime().maxMemory() < changes * BYTES_PER_CHANGE) {
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
        long start = cpuNanos();
        demandClean(HistoryChecker.check(history));
        return (cpuNanos() - start) / NANOS;
    }

    private static long cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : System.nanoTime();
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
