package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.Fates;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Ints;
import dev.or3.tck.suites.check.index.Operations;
import dev.or3.tck.suites.check.index.Soundness;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An op id that comes again: replays, doubles in a batch, races, reuse with other content (PUSH-02, -03, -04, -14). */
public final class ReplayJudgement implements Judgement {

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        Docket docket = new Docket(index, findings);
        for (Workspace workspace : index.workspaces()) {
            pushesOfRepeated(docket, workspace).forEach((operation, pushes) ->
                    repeated(docket, workspace, operation, pushes));
        }
        Ints conflicting = index.operations().conflicting();
        for (int i = 0; i < conflicting.size(); i++) {
            conflict(docket, conflicting.get(i));
        }
    }

    private static Map<Integer, List<Integer>> pushesOfRepeated(Docket docket, Workspace workspace) {
        Map<Integer, List<Integer>> pushes = new TreeMap<>();
        Fates fates = docket.fates;
        for (int i = 0; i < workspace.pushes().size(); i++) {
            int seq = workspace.pushes().get(i);
            for (int sent : ((Call.Push) docket.index.event(seq).call()).operations()) {
                int operation = docket.operations.original(sent);
                if (fates.is(operation, Fates.AGAIN | Fates.DOUBLED)) {
                    List<Integer> known = pushes.computeIfAbsent(operation, key -> new ArrayList<>());
                    if (known.isEmpty() || known.get(known.size() - 1) != seq) {
                        known.add(seq);
                    }
                }
            }
        }
        return pushes;
    }

    /** Whether two pushes of the operation were under way at the same time. */
    static boolean isRaced(Docket docket, Workspace workspace, int operation) {
        long latestReturn = Long.MIN_VALUE;
        int last = -1;
        for (int i = Math.max(0, workspace.pushes().floor(docket.fates.firstPush(operation)));
                i < workspace.pushes().size(); i++) {
            int seq = workspace.pushes().get(i);
            if (seq > docket.fates.lastPush(operation)) {
                break;
            }
            Event event = docket.index.event(seq);
            if (contains(docket, (Call.Push) event.call(), operation)) {
                if (last >= 0 && latestReturn >= event.invoked()) {
                    return true;
                }
                latestReturn = Math.max(latestReturn, event.outcome() == Outcome.LOST ? event.invoked() : event.returned());
                last = seq;
            }
        }
        return false;
    }

    private static boolean contains(Docket docket, Call.Push push, int operation) {
        for (int sent : push.operations()) {
            if (docket.operations.original(sent) == operation) {
                return true;
            }
        }
        return false;
    }

    private static void repeated(Docket docket, Workspace workspace, int operation, List<Integer> pushes) {
        Fates fates = docket.fates;
        boolean shown = fates.is(operation, Fates.SHOWN);
        int firstAck = -1;
        int replays = 0;
        int racers = 0;
        for (int seq : pushes) {
            Event event = docket.index.event(seq);
            Boolean success = success(docket, event, operation);
            if (fates.is(operation, Fates.DOUBLED)) {
                doubled(docket, workspace, operation, seq, success);
            }
            if (Boolean.FALSE.equals(success) && firstAck >= 0 && mustAccept(docket, workspace, operation, event)) {
                boolean raced = docket.index.overlap(firstAck, seq);
                docket.report(raced ? "PUSH-14" : "PUSH-02", workspace,
                        docket.op(operation) + " was stored by " + docket.the(firstAck), docket.the(seq)
                                + ", which repeats it " + (raced ? "at the same time" : "later")
                                + ", was answered with a refusal",
                        "success and version " + fates.version(operation), refusal(docket, event, operation),
                        at(fates.version(operation)), firstAck, seq);
            }
            if (Boolean.TRUE.equals(success)) {
                if (firstAck >= 0 && docket.index.before(firstAck, seq)) {
                    replays++;
                } else if (firstAck >= 0 && docket.index.overlap(firstAck, seq)) {
                    racers++;
                }
                firstAck = firstAck < 0 ? seq : firstAck;
            }
        }
        docket.findings.premise("PUSH-02", shown ? replays : 0);
        docket.findings.premise("PUSH-14", shown ? racers : 0);
        docket.findings.premise("PUSH-03", shown && fates.is(operation, Fates.DOUBLED)
                && fates.is(operation, Fates.ACKED) ? 1 : 0);
    }

    private static void doubled(Docket docket, Workspace workspace, int operation, int seq, Boolean success) {
        Event event = docket.index.event(seq);
        Call.Push push = (Call.Push) event.call();
        int times = 0;
        for (int sent : push.operations()) {
            times += docket.operations.original(sent) == operation ? 1 : 0;
        }
        if (times < 2 || !docket.isOrdinary(event) || docket.operations.soundness(operation) != 0) {
            return;
        }
        boolean all = !event.isOk() && event.outcome() != Outcome.LOST
                && (event.outcome() == Outcome.REFUSED || event.attempt() >= 3) && isSound(docket, push)
                && !PushJudgement.isRateLimit(event);
        boolean mixed = event.isOk() && Boolean.TRUE.equals(success) && push.results().stream().anyMatch(result ->
                result != null && docket.operations.opId(operation).equals(result.opId()) && !result.success());
        if (all || mixed) {
            docket.report("PUSH-03", workspace, docket.the(seq) + " holds " + docket.op(operation) + " " + times + " times",
                    mixed ? "one of its results is a success and another is not" : "it was refused as a whole",
                    "one success, or equal ones", mixed ? "different results" : docket.error(seq), at(), seq);
        }
    }

    private static boolean isSound(Docket docket, Call.Push push) {
        for (int sent : push.operations()) {
            if (docket.operations.soundness(sent) != 0) {
                return false;
            }
        }
        return push.operations().length <= docket.index.header().manifest().limits().opsPerPush();
    }

    /** Whether the push stored the operation; null if that is open. */
    static Boolean success(Docket docket, Event event, int operation) {
        if (event.outcome() == Outcome.REFUSED) {
            return false;
        }
        if (!event.isOk()) {
            return null;
        }
        OperationResult result = result(docket, event, operation);
        return result == null ? null : result.success();
    }

    private static OperationResult result(Docket docket, Event event, int operation) {
        OperationResult found = null;
        for (OperationResult result : ((Call.Push) event.call()).results()) {
            if (result != null && docket.operations.opId(operation).equals(result.opId())
                    && (found == null || result.success())) {
                found = result;
            }
        }
        return found;
    }

    static String refusal(Docket docket, Event event, int operation) {
        OperationResult result = event.isOk() ? result(docket, event, operation) : null;
        return result == null ? docket.error(event.seq())
                : "success false, " + result.errorCode() + " " + Docket.cut(result.error());
    }

    static boolean mustAccept(Docket docket, Workspace workspace, int operation, Event event) {
        boolean whole = !event.isOk();
        OperationResult result = whole ? null : result(docket, event, operation);
        return docket.isOrdinary(event) && docket.operations.soundness(operation) == 0
                && !PushJudgement.isRateLimit(event)
                && (result == null || !OperationResult.ErrorCodes.RATE_LIMITED.equals(result.errorCode()))
                && (!whole || isSound(docket, (Call.Push) event.call())
                        && !holdsConflict(docket, (Call.Push) event.call()))
                && !docket.operations.get(operation).tableName().equals(Operations.PRIVATE_TABLE)
                && docket.fates.version(operation) > docket.index.retention(workspace).allowed(event.seq());
    }

    private static boolean holdsConflict(Docket docket, Call.Push push) {
        for (int sent : push.operations()) {
            int first = docket.operations.firstOfId(docket.operations.opId(sent));
            for (int other = first; other >= 0; other = docket.operations.nextOfId(other)) {
                if (docket.operations.original(other) != docket.operations.original(sent)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void conflict(Docket docket, int reuse) {
        Fates fates = docket.fates;
        Workspace workspace = docket.index.workspace(docket.operations.space(reuse));
        for (int other = docket.operations.firstOfId(docket.operations.opId(reuse)); other >= 0;
                other = docket.operations.nextOfId(other)) {
            if (other == reuse || docket.operations.space(other) != workspace.number()
                    || docket.operations.original(other) != other) {
                continue;
            }
            int first = fates.firstPush(other) <= fates.firstPush(reuse) ? other : reuse;
            int second = first == other ? reuse : other;
            conflict(docket, workspace, first, second);
        }
    }

    private static void conflict(Docket docket, Workspace workspace, int first, int second) {
        Fates fates = docket.fates;
        boolean settled = fates.is(first, Fates.ACKED) && fates.version(first) > 0
                && docket.index.before(fates.versionEvent(first), fates.firstPush(second));
        boolean firstShown = fates.is(first, Fates.SHOWN);
        boolean secondShown = fates.is(second, Fates.SHOWN);
        boolean collected = fates.version(first) > 0
                && fates.version(first) <= docket.index.retention(workspace).allowed(fates.lastPush(second));
        if (secondShown && (firstShown || settled) && !collected) {
            docket.report("PUSH-04", workspace, docket.op(first) + " was told at version " + fates.version(first) + " by "
                            + docket.the(fates.versionEvent(first)),
                    docket.op(second) + ", which reuses its op id with other content, is in the log at version "
                            + fates.version(second),
                    "a refusal or the first outcome, and the log unchanged", "the second content was logged",
                    at(fates.version(first), fates.version(second)), fates.versionEvent(first), fates.firstPush(second),
                    fates.versionEvent(second));
        }
        boolean answered = fates.is(second, Fates.ACKED | Fates.REFUSED);
        docket.findings.premise("PUSH-04", firstShown && settled && answered && !secondShown
                && (docket.operations.soundness(second) & Soundness.DOUBTFUL) == 0 ? 1 : 0);
    }
}
