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
        for (int record = 0; record < operations.keyCount(); record++) {
            if (fold.count(record) > 0 && disagreement.isJudgable(record)) {
                record(record);
            }
        }
        docket.findings.premise("LWW-12", toldLost > 0 ? toldLost + toldWon : 0);
    }

    private void record(int record) {
        int count = fold.count(record);
        for (int n = 0; n < count; n++) {
            int operation = fold.operation(record, n);
            Boolean told = docket.fates.applied(operation);
            int before = fold.winner(record, n - 1);
            boolean wins = fold.winner(record, n) == operation && before != operation;
            boolean plain = docket.fates.isPushedOnce(operation) && docket.fates.is(operation, Fates.ACKED)
                    && docket.fates.version(operation) == workspace.version(fold.slot(record, n));
            if (!plain || before < 0 && operations.isDelete(operation) || before >= 0
                    && disagreement.mayBeCollected(before, docket.fates.versionEvent(operation))) {
                continue;
            }
            if (told == null) {
                untold(operation);
            } else if (told != wins) {
                untrue(record, operation, before, wins);
            } else if (wins) {
                toldWon += before >= 0 ? 1 : 0;
            } else {
                toldLost++;
                winnersPayload(record, n, operation);
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
    private void winnersPayload(int record, int n, int operation) {
        if (!docket.findings.wants("LWW-14")) {
            return;
        }
        int push = docket.fates.firstPush(operation);
        List<Integer> winners = fold.winnersBetween(record, fold.slot(record, n - 1), workspace.slot(index.headHigh(push)));
        if (winners.stream().anyMatch(operations::isDelete)) {
            return;
        }
        JsonText told = payload(push, operation);
        boolean own = told != null && told.sameAs(operations.get(operation).payload());
        boolean theirs = told != null && winners.stream().anyMatch(winner -> winner >= 0
                && index.tolerance().acceptsPayload(operations.get(winner), workspace.id(), index.pusher(winner), told));
        if (own || theirs) {
            docket.findings.premise("LWW-14", theirs ? 1 : 0);
            return;
        }
        int winner = winners.get(0);
        docket.report("LWW-14", workspace, docket.op(winner) + " won over " + docket.op(operation),
                docket.the(push) + " was told " + (told == null ? "no payload" : "another payload") + " with applied false",
                "the winning payload", Docket.cut(told), at(docket.fates.version(winner), docket.fates.version(operation)),
                push, docket.fates.versionEvent(winner));
    }

    private JsonText payload(int push, int operation) {
        for (OperationResult result : ((Call.Push) index.event(push).call()).results()) {
            if (result != null && operations.opId(operation).equals(result.opId())) {
                return result.payload();
            }
        }
        return null;
    }
}
