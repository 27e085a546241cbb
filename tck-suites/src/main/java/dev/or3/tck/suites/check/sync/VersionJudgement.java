package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.Fates;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Ints;
import dev.or3.tck.suites.check.index.Retention;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.check.index.Workspace.Clash;
import dev.or3.tck.suites.run.Call;

/** One version, one operation; one operation, one version; real time and batches set the order (PUSH-02 to -08, -14). */
public final class VersionJudgement implements Judgement {

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        Docket docket = new Docket(index, findings);
        for (Workspace workspace : index.workspaces()) {
            workspace.clashes().forEach(clash -> clash(docket, workspace, clash));
        }
        index.fates().splits().forEach(split -> split(docket, split));
        for (Workspace workspace : index.workspaces()) {
            realTime(docket, workspace);
            batches(docket, workspace);
        }
    }

    private static void clash(Docket docket, Workspace workspace, Clash clash) {
        long version = workspace.version(clash.slot());
        Fates fates = docket.fates;
        if (clash.other() == Workspace.STRANGER || clash.held() == Workspace.STRANGER) {
            return;
        }
        if (clash.heldShown() && clash.otherShown() && docket.operations.original(clash.held())
                == docket.operations.original(clash.other())) {
            return;
        }
        boolean heldGone = !fates.is(clash.held(), Fates.SHOWN);
        boolean otherGone = !fates.is(clash.other(), Fates.SHOWN);
        int lost = heldGone ? clash.held() : clash.other();
        String because = docket.op(clash.held()) + " is at version " + version + " by " + docket.the(clash.heldEvent());
        String yet = docket.the(clash.otherEvent()) + " has " + docket.op(clash.other()) + " at the same version";
        String expected = "one operation at version " + version;
        String actual = docket.id(clash.held()) + " and " + docket.id(clash.other());
        int[] events = {clash.heldEvent(), clash.otherEvent(), fates.firstPush(clash.held()),
            fates.firstPush(clash.other())};
        boolean acked = fates.is(clash.held(), Fates.ACKED) && fates.is(clash.other(), Fates.ACKED);
        String reset = reset(docket, workspace, clash);
        if (reset != null) {
            docket.report(reset, workspace, because, yet, expected, actual, at(version), events);
            return;
        }
        if (heldGone != otherGone && fates.is(lost, Fates.ACKED)) {
            docket.report("PUSH-01", workspace, because, yet, "an acknowledged operation is in the log",
                    docket.id(lost) + " is nowhere", at(version), events);
        } else if (heldGone != otherGone || !acked) {
            docket.report("PULL-07", workspace, because, yet, expected, actual, at(version), events);
            return;
        }
        boolean twoVersions = fates.version(clash.other()) > 0 && fates.version(clash.other()) != version
                || fates.version(clash.held()) > 0 && fates.version(clash.held()) != version;
        if (twoVersions && (!fates.isPushedOnce(clash.other()) || !fates.isPushedOnce(clash.held()))) {
            return;
        }
        if (heldGone == otherGone
                || docket.index.overlap(fates.firstPush(clash.held()), fates.firstPush(clash.other()))) {
            docket.report("PUSH-05", workspace, because, yet, expected, actual, at(version), events);
        }
    }

    /** The rule of a counter that began again, after a restart or a collection between the two; else null. */
    private static String reset(Docket docket, Workspace workspace, Clash clash) {
        int one = docket.fates.firstPush(clash.held());
        int other = docket.fates.firstPush(clash.other());
        int restart = restartBetween(docket, one, other);
        if (restart >= 0) {
            return docket.over(restart, "DUR-04");
        }
        Retention retention = docket.index.retention(workspace);
        return retention.collections().stream().anyMatch(collection -> collection.event() > Math.min(one, other)
                && collection.event() < Math.max(one, other)) ? "GC-07" : null;
    }

    /** A restart between two events, or -1. */
    static int restartBetween(Docket docket, int one, int other) {
        Ints restarts = docket.index.restarts();
        int place = restarts.floor(Math.max(one, other));
        return place >= 0 && restarts.get(place) > Math.min(one, other) ? restarts.get(place) : -1;
    }

    private static void split(Docket docket, Fates.Split split) {
        int operation = split.operation();
        Workspace workspace = docket.index.workspace(docket.operations.space(operation));
        Retention retention = docket.index.retention(workspace);
        if (Math.min(split.version(), split.otherVersion()) <= retention.allowed(split.otherEvent())) {
            return;
        }
        String rule;
        if (docket.index.crashes().push(operation) >= 0) {
            rule = "DUR-03";
        } else if (docket.fates.isPushedOnce(operation)) {
            rule = "PUSH-05";
        } else if (!docket.fates.is(operation, Fates.AGAIN)) {
            rule = "PUSH-03";
        } else {
            rule = ReplayJudgement.isRaced(docket, workspace, operation) ? "PUSH-14" : "PUSH-02";
        }
        docket.report(rule, workspace,
                docket.the(split.event()) + " has " + docket.op(operation) + " at version " + split.version(),
                docket.the(split.otherEvent()) + " has it at version " + split.otherVersion(),
                "one operation has one version", split.version() + " and " + split.otherVersion(),
                at(split.version(), split.otherVersion()), split.event(), split.otherEvent(),
                docket.fates.firstPush(operation), docket.fates.lastPush(operation));
    }

    /** Versions upward, with the operation below that was sent last: one that was known before then is too high. */
    private static void realTime(Docket docket, Workspace workspace) {
        long latest = Long.MIN_VALUE;
        int latestSlot = 0;
        long pairs = 0;
        long restarted = 0;
        long afterCollection = 0;
        int previousPush = -1;
        Retention retention = docket.index.retention(workspace);
        for (int slot = 1; slot <= workspace.top(); slot++) {
            int operation = workspace.operation(slot);
            if (operation < 0 || docket.fates.firstPush(operation) < 0
                    || docket.fates.version(operation) != workspace.version(slot)) {
                continue;
            }
            int push = docket.fates.firstPush(operation);
            if (workspace.knownAt(slot) < latest) {
                wrongOrder(docket, workspace, slot, latestSlot);
                return;
            }
            if (push != previousPush && previousPush >= 0 && workspace.shownBy(slot) >= 0
                    && docket.index.before(previousPush, push)) {
                pairs += docket.index.event(push).client() == docket.index.event(previousPush).client() ? 0 : 1;
                int restart = restartBetween(docket, previousPush, push);
                restarted += restart >= 0 && !docket.isKill(restart) ? 1 : 0;
                afterCollection += slot > 1 && workspace.version(slot - 1) <= retention.allowed(push) ? 1 : 0;
            }
            if (docket.index.invoked(push) > latest) {
                latest = docket.index.invoked(push);
                latestSlot = slot;
            }
            previousPush = push;
        }
        docket.findings.premise("PUSH-07", pairs);
        docket.findings.premise("DUR-04", restarted);
        docket.findings.premise("GC-07", afterCollection);
    }

    private static void wrongOrder(Docket docket, Workspace workspace, int high, int low) {
        int earlier = workspace.operation(high);
        int later = workspace.operation(low);
        int earlierEvent = docket.fates.versionEvent(earlier);
        int laterPush = docket.fates.firstPush(later);
        int restart = restartBetween(docket, earlierEvent, laterPush);
        boolean collected = docket.index.retention(workspace).begunBefore(laterPush) > 0;
        docket.report(restart >= 0 ? docket.over(restart, "DUR-04") : collected ? "GC-07" : "PUSH-07", workspace,
                docket.op(earlier) + " was at version " + workspace.version(high) + " by " + docket.the(earlierEvent)
                        + ", before " + docket.the(laterPush) + " began",
                "that push gave " + docket.op(later) + " the lower version " + workspace.version(low),
                "a version above " + workspace.version(high), "version " + workspace.version(low),
                at(workspace.version(low), workspace.version(high)), earlierEvent, laterPush, restart);
    }

    /** The new operations of a batch ascend. */
    private static void batches(Docket docket, Workspace workspace) {
        long whole = 0;
        for (int i = 0; i < workspace.pushes().size(); i++) {
            int seq = workspace.pushes().get(i);
            int[] batch = ((Call.Push) docket.index.event(seq).call()).operations();
            if (batch.length < 2) {
                continue;
            }
            long last = 0;
            int lastOperation = -1;
            int shown = 0;
            for (int sent : batch) {
                int operation = docket.operations.original(sent);
                if (docket.fates.is(operation, Fates.REGROUPED | Fates.DOUBLED)
                        || docket.fates.firstPush(operation) != seq || docket.fates.version(operation) == 0) {
                    continue;
                }
                long version = docket.fates.version(operation);
                if (version < last) {
                    docket.report("PUSH-06", workspace,
                            docket.op(lastOperation) + " stood before " + docket.op(operation) + " in " + docket.the(seq),
                            "it got version " + last + " and the other " + version, "versions in the order of the batch",
                            last + " before " + version, at(version, last), seq, docket.fates.versionEvent(operation),
                            docket.fates.versionEvent(lastOperation));
                    break;
                }
                shown += docket.fates.is(operation, Fates.SHOWN) ? 1 : 0;
                last = version;
                lastOperation = operation;
            }
            whole += shown >= 2 ? 1 : 0;
        }
        docket.findings.premise("PUSH-06", whole);
    }
}
