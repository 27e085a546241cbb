package dev.or3.tck.api.bench;

import java.time.Duration;

/**
 * A set of measurements that the command line finds by {@link java.util.ServiceLoader}; needs a public constructor
 * without parameters. Used by one thread at a time.
 */
public interface Benchmark {

    /** The id by which it is selected, for example {@code sqlite}. */
    String id();

    /** One line on what is measured. */
    String describe();

    /**
     * Measures, telling each figure as soon as it is known, and leaves no file or thread behind.
     *
     * @param budget about how long to take; fewer rounds fit into a shorter one, and the figures get coarser
     * @throws Exception if it cannot measure; the figures told so far stand
     */
    void run(BenchmarkReport report, Duration budget) throws Exception;
}
