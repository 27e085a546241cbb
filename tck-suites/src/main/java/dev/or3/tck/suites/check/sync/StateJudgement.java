package dev.or3.tck.suites.check.sync;

import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Workspace;

/**
 * The state is the fold of the log by last writer wins, through every window there is: records looked at, snapshots, and
 * what pushes said of themselves (LWW, SNAP, GC-06, -08, -12, -13).
 */
public final class StateJudgement implements Judgement {

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        Docket docket = new Docket(index, findings);
        boolean tellsApplied = index.isNewer() && index.declares("applied");
        Collisions collisions = new Collisions(docket);
        for (Workspace workspace : index.workspaces()) {
            if (!tellsApplied && workspace.inspects().isEmpty() && workspace.snapshots().isEmpty()) {
                continue;
            }
            Fold fold = new Fold(docket, workspace);
            StatePremises premises = new StatePremises(docket, workspace, fold, collisions);
            Disagreement disagreement = new Disagreement(docket, workspace, fold, collisions);
            new Inspections(docket, workspace, fold, premises, disagreement).judge();
            new Snapshots(docket, workspace, fold, premises, disagreement).judge();
            if (tellsApplied) {
                new AppliedAnswers(docket, workspace, fold, disagreement).judge();
            }
            premises.report();
        }
    }
}
