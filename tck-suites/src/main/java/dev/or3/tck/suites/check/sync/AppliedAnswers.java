package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.suites.check.index.Fates;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Operations;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import java.util.List;

/** What a push says of its operations: whether each was applied, and what won instead (LWW-12, -14). */
final class AppliedAnswers {
    /** So many payloads of winners are compared one by one, and of the rest a sample: LWW-14 is a should. */
    private static final long EVERY_ONE = 50_000;
    private static final long SAMPLE = 16;

    private final Docket docket;
    private final HistoryIndex index;
    private final Operations operations;
    private final Workspace workspace;
    private final Fold fold;
    private final Disagreement disagreement;
    /** Whether the state can be looked at; else these answers are the only window on the decisions. */
    private final boolean otherWindows;
    private long toldLost;
    private long toldWon;

    AppliedAnswers(Docket docket, Workspace workspace, Fold fold, Disagreement disagreement) {
        this.docket = docket;
        this.index = docket.index;
        this.operations = docket.operations;
        this.workspace = workspace;
        this.fold = fold;
        this.disagreement = disagreement;
        this.otherWindows = index.header().manifest().hasControl("inspect") || index.declares("snapshot");
    }

    void judge() {
        for (int slot = 1; slot <= workspace.top(); slot++) {
            int operation = workspace.operation(slot);
            if (operation >= 0 && docket.fates.isPushedOnce(operation) && docket.fates.is(operation, Fates.ACKED)
                    && docket.fates.version(operation) == workspace.version(slot)) {
                entry(slot, operation);
            }
        }
        docket.findings.premise("LWW-12", toldLost > 0 ? toldLost + toldWon : 0);
    }

    private void entry(int slot, int operation) {
        int before = fold.before(slot);
        int record = operations.key(operation);
        if (before < 0 && operations.isDelete(operation) || fold.isDoubtful(record)
                || before >= 0 && disagreement.mayBeCollected(before, docket.fates.versionEvent(operation))
                || !disagreement.isJudgable(record)) {
            return;
        }
        Boolean told = docket.fates.applied(operation);
        boolean wins = fold.won(slot);
        if (told == null) {
            untold(operation);
        } else if (told != wins) {
            untrue(record, operation, before, wins);
        } else if (wins) {
            toldWon += before >= 0 ? 1 : 0;
        } else {
            toldLost++;
            if (toldLost < EVERY_ONE || toldLost % SAMPLE == 0) {
                winnersPayload(slot, operation, before);
            }
        }
    }

    private void untold(int operation) {
        docket.report("LWW-12", workspace, "the provider declares that it tells what was applied",
                docket.the(docket.fates.firstPush(operation)) + " says nothing of " + docket.op(operation),
                "applied true or false", "no applied", at(docket.fates.version(operation)),
                docket.fates.firstPush(operation));
    }

    private void untrue(int record, int operation, int before, boolean wins) {
        if (disagreement.isDisputed(record)) {
            return;
        }
        String rule = otherWindows || before < 0 ? "LWW-12" : wins ? disagreement.decidedBy(operation, before)
                : disagreement.decidedBy(before, operation);
        docket.report(rule, workspace, docket.op(operation) + " came to version " + docket.fates.version(operation)
                        + (before < 0 ? " as the first on its record" : " when " + docket.op(before) + " was the winner"),
                docket.the(docket.fates.firstPush(operation)) + " was told applied " + !wins, "applied " + wins,
                "applied " + !wins, at(before < 0 ? 0 : docket.fates.version(before), docket.fates.version(operation)),
                docket.fates.firstPush(operation), before < 0 ? -1 : docket.fates.versionEvent(before));
    }

    /** The payload of a lost operation's result is that of a winner while the push ran, or its own. */
    private void winnersPayload(int slot, int operation, int before) {
        int push = docket.fates.firstPush(operation);
        JsonText told = payload(push, operation);
        if (told != null && (told.equals(operations.get(before).payload())
                || index.tolerance().acceptsPayload(operations.get(before), workspace.id(), index.pusher(before), told))) {
            docket.findings.premise("LWW-14");
            return;
        }
        if (!docket.findings.wants("LWW-14")) {
            return;
        }
        int record = operations.key(operation);
        List<Integer> winners = fold.winnersBetween(record, slot - 1, workspace.slot(index.headHigh(push)));
        if (winners.stream().anyMatch(operations::isDelete)) {
            return;
        }
        JsonText own = operations.get(operation).payload();
        boolean theirs = told != null && !told.equals(own) && winners.stream().anyMatch(
                winner -> index.tolerance().acceptsPayload(operations.get(winner), workspace.id(), index.pusher(winner),
                told));
        if (theirs || (told == null ? own == null : told.sameAs(own))) {
            docket.findings.premise("LWW-14", theirs ? 1 : 0);
            return;
        }
        docket.report("LWW-14", workspace, docket.op(before) + " won over " + docket.op(operation),
                docket.the(push) + " was told " + (told == null ? "no payload" : "another payload") + " with applied false",
                "the winning payload", Docket.cut(told), at(docket.fates.version(before), docket.fates.version(operation)),
                push, docket.fates.versionEvent(before));
    }

    private JsonText payload(int push, int operation) {
        Call.Push call = (Call.Push) index.event(push).call();
        String opId = operations.opId(operation);
        for (int i = 0; i < call.operations().length; i++) {
            if (call.operations()[i] == operation && i < call.results().size() && call.results().get(i) != null
                    && opId.equals(call.results().get(i).opId())) {
                return call.results().get(i).payload();
            }
        }
        for (OperationResult result : call.results()) {
            if (result != null && opId.equals(result.opId())) {
                return result.payload();
            }
        }
        return null;
    }
}
