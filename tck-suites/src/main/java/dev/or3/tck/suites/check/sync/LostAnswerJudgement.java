package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.Fates;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.line.LineFault;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Pushes whose answers were lost although they had been stored, and what becomes of the client's retry: it ends in the one
 * entry that is there, and says so (DUR-07).
 */
public final class LostAnswerJudgement implements Judgement {
    private static final String RULE = "DUR-07";
    /** The runner sends a failed push this often before it gives up. */
    private static final int FAILURES = 3;

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        if (!findings.applies(RULE)) {
            return;
        }
        Docket docket = new Docket(index, findings);
        for (Workspace workspace : index.workspaces()) {
            Map<Integer, List<Integer>> pushes = pushesOfLost(docket, workspace);
            pushes.forEach((operation, seqs) -> retried(docket, workspace, operation, seqs));
            if (!pushes.isEmpty()) {
                secondEntries(docket, workspace, pushes);
            }
        }
        index.fates().splits().forEach(split -> split(docket, split));
    }

    /** The operations that some push lost and another one sent too, each with all of its pushes. */
    private static Map<Integer, List<Integer>> pushesOfLost(Docket docket, Workspace workspace) {
        Map<Integer, List<Integer>> pushes = new TreeMap<>();
        for (int i = 0; i < workspace.pushes().size(); i++) {
            int seq = workspace.pushes().get(i);
            for (int sent : ((Call.Push) docket.index.event(seq).call()).operations()) {
                int operation = docket.operations.original(sent);
                if (docket.fates.is(operation, Fates.LOST) && docket.fates.is(operation, Fates.AGAIN)) {
                    List<Integer> known = pushes.computeIfAbsent(operation, key -> new ArrayList<>());
                    if (known.isEmpty() || known.get(known.size() - 1) != seq) {
                        known.add(seq);
                    }
                }
            }
        }
        return pushes;
    }

    private static void retried(Docket docket, Workspace workspace, int operation, List<Integer> pushes) {
        int lost = -1;
        int failures = 0;
        boolean stored = false;
        for (int seq : pushes) {
            Event event = docket.index.event(seq);
            if (event.outcome() == Outcome.LOST) {
                lost = lost < 0 || isAnswered(event) ? seq : lost;
                continue;
            }
            Boolean success = ReplayJudgement.success(docket, event, operation);
            failures += event.outcome() == Outcome.FAILED ? 1 : 0;
            if (lost < 0) {
                stored |= Boolean.TRUE.equals(success);
            } else if (Boolean.TRUE.equals(success)) {
                boolean committed = isAnswered(docket.index.event(lost)) || isCommitted(docket, operation, seq);
                docket.findings.premise(RULE, !stored && committed && docket.fates.is(operation, Fates.SHOWN) ? 1 : 0);
                stored = true;
            } else if (!stored && (Boolean.FALSE.equals(success) || failures >= FAILURES)) {
                refused(docket, workspace, operation, lost, seq);
            }
        }
    }

    /** Whether the provider is known to have answered: whatever it did was done. */
    private static boolean isAnswered(Event lost) {
        String code = lost.error() == null ? null : lost.error().code();
        return LineFault.ANSWER_DROPPED.name().equals(code) || LineFault.CUT_IN_ANSWER.name().equals(code);
    }

    /** Whether the head had passed the operation's version before the retry began: an earlier push stored it. */
    private static boolean isCommitted(Docket docket, int operation, int retry) {
        long version = docket.fates.version(operation);
        return version > 0 && version <= docket.index.headLow(retry);
    }

    /** A retry that is refused, or fails for good, although only the pushes whose answers were lost can have stored it. */
    private static void refused(Docket docket, Workspace workspace, int operation, int lost, int retry) {
        Fates fates = docket.fates;
        Event event = docket.index.event(retry);
        boolean onlyLostStored = fates.is(operation, Fates.SHOWN) && !fates.is(operation, Fates.ACKED);
        if ((onlyLostStored || isCommitted(docket, operation, retry))
                && ReplayJudgement.mustAccept(docket, workspace, operation, event)) {
            docket.report(RULE, workspace, docket.op(operation) + " was stored at version " + fates.version(operation)
                            + " by " + docket.the(lost) + ", whose answer was lost",
                    docket.the(retry) + ", which sends it again, " + (event.outcome() == Outcome.FAILED
                            ? "failed for good" : "was answered with a refusal"),
                    "success and version " + fates.version(operation), ReplayJudgement.refusal(docket, event, operation),
                    at(fates.version(operation)), lost, retry, fates.versionEvent(operation));
        }
    }

    private static void split(Docket docket, Fates.Split split) {
        int operation = split.operation();
        Workspace workspace = docket.index.workspace(docket.operations.space(operation));
        if (!docket.fates.is(operation, Fates.LOST) || !docket.fates.is(operation, Fates.AGAIN)
                || Math.min(split.version(), split.otherVersion())
                        <= docket.index.retention(workspace).allowed(split.otherEvent())) {
            return;
        }
        docket.report(RULE, workspace, docket.op(operation) + " was sent again after an answer was lost, and "
                        + docket.the(split.event()) + " has it at version " + split.version(),
                docket.the(split.otherEvent()) + " has it at version " + split.otherVersion(),
                "one entry, however often it is sent", "versions " + split.version() + " and " + split.otherVersion(),
                at(split.version(), split.otherVersion()), split.event(), split.otherEvent(),
                docket.fates.firstPush(operation), docket.fates.lastPush(operation));
    }

    /** Entries under op ids that nobody sent, with the content of an operation that was sent again. */
    private static void secondEntries(Docket docket, Workspace workspace, Map<Integer, List<Integer>> pushes) {
        for (Workspace.Oddity oddity : workspace.oddities()) {
            if (oddity.operation() >= 0 || oddity.elsewhere() >= 0 || !docket.findings.wants(RULE)) {
                continue;
            }
            Change change = ((Call.Pull) docket.index.event(oddity.event()).call()).rows().other(oddity.row());
            pushes.keySet().stream().filter(operation -> isTwin(docket.operations.get(operation), change)).findFirst()
                    .ifPresent(operation -> docket.report(RULE, workspace, docket.op(operation)
                                    + " was sent again after an answer was lost",
                            docket.the(oddity.event()) + " shows its content at version " + change.serverVersion()
                                    + " under op " + Docket.id(change.stamp().opId()) + ", which nobody sent",
                            "one entry, under the op id that was sent", "a second entry",
                            at(docket.fates.version(operation), change.serverVersion()), oddity.event(),
                            docket.fates.firstPush(operation), docket.fates.lastPush(operation)));
        }
    }

    private static boolean isTwin(Operation sent, Change shown) {
        return shown != null && shown.stamp() != null && Objects.equals(sent.tableName(), shown.tableName())
                && Objects.equals(sent.pk(), shown.pk()) && Objects.equals(sent.operation(), shown.op())
                && Objects.equals(sent.stamp().hlc(), shown.stamp().hlc()) && sent.stamp().clock() == shown.stamp().clock()
                && (sent.payload() == null || shown.payload() != null && sent.payload().sameAs(shown.payload()));
    }
}
