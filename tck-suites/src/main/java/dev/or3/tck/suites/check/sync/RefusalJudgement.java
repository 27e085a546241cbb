package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Soundness;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** How refusals are told (ERR-01), and malformed calls made as JSON (PULL-15, PUSH-19, CUR-05, GC-10). */
public final class RefusalJudgement implements Judgement {
    private static final String GARBAGE = "GARBAGE";
    private static final int NOT_IMPLEMENTED = 501;
    /** Frames of a stack trace, statements, driver codes and secrets: nothing a caller should read. */
    private static final Pattern INNARDS = Pattern.compile("\\bat [\\w.$]+\\([\\w$]+\\.\\w+:\\d+\\)"
            + "|Traceback \\(most recent|\\bSQLITE_[A-Z]+|\\b(SELECT|DELETE)\\b.+\\bFROM\\b|\\bINSERT\\b.+\\bINTO\\b"
            + "|\\bUPDATE\\b.+\\bSET\\b|java\\.lang\\.\\w+|(?i)(password|secret|api[_-]?key)\\s*[=:]\\s*\\S");

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        Docket docket = new Docket(index, findings);
        Set<String> twins = new HashSet<>();
        for (Event event : index.history().events()) {
            if (event.isOk() && event.call() instanceof Call.Raw raw && fault(raw) == null) {
                twins.add(raw.method());
            }
        }
        for (Event event : index.events()) {
            int space = index.spaceOf(event.seq());
            Workspace workspace = space < 0 ? null : index.workspace(space);
            if (event.error() != null && !(event.call() instanceof Call.Ask)
                    && !(event.call() instanceof Call.Transfer) && !(event.call() instanceof Call.Start)
                    && !(event.call() instanceof Call.Arranged)) {
                told(docket, workspace, event);
            } else if (event.call() instanceof Call.Push push && event.isOk()) {
                results(docket, workspace, event, push);
            }
            if (event.call() instanceof Call.Raw raw && raw.component().equals("sync")) {
                raw(docket, event, raw, twins);
            }
        }
    }

    private static void told(Docket docket, Workspace workspace, Event event) {
        Event.Fault fault = event.error();
        // An answer that was none is told in the kit's own words.
        if (fault.status() == NOT_IMPLEMENTED || fault.status() == 0 || GARBAGE.equals(fault.code())) {
            return;
        }
        if (event.outcome() == Outcome.FAILED && isInvalid(docket, event)) {
            docket.report("ERR-01", workspace, docket.the(event.seq()) + " is not valid", "it was answered with "
                    + fault.status(), "a 4xx status", docket.error(event.seq()), at(), event.seq());
        } else if (message(docket, workspace, event, fault.message(), event.outcome() == Outcome.REFUSED)
                && event.outcome() == Outcome.REFUSED) {
            docket.findings.premise("ERR-01");
        }
    }

    private static void results(Docket docket, Workspace workspace, Event event, Call.Push push) {
        if (docket.index.isHome(event)) {
            for (OperationResult result : push.results()) {
                if (result != null && !result.success()
                        && message(docket, workspace, event, result.error(), true)) {
                    docket.findings.premise("ERR-01");
                }
            }
        }
    }

    /** Whether the message is fit to be read by a caller. */
    private static boolean message(Docket docket, Workspace workspace, Event event, String message, boolean needed) {
        if (message == null || message.isBlank()) {
            if (needed) {
                docket.report("ERR-01", workspace, docket.the(event.seq()) + " was refused", "its message is empty",
                        "a message that names the cause", "no message", at(), event.seq());
            }
            return false;
        }
        for (History.Space other : docket.index.header().spaces()) {
            if (!other.workspaceId().equals(event.workspace()) && message.contains(other.workspaceId())
                    && (workspace == null || !other.workspaceId().equals(workspace.id()))) {
                docket.report("PULL-10", workspace, docket.the(event.seq()) + " has nothing to do with workspace "
                                + other.workspaceId(), "the message of its refusal names it",
                        "nothing of other workspaces", Docket.cut(message), at(), event.seq());
                return false;
            }
        }
        if (INNARDS.matcher(message).find()) {
            docket.report("ERR-01", workspace, docket.the(event.seq()) + " was refused",
                    "its message shows what is inside the provider", "no stack trace, SQL or secret", Docket.cut(message),
                    at(), event.seq());
            return false;
        }
        return true;
    }

    /** Whether the call had to be refused. */
    private static boolean isInvalid(Docket docket, Event event) {
        Call call = event.call();
        if (docket.index.spaceOf(event.seq()) >= 0 && event.workspace() != null && !docket.index.isHome(event)) {
            return true;
        }
        if (call instanceof Call.Push push) {
            for (int sent : push.operations()) {
                if ((docket.operations.soundness(sent) & (Soundness.MALFORMED | Soundness.OVERSIZED)) != 0) {
                    return true;
                }
            }
            return false;
        }
        return call instanceof Call.Collect collect && collect.retentionSeconds() < 0
                || call instanceof Call.Pull pull && (pull.cursor() < 0 || pull.limit() < 0)
                || call instanceof Call.Snapshot snapshot && snapshot.pageToken() != null && snapshot.genuine() < 0
                || call instanceof Call.Raw raw && fault(raw) != null;
    }

    private static void raw(Docket docket, Event event, Call.Raw raw, Set<String> twins) {
        String rule = fault(raw);
        if (rule == null || event.outcome() == Outcome.LOST) {
            return;
        }
        Workspace workspace = docket.index.workspaceNumber(event.workspace()) < 0 ? null
                : docket.index.workspace(docket.index.workspaceNumber(event.workspace()));
        if (event.isOk() && isAccepted(raw)) {
            docket.report(rule, workspace, docket.the(event.seq()) + " is malformed: " + Docket.cut(raw.input()),
                    "it was accepted", "a refusal", Docket.cut(raw.answer()), at(), event.seq());
        } else {
            boolean twin = twins.contains(raw.method()) || workspace != null && workspace.top() > 0
                    && raw.method().equals("push");
            docket.findings.premise(rule, twin ? 1 : 0);
        }
    }

    private static boolean isAccepted(Call.Raw raw) {
        if (!raw.method().equals("push")) {
            return true;
        }
        for (JsonNode result : raw.answer() == null ? Set.<JsonNode>of() : raw.answer().parse().path("results")) {
            if (result.path("success").asBoolean(false)) {
                return true;
            }
        }
        return false;
    }

    /** The rule by which the call has to be refused; null if it need not be. */
    private static String fault(Call.Raw raw) {
        JsonNode input = raw.input().parse();
        boolean scoped = input.path("scope").path("workspaceId").isTextual();
        return switch (raw.method()) {
            case "pull" -> !scoped || isOdd(input.get("cursor")) ? "PULL-15" : null;
            case "updateCursor" -> isOdd(input.get("version")) || input.path("deviceId").asText().isEmpty() ? "CUR-05"
                    : null;
            case "gcChangeLog", "gcTombstones" -> input.has("retentionSeconds") && (isOdd(input.get("retentionSeconds"))
                    || input.get("retentionSeconds").asLong() < 0) ? "GC-10" : null;
            case "push" -> pushFault(input);
            default -> null;
        };
    }

    private static boolean isOdd(JsonNode number) {
        return number != null && !(number.isIntegralNumber() && number.canConvertToLong());
    }

    private static String pushFault(JsonNode input) {
        for (JsonNode op : input.path("ops")) {
            JsonNode stamp = op.path("stamp");
            if (isOdd(stamp.get("clock")) || Objects.equals(stamp.path("opId").asText(), "") || !stamp.has("hlc")
                    || !stamp.has("deviceId")) {
                return "PUSH-19";
            }
        }
        return null;
    }
}
