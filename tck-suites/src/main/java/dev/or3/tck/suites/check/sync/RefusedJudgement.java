package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.Fates;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Soundness;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;

/** What was refused leaves no trace (PUSH-09, -10, -11, -18, -19, ISO-01). */
public final class RefusedJudgement implements Judgement {

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        Docket docket = new Docket(index, findings);
        Fates fates = index.fates();
        boolean[] accepted = new boolean[index.workspaces().size()];
        for (int i = 0; i < index.operations().count(); i++) {
            accepted[index.operations().space(i)] |= fates.is(i, Fates.ACKED) && fates.is(i, Fates.SHOWN);
        }
        for (int i = 0; i < index.operations().count(); i++) {
            boolean foreign = fates.is(i, Fates.FOREIGN) && !fates.is(i, Fates.HOME);
            if (!fates.isRefused(i) && !foreign || fates.firstPush(i) < 0) {
                continue;
            }
            String rule = foreign ? "ISO-01" : rule(docket, i);
            if (fates.is(i, Fates.SHOWN | Fates.ALTERED)) {
                shown(docket, i, rule);
            } else if (accepted[index.operations().space(i)] && fates.isRefused(i) && !foreign) {
                findings.premise("PUSH-09");
                findings.premise(rule, rule.equals("PUSH-09") ? 0 : 1);
            }
        }
    }

    /** The rule by which the operation had to be refused; PUSH-09 if it need not have been. */
    static String rule(Docket docket, int operation) {
        int soundness = docket.operations.soundness(operation);
        if ((soundness & Soundness.MALFORMED) != 0) {
            return "PUSH-10";
        }
        if ((soundness & Soundness.OVERSIZED) != 0) {
            return "PUSH-11";
        }
        if ((soundness & Soundness.BAD_STAMP) != 0) {
            return "PUSH-19";
        }
        Integer cap = docket.index.header().manifest().limits().maxOpsPerPush();
        Call.Push push = (Call.Push) docket.index.event(docket.fates.firstPush(operation)).call();
        return cap != null && push.operations().length > cap ? "PUSH-18" : "PUSH-09";
    }

    private static void shown(Docket docket, int operation, String rule) {
        Workspace workspace = docket.index.workspace(docket.operations.space(operation));
        int push = docket.fates.firstPush(operation);
        boolean foreign = rule.equals("ISO-01");
        docket.report(rule, workspace, docket.op(operation) + (foreign
                ? " was pushed from a session of another workspace by "
                        : " was refused by ") + docket.the(push),
                docket.the(docket.fates.versionEvent(operation)) + " shows it at version "
                        + docket.fates.version(operation),
                "no trace of it", "version " + docket.fates.version(operation), at(docket.fates.version(operation)), push,
                docket.fates.versionEvent(operation));
    }
}
