package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.OperationResult.ErrorCodes;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.Fates;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.Kills;
import dev.or3.tck.suites.run.Outcome;
import java.util.Arrays;

/**
 * What a kill leaves of the pushes in flight: each wholly or not at all, and whole after its replay (DUR-03). Also a push
 * whose answer was lost otherwise is never half there (PUSH-17). What was acknowledged is judged with the log and the state;
 * here it is counted (DUR-02).
 */
public final class CrashJudgement implements Judgement {
    /** The runner sends a failed push this often. */
    private static final int ATTEMPTS = 3;

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        Docket docket = new Docket(index, findings);
        for (Workspace workspace : index.workspaces()) {
            for (int i = 0; i < workspace.unusualPushes().size(); i++) {
                int push = workspace.unusualPushes().get(i);
                if (index.event(push).outcome() == Outcome.LOST && docket.isOrdinary(index.event(push))) {
                    halves(docket, workspace, push);
                }
            }
        }
        for (Kills.Kill kill : index.crashes().kills().all()) {
            int pushes = 0;
            for (int seq : kill.inFlight()) {
                if (index.event(seq).call() instanceof Call.Push) {
                    pushes++;
                    findings.premise("DUR-03", isSettled(docket, kill, seq) ? 1 : 0);
                }
            }
            if (pushes > 0) {
                index.workspaces().forEach(workspace -> findings.premise("DUR-02", kept(docket, workspace, kill)));
            }
            for (int seq : kill.lost()) {
                if (index.event(seq).call() instanceof Call.Push push && docket.isOrdinary(index.event(seq))) {
                    replays(docket, kill, seq, push);
                }
            }
        }
    }

    /** A page that says that nothing follows, and all whose versions are known, shows one operation and lacks another. */
    private static void halves(Docket docket, Workspace workspace, int push) {
        int[] batch = ((Call.Push) docket.index.event(push).call()).operations();
        int kill = docket.index.crashes().kill(push);
        for (int i = workspace.pulls().floor(push) + 1; batch.length > 1 && i < workspace.pulls().size(); i++) {
            Event event = docket.index.event(workspace.pulls().get(i));
            if (!event.isOk() || !docket.index.isHome(event) || kill >= 0 && !docket.index.before(kill, event.seq())) {
                continue;
            }
            Page page = new Page(docket.index, workspace, event);
            if (page.tables() != null || page.pull.hasMore() || page.isFlagged() || !isKnown(page)
                    || page.pull.cursor() > docket.index.headLow(event.seq())) {
                // From beyond the head, a page says nothing of what came below it later.
                continue;
            }
            int there = -1;
            int missing = -1;
            for (int sent : batch) {
                int operation = docket.operations.original(sent);
                if (!isOwn(docket, push, operation, page)) {
                    continue;
                }
                if (isThere(docket, page, operation)) {
                    there = operation;
                } else {
                    missing = operation;
                }
            }
            if (there >= 0 && missing >= 0) {
                half(docket, page, push, kill, there, missing);
                return;
            }
        }
    }

    private static boolean isKnown(Page page) {
        int reach = page.workspace.slot(page.reach());
        return page.reach() <= page.workspace.dense() && page.visibility.filled(0, reach) == reach;
    }

    /**
     * Whether only that push can have stored it by the time of the page, and it must have if it stored the rest, and the page
     * must show it then.
     */
    private static boolean isOwn(Docket docket, int push, int operation, Page page) {
        return docket.fates.firstPush(operation) == push && !docket.fates.is(operation, Fates.DOUBLED)
                && docket.operations.soundness(operation) == 0
                && !new Acceptance(docket).mayBeAnothers(docket.index.event(push), operation)
                && page.visibility.isRequired(page.event.user(), null, operation)
                && (!docket.fates.is(operation, Fates.AGAIN) || !isPushedAgain(docket, page, push, operation));
    }

    private static boolean isPushedAgain(Docket docket, Page page, int push, int operation) {
        for (int i = page.workspace.pushes().floor(push) + 1; i < page.workspace.pushes().size(); i++) {
            int again = page.workspace.pushes().get(i);
            if (docket.index.invoked(again) > page.event.returned()) {
                return false;
            }
            if (holds(docket, again, operation)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(Docket docket, int push, int operation) {
        for (int sent : ((Call.Push) docket.index.event(push).call()).operations()) {
            if (docket.operations.original(sent) == operation) {
                return true;
            }
        }
        return false;
    }

    private static boolean isThere(Docket docket, Page page, int operation) {
        long version = docket.fates.version(operation);
        return version > 0 && version <= page.reach()
                && page.workspace.operation(page.workspace.slot(version)) == operation;
    }

    private static void half(Docket docket, Page page, int push, int kill, int there, int missing) {
        long version = docket.fates.version(there);
        docket.report(kill >= 0 ? "DUR-03" : "PUSH-17", page.workspace,
                docket.op(there) + " and " + docket.op(missing) + " were pushed in one batch by " + docket.the(push)
                        + (kill >= 0 ? ", which " + docket.the(kill) + " cut off" : ", which was never answered"),
                "the log that " + docket.the(page.seq) + " ends holds the first at version " + version
                        + " and not the second", "the whole batch or nothing of it", "a part of it", at(version), push, kill,
                docket.fates.versionEvent(there), page.seq);
    }

    /** A push that is sent again must be accepted, whatever became of the first one. */
    private static void replays(Docket docket, Kills.Kill kill, int push, Call.Push lost) {
        Workspace workspace = docket.index.workspace(docket.index.spaceOf(push));
        Acceptance acceptance = new Acceptance(docket);
        int failed = 0;
        for (int i = workspace.pushes().floor(push) + 1; i < workspace.pushes().size(); i++) {
            Event again = docket.index.event(workspace.pushes().get(i));
            if (!(again.call() instanceof Call.Push repeated) || !docket.index.before(kill.event(), again.seq())
                    || !Arrays.equals(repeated.operations(), lost.operations())) {
                continue;
            }
            failed += again.outcome() == Outcome.FAILED ? 1 : 0;
            boolean refused = again.outcome() == Outcome.REFUSED && !PushJudgement.isRateLimit(again)
                    || again.outcome() == Outcome.FAILED && failed >= ATTEMPTS;
            int unstored = refused ? lost.operations()[0] : again.isOk() ? refused(docket, repeated) : -1;
            if (unstored >= 0 && (refused ? acceptance.isDue(again) : acceptance.isDue(again, unstored))) {
                docket.report("DUR-03", workspace, docket.the(push) + " was cut off by " + docket.the(kill.event())
                                + ", and what it holds is valid",
                        docket.the(again.seq()) + ", which repeats it, did not store " + docket.op(unstored),
                        "success with one version for each operation", docket.error(again.seq()), at(), push, kill.event(),
                        again.seq());
                return;
            }
        }
    }

    private static int refused(Docket docket, Call.Push push) {
        for (OperationResult result : push.results()) {
            if (result != null && !result.success() && !ErrorCodes.RATE_LIMITED.equals(result.errorCode())) {
                for (int sent : push.operations()) {
                    if (docket.operations.opId(sent).equals(result.opId())) {
                        return sent;
                    }
                }
            }
        }
        return -1;
    }

    /** Whether it came to be known what became of a push in flight. */
    private static boolean isSettled(Docket docket, Kills.Kill kill, int push) {
        boolean told = true;
        for (int sent : ((Call.Push) docket.index.event(push).call()).operations()) {
            told &= docket.fates.is(docket.operations.original(sent), Fates.ACKED | Fates.SHOWN);
        }
        if (told || docket.index.spaceOf(push) < 0) {
            return told;
        }
        Workspace workspace = docket.index.workspace(docket.index.spaceOf(push));
        for (int i = workspace.pulls().floor(kill.event()) + 1; i < workspace.pulls().size(); i++) {
            Event event = docket.index.event(workspace.pulls().get(i));
            if (event.isOk() && docket.index.before(kill.event(), event.seq()) && ((Call.Pull) event.call()).tables() == null
                    && !((Call.Pull) event.call()).hasMore()) {
                return true;
            }
        }
        return false;
    }

    /** Counts acknowledged entries that were known before a kill and shown after it. */
    private static long kept(Docket docket, Workspace workspace, Kills.Kill kill) {
        long kept = 0;
        for (int i = workspace.pulls().floor(kill.event()) + 1; i < workspace.pulls().size(); i++) {
            Event event = docket.index.event(workspace.pulls().get(i));
            if (!event.isOk() || !docket.index.isHome(event) || !docket.index.before(kill.event(), event.seq())) {
                continue;
            }
            for (long version : ((Call.Pull) event.call()).rows().versions()) {
                int slot = version > 0 ? workspace.slot(version) : 0;
                int operation = workspace.operation(slot);
                kept += operation >= 0 && docket.fates.is(operation, Fates.ACKED)
                        && workspace.knownAt(slot) < docket.index.invoked(kill.event()) ? 1 : 0;
            }
        }
        return kept;
    }
}
