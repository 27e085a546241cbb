package dev.or3.tck.reference.convex.deployment.functions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.reference.convex.deployment.Values;
import dev.or3.tck.reference.convex.deployment.database.Document;

/** The log of one workspace within one transaction: numbers operations, and lets the last writer win. */
final class ChangeLog {
    private final Context context;
    private final String workspaceId;
    private final String userId;

    ChangeLog(Context context, String workspaceId, String userId) {
        this.context = context;
        this.workspaceId = workspaceId;
        this.userId = userId;
    }

    static long head(Context context, String workspaceId) {
        Document head = context.db().first("heads", "by_workspace", workspaceId);
        return head == null ? 0 : head.number("version");
    }

    /** Everything up to this version was collected. */
    static long floor(Context context, String workspaceId) {
        Document floor = context.db().first("floors", "by_workspace", workspaceId);
        return floor == null ? 0 : floor.number("version");
    }

    /** Whether the user may see a change or a record. */
    static boolean isVisible(Document document, String userId) {
        String owner = document.text("owner");
        return owner == null || owner.equals(userId);
    }

    /** What became of the operation. */
    ObjectNode store(Entry entry) {
        ObjectNode result = Values.object().put("opId", entry.opId());
        Document known = context.db().first("operations", "by_op", workspaceId, entry.opId());
        Document record = context.db().first("records", "by_key", workspaceId, entry.tableName(), entry.pk());
        if (known != null) {
            return known.text("content").equals(entry.content())
                    ? stored(result, known.number("version"), record, entry)
                    : refused(result, "CONFLICT", "this opId was used with other content");
        }
        if (record != null && record.text("owner") != null && !isVisible(record, userId)) {
            return refused(result, "UNAUTHORIZED", "this record is not the user's");
        }
        long version = number();
        context.db().insert("operations", Values.object().put("workspaceId", workspaceId).put("opId", entry.opId())
                .put("version", version).put("content", entry.content()));
        context.db().insert("changes", entry.change().put("workspaceId", workspaceId).put("version", version)
                .put("at", context.now()));
        return stored(result, version, merge(entry, version, record), entry);
    }

    private long number() {
        Document head = context.db().first("heads", "by_workspace", workspaceId);
        if (head == null) {
            context.db().insert("heads", Values.object().put("workspaceId", workspaceId).put("version", 1L));
            return 1;
        }
        long version = head.number("version") + 1;
        context.db().patch(head, fields -> fields.put("version", version));
        return version;
    }

    /** The record as it stands afterwards. */
    private Document merge(Entry entry, long version, Document record) {
        if (record != null && !entry.wins(record)) {
            return record;
        }
        ObjectNode fields = Values.object().put("workspaceId", workspaceId).put("tableName", entry.tableName())
                .put("pk", entry.pk()).put("deleted", entry.isDelete()).put("version", version).put("at", context.now())
                .put("clock", entry.clock()).put("hlc", entry.hlc()).put("opId", entry.opId()).put("owner", entry.owner())
                .put("payload", entry.isDelete() ? null : entry.payload());
        return record == null ? context.db().insert("records", fields)
                : context.db().patch(record, old -> old.removeAll().setAll(fields));
    }

    private static ObjectNode stored(ObjectNode result, long version, Document record, Entry entry) {
        boolean applied = record != null && entry.opId().equals(record.text("opId"));
        result.put("success", true).put("serverVersion", version).put("applied", applied);
        if (!applied && record != null && !record.flag("deleted")) {
            result.put("payload", record.text("payload"));
        }
        return result;
    }

    private static ObjectNode refused(ObjectNode result, String code, String error) {
        return result.put("success", false).put("errorCode", code).put("error", error);
    }
}
