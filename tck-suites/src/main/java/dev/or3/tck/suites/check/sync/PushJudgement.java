package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.Fates;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Operations;
import dev.or3.tck.suites.check.index.Soundness;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.Outcome;
import java.util.HashMap;
import java.util.Map;

/** The answers of pushes: one result for each operation, what is accepted and what is not (PUSH-01, -10 to -20). */
public final class PushJudgement implements Judgement {
    private static final int TOO_MANY = 429;
    /** The runner sends a failed call this often. */
    private static final int LAST_ATTEMPT = 3;

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        Docket docket = new Docket(index, findings);
        Acceptance acceptance = new Acceptance(docket);
        for (Workspace workspace : index.workspaces()) {
            for (int i = 0; i < workspace.unusualPushes().size(); i++) {
                unusual(docket, acceptance, workspace, index.event(workspace.unusualPushes().get(i)));
            }
            for (int i = 0; i < workspace.pushes().size(); i++) {
                Event event = index.event(workspace.pushes().get(i));
                if (event.isOk()) {
                    answered(docket, workspace, event, (Call.Push) event.call());
                }
            }
        }
        acceptedOperations(docket);
    }

    static boolean isRateLimit(Event event) {
        return event.error() != null && event.error().status() == TOO_MANY;
    }

    private static void unusual(Docket docket, Acceptance acceptance, Workspace workspace, Event event) {
        Call.Push push = (Call.Push) event.call();
        if (event.isOk()) {
            results(docket, workspace, event, push);
            for (OperationResult result : push.results()) {
                if (result != null && !result.success()) {
                    refusedResult(docket, acceptance, workspace, event, push, result);
                }
            }
            return;
        }
        boolean forGood = event.outcome() == Outcome.REFUSED && !isRateLimit(event)
                || event.outcome() == Outcome.FAILED && event.attempt() >= LAST_ATTEMPT;
        if (forGood && docket.isOrdinary(event)) {
            refusedWhole(docket, acceptance, workspace, event, push);
        }
    }

    /** One result for each operation, or fewer where an operation stands twice. */
    private static void results(Docket docket, Workspace workspace, Event event, Call.Push push) {
        Map<String, Integer> sent = new HashMap<>();
        for (int operation : push.operations()) {
            sent.merge(docket.operations.opId(operation), 1, Integer::sum);
        }
        Map<String, Integer> told = new HashMap<>();
        for (OperationResult result : push.results()) {
            String opId = result == null ? null : result.opId();
            if (opId == null || !sent.containsKey(opId)) {
                malformed(docket, workspace, event, opId == null ? "one of its results names no operation"
                        : "one of its results is for op " + Docket.id(opId) + ", which was not in the batch");
                return;
            }
            if (result.success() && (result.serverVersion() == null || result.serverVersion() < 1)) {
                malformed(docket, workspace, event, "the success of op " + Docket.id(opId) + " carries the version "
                        + result.serverVersion());
                return;
            }
            told.merge(opId, 1, Integer::sum);
        }
        for (Map.Entry<String, Integer> entry : sent.entrySet()) {
            int times = told.getOrDefault(entry.getKey(), 0);
            if (times < 1 || times > entry.getValue()) {
                malformed(docket, workspace, event, "it was answered with " + times + " results for op "
                        + Docket.id(entry.getKey()));
                return;
            }
        }
    }

    private static void malformed(Docket docket, Workspace workspace, Event event, String what) {
        docket.report("PUSH-01", workspace, docket.the(event.seq()) + " was answered", what,
                "exactly one result for each operation, a success with a version of 1 or more", what, at(), event.seq());
    }

    private static void refusedResult(Docket docket, Acceptance acceptance, Workspace workspace, Event event,
            Call.Push push, OperationResult result) {
        int operation = -1;
        for (int sent : push.operations()) {
            operation = docket.operations.opId(sent).equals(result.opId()) ? sent : operation;
        }
        if (operation < 0 || OperationResult.ErrorCodes.RATE_LIMITED.equals(result.errorCode())
                || docket.fates.firstPush(docket.operations.original(operation)) != event.seq()
                || docket.fates.is(docket.operations.original(operation), Fates.ACKED | Fates.SHOWN | Fates.DOUBLED)) {
            return;
        }
        if (acceptance.isDue(event, operation) && !acceptsSome(push) && !acceptance.isDue(event)) {
            return;
        }
        if (acceptance.isDue(event, operation)) {
            if (acceptsSome(push) && holds(docket, push, Soundness.DOUBTFUL)) {
                docket.report("PUSH-10", workspace, docket.the(event.seq()) + " holds operations that are not valid",
                        "of the valid ones some were stored and " + docket.op(operation) + " was not ("
                                + result.errorCode() + ")",
                        "the valid rest wholly stored or wholly refused", "partly stored", at(), event.seq());
            } else {
                tooStrict(docket, workspace, event, operation, result.errorCode() + " " + Docket.cut(result.error()));
            }
        }
    }

    private static boolean acceptsSome(Call.Push push) {
        return push.results().stream().anyMatch(result -> result != null && result.success());
    }

    private static boolean holds(Docket docket, Call.Push push, int soundness) {
        for (int sent : push.operations()) {
            if ((docket.operations.soundness(sent) & soundness) != 0) {
                return true;
            }
        }
        return false;
    }

    private static void refusedWhole(Docket docket, Acceptance acceptance, Workspace workspace, Event event,
            Call.Push push) {
        int[] batch = push.operations();
        if (batch.length == 0) {
            docket.report("PUSH-13", workspace, docket.the(event.seq()) + " was empty", "it was refused", "an empty success",
                    docket.error(event.seq()), at(), event.seq());
            return;
        }
        for (int sent : batch) {
            int operation = docket.operations.original(sent);
            if (docket.fates.is(operation, Fates.ACKED | Fates.SHOWN | Fates.LOST | Fates.DOUBLED)) {
                return;
            }
        }
        if (acceptance.isDue(event)) {
            Integer cap = docket.index.header().manifest().limits().maxOpsPerPush();
            if (cap != null && batch.length == cap) {
                docket.report("PUSH-18", workspace, docket.the(event.seq()) + " holds " + batch.length
                        + " valid operations, as many as are declared", "it was refused", "every operation stored",
                        docket.error(event.seq()), at(), event.seq());
            } else {
                tooStrict(docket, workspace, event, batch[0], docket.error(event.seq()));
            }
        }
    }

    private static void tooStrict(Docket docket, Workspace workspace, Event event, int operation, String error) {
        int table = docket.operations.table(operation);
        boolean never = true;
        boolean others = false;
        for (int i = 0; i < docket.operations.count() && (never || !others); i++) {
            boolean acked = docket.fates.is(i, Fates.ACKED);
            never &= !acked || docket.operations.table(i) != table;
            others |= acked && docket.operations.table(i) != table;
        }
        String because = docket.op(operation) + " is valid and within the declared limits";
        String yet = docket.the(event.seq()) + (event.outcome() == Outcome.FAILED ? " failed for good" : " was refused");
        if (never && others) {
            docket.report("WIRE-04", workspace, because, yet + ", as was all else for that table", "table "
                    + docket.operations.tableName(table) + " accepted", error, at(), event.seq());
        }
        docket.report("PUSH-20", workspace, because, yet, "success", error, at(), event.seq());
    }

    private static void answered(Docket docket, Workspace workspace, Event event, Call.Push push) {
        int[] batch = push.operations();
        int seq = event.seq();
        Integer cap = docket.index.header().manifest().limits().maxOpsPerPush();
        if (batch.length == 0) {
            docket.findings.premise("PUSH-13", workspace.isShown() && docket.index.headHigh(seq) > 0
                    && docket.index.headLow(seq) < workspace.head()
                    ? 1 : 0);
            return;
        }
        if (cap != null && batch.length > cap && acceptsSome(push)) {
            docket.report("PUSH-18", workspace, docket.the(seq) + " holds more than the declared " + cap + " operations",
                    "it was accepted", "a refusal of the whole", "a success", at(), seq);
        }
        long highest = 0;
        boolean plain = true;
        int shown = 0;
        for (int sent : batch) {
            int operation = docket.operations.original(sent);
            plain &= docket.fates.isPushedOnce(operation) && docket.operations.original(sent) == sent;
            highest = Math.max(highest, docket.fates.version(operation));
            shown += docket.fates.is(operation, Fates.SHOWN) ? 1 : 0;
        }
        if (cap != null && batch.length == cap && shown == cap) {
            docket.findings.premise("PUSH-18");
        }
        if (plain && highest > 0 && docket.operations.conflicting().isEmpty()) {
            if (push.serverVersion() == null || push.serverVersion() != highest) {
                docket.report("PUSH-16", workspace, docket.the(seq) + " was given versions up to " + highest,
                        "its serverVersion is " + push.serverVersion(), "serverVersion " + highest,
                        "serverVersion " + push.serverVersion(), at(highest), seq);
            }
            docket.findings.premise("PUSH-16", shown > 0 ? 1 : 0);
        }
    }

    /** Operations that were stored although they had to be refused, and the premises of those stored rightly. */
    private static void acceptedOperations(Docket docket) {
        long stored = 0;
        Fates fates = docket.fates;
        Operations operations = docket.operations;
        for (int i = 0; i < operations.count(); i++) {
            if (!fates.is(i, Fates.ACKED)) {
                continue;
            }
            stored += fates.is(i, Fates.SHOWN) ? 1 : 0;
            if ((operations.soundness(i) & ~(Soundness.UNCLEAR | Soundness.NO_PAYLOAD)) != 0) {
                String rule = RefusedJudgement.rule(docket, i);
                docket.report(rule, docket.index.workspace(operations.space(i)), docket.op(i) + " " + wrong(docket, i),
                        docket.the(fates.firstPush(i)) + " was answered with success for it", "a refusal", "success",
                        at(fates.version(i)), fates.firstPush(i));
            }
        }
        docket.findings.premise("PUSH-01", stored);
        docket.findings.premise("PUSH-20", stored);
    }

    private static String wrong(Docket docket, int operation) {
        int soundness = docket.operations.soundness(operation);
        if ((soundness & Soundness.UNKNOWN_TABLE) != 0) {
            return "is for a table that does not exist";
        } else if ((soundness & Soundness.UNKNOWN_OPERATION) != 0) {
            return "is neither put nor delete";
        } else if ((soundness & Soundness.NO_OBJECT) != 0) {
            return "has a payload that is no object";
        } else if ((soundness & Soundness.OVERSIZED) != 0) {
            return "has a payload above the declared limit of "
                    + docket.index.header().manifest().limits().maxPayloadBytes() + " bytes";
        }
        return "has a negative clock, an empty key or an empty stamp";
    }
}
