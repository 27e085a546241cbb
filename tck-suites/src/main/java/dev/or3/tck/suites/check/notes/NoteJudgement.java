package dev.or3.tck.suites.check.notes;

import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.run.Call;

/** Judges the notifications component: NOTE-01 and -02. */
public final class NoteJudgement implements Judgement {

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        if (!index.hidesPrivateRows()) {
            return;
        }
        boolean whole = index.events().stream().noneMatch(event -> event.call() instanceof Call.Collect);
        if (findings.applies("NOTE-01")) {
            new EmissionRules(index, whole, findings).judge();
        }
        if (findings.applies("NOTE-02")) {
            new PrivateRowRules(index, whole, findings).judge();
        }
    }
}
