package dev.or3.tck.reference.sqlite.bench;

import dev.or3.tck.api.bench.BenchmarkReport;
import dev.or3.tck.api.bench.Figure;
import java.util.ArrayList;
import java.util.List;

/** Measures two things by turns, so that whatever else the machine does meets both alike. The first turns warm up. */
final class Turns {
    private static final int WARM = 2;
    private static final int LEAST = 5;

    private final long nanos;
    private final long began = System.nanoTime();
    private final List<Double> rates = new ArrayList<>();
    private final List<Double> yardsticks = new ArrayList<>();

    /**
     * @param nanos how long to go on, in nanoseconds; a few turns are taken in any case
     */
    Turns(long nanos) {
        this.nanos = nanos;
    }

    boolean next() {
        return rates.size() < WARM + LEAST || System.nanoTime() - began < nanos;
    }

    void measured(int operations, Measured what) throws Exception {
        rates.add(rate(operations, what));
    }

    void yardstick(int operations, Measured what) throws Exception {
        yardsticks.add(rate(operations, what));
    }

    private static double rate(int operations, Measured what) throws Exception {
        long start = System.nanoTime();
        what.run();
        return operations * 1e9 / (System.nanoTime() - start);
    }

    /** Tells both rates, and the median of the share that each turn shows. */
    void tell(BenchmarkReport report, String name, double target) {
        List<Double> shares = new ArrayList<>();
        for (int turn = WARM; turn < rates.size(); turn++) {
            shares.add(rates.get(turn) / yardsticks.get(turn));
        }
        int turns = rates.size();
        report.add(Figure.told(name, median(rates.subList(WARM, turns)), "operations/s"));
        report.add(Figure.told(name + ": the bare driver", median(yardsticks.subList(WARM, turns)), "operations/s"));
        report.add(Figure.atLeast(target, name + ": share of the bare driver", median(shares), ""));
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** A piece of measured work. */
    @FunctionalInterface
    interface Measured {
        void run() throws Exception;
    }
}
