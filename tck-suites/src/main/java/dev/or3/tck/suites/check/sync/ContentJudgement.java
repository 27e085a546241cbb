package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.Docket.at;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.Fates;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Operations;
import dev.or3.tck.suites.check.index.Workspace;
import dev.or3.tck.suites.check.index.Workspace.Oddity;
import dev.or3.tck.suites.run.Call;
import java.util.List;
import java.util.Objects;

/**
 * A pulled change is what was pushed, to that workspace, in every part (PUSH-12, -15, PULL-07, -10, -11, -14,
 * -16, WIRE).
 */
public final class ContentJudgement implements Judgement {

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        Docket docket = new Docket(index, findings);
        RawPushes raws = new RawPushes(index);
        for (Workspace workspace : index.workspaces()) {
            for (Oddity oddity : workspace.oddities()) {
                if (oddity.operation() >= 0) {
                    altered(docket, workspace, oddity, change(docket, oddity));
                } else if (oddity.elsewhere() >= 0) {
                    leaked(docket, workspace, oddity);
                } else {
                    stranger(docket, workspace, oddity, change(docket, oddity), raws);
                }
            }
            foretold(docket, workspace);
        }
    }

    private static Change change(Docket docket, Oddity oddity) {
        return ((Call.Pull) docket.index.event(oddity.event()).call()).rows().other(oddity.row());
    }

    private static long version(Docket docket, Oddity oddity) {
        return ((Call.Pull) docket.index.event(oddity.event()).call()).rows().versions()[oddity.row()];
    }

    private static void leaked(Docket docket, Workspace workspace, Oddity oddity) {
        int operation = oddity.elsewhere();
        JsonText payload = docket.operations.get(operation).payload();
        boolean asked = payload != null && payload.text().contains(workspace.id());
        docket.report(asked ? "PUSH-15" : "PULL-10", workspace,
                docket.op(operation) + " was pushed to workspace " + docket.index.workspace(
                        docket.operations.space(operation)).id() + " by " + docket.the(docket.fates.firstPush(operation))
                        + (asked ? ", with a payload that names another workspace" : ""),
                docket.the(oddity.event()) + " shows it in workspace " + workspace.id(), "nothing of other workspaces",
                docket.id(operation), at(version(docket, oddity)), oddity.event(), docket.fates.firstPush(operation));
    }

    private static void altered(Docket docket, Workspace workspace, Oddity oddity, Change change) {
        int operation = oddity.operation();
        Operation sent = docket.operations.get(operation);
        long version = version(docket, oddity);
        String because = docket.op(operation) + " was pushed by " + docket.the(docket.fates.firstPush(operation));
        if (docket.fates.is(operation, Fates.SHOWN)) {
            int right = workspace.shownBy(workspace.slot(version));
            docket.report("PULL-07", workspace, docket.the(right) + " shows " + docket.op(operation) + " at version "
                    + version
                            + " as it was pushed", docket.the(oddity.event()) + " shows it otherwise",
                    "the same answer about version " + version, Docket.cut(change.payload()), at(version), right,
                    oddity.event(), docket.fates.firstPush(operation));
            return;
        }
        String rule = mismatch(sent, change);
        if (rule != null) {
            String difference = difference(sent, change);
            docket.report(rule, workspace, because, docket.the(oddity.event()) + " shows " + difference + " at version "
                            + version, sent.operation() + " " + sent.tableName() + "/" + Docket.cut(sent.pk(), 60) + " "
                            + sent.stamp(), change.op() + " " + change.tableName() + "/" + Docket.cut(change.pk(), 60) + " "
                            + change.stamp(), at(version), docket.fates.firstPush(operation), oddity.event());
            return;
        }
        List<String> fields = docket.index.tolerance().differences(sent, workspace.id(), docket.index.pusher(operation),
                change.payload());
        String because2 = because + " with payload " + Docket.cut(sent.payload());
        String yet = docket.the(oddity.event()) + " shows it with another payload"
                + (fields.contains("$") ? "" : ": " + String.join(", ", fields) + " differ");
        for (String payloadRule : payloadRules(sent, change, fields)) {
            docket.report(payloadRule, workspace, because2, yet, "payload " + part(sent.payload(), fields),
                    "payload " + part(change.payload(), fields), at(version), docket.fates.firstPush(operation),
                    oddity.event());
        }
    }

    /** The rule that a difference outside the payload breaks, or null if there is none. */
    private static String mismatch(Operation sent, Change change) {
        if (!isComplete(change)) {
            return "PULL-16";
        }
        if (!Objects.equals(sent.operation(), change.op())) {
            return sent.isDelete() ? "PULL-14" : "PULL-11";
        }
        if (!Objects.equals(sent.pk(), change.pk())) {
            return sent.payload() != null && change.pk() != null && sent.payload().text().contains(change.pk())
                    ? "PUSH-15" : "PULL-11";
        }
        return Objects.equals(sent.tableName(), change.tableName()) && Objects.equals(sent.stamp(), change.stamp())
                ? null : "PULL-11";
    }

    private static String difference(Operation sent, Change change) {
        if (!Objects.equals(sent.operation(), change.op())) {
            return "the operation " + change.op();
        }
        if (!Objects.equals(sent.pk(), change.pk())) {
            return "the key " + Docket.cut(change.pk(), 60);
        }
        return Objects.equals(sent.tableName(), change.tableName()) ? "another stamp" : "the table " + change.tableName();
    }

    private static List<String> payloadRules(Operation sent, Change change, List<String> fields) {
        if (fields.contains("index") || fields.contains("order_key")) {
            return sent.tableName().equals("messages") ? List.of("WIRE-02", "PUSH-12") : List.of("PUSH-12");
        }
        if (fields.equals(List.of("ref_count")) && sent.tableName().equals("file_meta")
                && change.payload().parse().has("ref_count")) {
            return List.of("WIRE-03");
        }
        WireSchema.Table table = WireSchema.current().table(sent.tableName()).orElse(null);
        boolean names = !fields.contains("$") && fields.stream().anyMatch(field -> table == null
                || !table.fields().containsKey(field) || !change.payload().parse().has(field));
        return names ? List.of("PUSH-12", "WIRE-01") : List.of("PUSH-12");
    }

    private static String part(JsonText payload, List<String> fields) {
        if (payload == null || fields.contains("$") || fields.isEmpty()) {
            return Docket.cut(payload);
        }
        return Docket.cut(fields.get(0) + " " + payload.parse().path(fields.get(0)));
    }

    private static boolean isComplete(Change change) {
        return change.stamp() != null && change.stamp().deviceId() != null && change.stamp().hlc() != null
                && change.tableName() != null && change.pk() != null && change.op() != null;
    }

    private static void stranger(Docket docket, Workspace workspace, Oddity oddity, Change change, RawPushes raws) {
        long version = version(docket, oddity);
        String opId = change.stamp() == null ? null : change.stamp().opId();
        if (raws.sent(opId)) {
            return;
        }
        String shows = docket.the(oddity.event()) + " shows " + change.op() + " " + change.tableName() + "/"
                + Docket.cut(change.pk(), 60) + " with op id " + Docket.cut(opId, 40) + " at version " + version;
        boolean own = docket.index.hidesPrivateRows() && Operations.PRIVATE_TABLE.equals(change.tableName());
        if (!isComplete(change) || !Acceptance.isUuid(opId)) {
            docket.report("PULL-16", workspace, "a client needs complete stamps with UUIDs as op ids", shows,
                    "only wire-valid changes", Docket.cut(change), at(version), oddity.event());
        } else if (!own) {
            int like = like(docket, workspace, change);
            if (like >= 0 && docket.fates.is(like, Fates.SHOWN)) {
                docket.report("PUSH-02", workspace, docket.op(like) + " is in the log already",
                        shows + ", which is the same but for its id", "one log entry", "two", at(version),
                        docket.fates.firstPush(like), docket.fates.versionEvent(like), oddity.event());
            } else {
                docket.report("PULL-11", workspace, like >= 0 ? docket.op(like) + " was pushed"
                                : "no operation of that id was ever pushed to workspace " + workspace.id(), shows,
                        "changes as they were pushed", Docket.cut(change), at(version),
                        like < 0 ? -1 : docket.fates.firstPush(like), oddity.event());
            }
        }
    }

    /** An operation on the same record with the same stamp but for the op id, or -1. */
    private static int like(Docket docket, Workspace workspace, Change change) {
        int key = docket.operations.findKey(workspace.number(), change.tableName(), change.pk());
        for (int i = 0; key >= 0 && i < docket.operations.count(); i++) {
            if (docket.operations.key(i) == key && docket.operations.clock(i) == change.stamp().clock()
                    && docket.operations.hlc(i).equals(change.stamp().hlc())
                    && docket.operations.get(i).operation().equals(change.op())) {
                return i;
            }
        }
        return -1;
    }

    private static void foretold(Docket docket, Workspace workspace) {
        for (int slot = 1; slot <= workspace.top(); slot++) {
            int operation = workspace.operation(slot);
            int event = workspace.shownBy(slot);
            if (operation >= 0 && event >= 0 && docket.fates.firstPush(operation) >= 0
                    && docket.index.before(event, docket.fates.firstPush(operation))) {
                docket.report("PULL-11", workspace, docket.the(event) + " shows " + docket.op(operation),
                        "it was pushed only later, by " + docket.the(docket.fates.firstPush(operation)),
                        "changes that were pushed", "one that was not yet", at(workspace.version(slot)), event,
                        docket.fates.firstPush(operation));
            }
        }
    }
}
