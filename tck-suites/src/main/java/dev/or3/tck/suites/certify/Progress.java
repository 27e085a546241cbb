package dev.or3.tck.suites.certify;

import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.run.History;
import java.time.Duration;

/** Hears how a campaign goes on. Called by one thread, often: be quick. */
public interface Progress {
    /** Hears nothing. */
    Progress SILENT = state -> { };

    void update(State state);

    /** Hears of every history and what it shows, minimizing apart; who wants to keep them does it here. */
    default void judged(History history, Verdict verdict) {
    }

    /**
     * @param phase      what is going on, for example {@code races}
     * @param plans      plans run so far
     * @param operations operations pushed and other calls made so far
     * @param failures   rules failed so far
     * @param elapsed    since the start
     * @param remaining  until the budget is used up
     */
    record State(String phase, int plans, long operations, int failures, Duration elapsed, Duration remaining) {
    }
}
