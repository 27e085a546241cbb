package dev.or3.tck.suites.check;

import dev.or3.tck.suites.check.index.HistoryIndex;

/** Judges a history by one group of rules. Stateless: everything it learns goes into the findings. */
public interface Judgement {

    /** Adds the violations of its rules, in the order of events, and counts how often their premises occurred. */
    void judge(HistoryIndex index, Findings findings);
}
