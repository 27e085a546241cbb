package dev.or3.tck.api.bench;

/** Takes the figures of a benchmark in the order in which they are found. Used by one thread at a time. */
@FunctionalInterface
public interface BenchmarkReport {
    void add(Figure figure);
}
