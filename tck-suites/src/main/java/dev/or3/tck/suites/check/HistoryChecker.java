package dev.or3.tck.suites.check;

import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.run.History;

/** The judge: from a history to a verdict. Stateless and safe for use by several threads. */
public final class HistoryChecker {
    private HistoryChecker() {
    }

    /** Judges a history by every rule of the catalogue. */
    public static Verdict check(History history) {
        HistoryIndex index = HistoryIndex.of(history);
        Findings findings = new Findings(history.header());
        for (Judgement judgement : Judgements.ALL) {
            judgement.judge(index, findings);
        }
        return findings.verdict();
    }
}
