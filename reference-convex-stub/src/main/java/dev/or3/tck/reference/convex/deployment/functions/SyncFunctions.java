package dev.or3.tck.reference.convex.deployment.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.reference.convex.deployment.Values;
import dev.or3.tck.reference.convex.deployment.database.Document;
import java.util.List;

/** {@code sync:push}, {@code sync:pull} and {@code sync:updateCursor}. */
final class SyncFunctions {
    private static final int MAX_OPS = 100;
    private static final int MAX_PAGE = 500;
    /** How many changes a pull looks at, whatever it finds. */
    private static final int WINDOW = 4000;

    private SyncFunctions() {
    }

    static void register(Functions functions) {
        functions.mutation("sync:push", SyncFunctions::push);
        functions.query("sync:pull", SyncFunctions::pull);
        functions.mutation("sync:updateCursor", SyncFunctions::updateCursor);
    }

    private static JsonNode push(Context context, Args args) {
        String workspaceId = Members.workspace(context, args);
        String userId = context.acting(args);
        List<Args> ops = args.list("ops");
        if (ops.size() > MAX_OPS) {
            throw new FunctionError(413, "OVERSIZED", "more than " + MAX_OPS + " operations");
        }
        ChangeLog log = new ChangeLog(context, workspaceId, userId);
        ObjectNode answer = Values.object();
        ArrayNode results = answer.putArray("results");
        ops.forEach(op -> results.add(log.store(Entry.of(op, userId))));
        return answer.put("serverVersion", ChangeLog.head(context, workspaceId));
    }

    private static JsonNode pull(Context context, Args args) {
        String workspaceId = Members.workspace(context, args);
        String userId = context.acting(args);
        long cursor = args.number("cursor", 0, Long.MAX_VALUE);
        int limit = (int) args.number("limit", 1, MAX_PAGE);
        List<String> tables = args.texts("tables");
        long head = ChangeLog.head(context, workspaceId);
        long floor = ChangeLog.floor(context, workspaceId);
        long from = Math.max(Math.min(cursor, head), floor);
        List<Document> window = context.db().query("changes", "by_version").eq(workspaceId).gt(from).lte(head)
                .take(tables.isEmpty() ? limit : WINDOW);
        ObjectNode answer = Values.object();
        ArrayNode changes = answer.putArray("changes");
        long next = from;
        for (Document change : window) {
            if (changes.size() == limit) {
                break;
            }
            next = change.number("version");
            if (ChangeLog.isVisible(change, userId)
                    && (tables.isEmpty() || tables.contains(change.text("tableName")))) {
                changes.add(shown(change));
            }
        }
        return answer.put("nextCursor", next).put("hasMore", next < head).put("oldestRetainedVersion", floor + 1)
                .put("requiresSnapshot", cursor < floor);
    }

    private static ObjectNode shown(Document change) {
        ObjectNode shown = Values.object().put("serverVersion", change.number("version"));
        for (String field : List.of("tableName", "pk", "op", "payload", "deviceId", "opId", "hlc", "clock")) {
            shown.set(field, change.fields().get(field));
        }
        return shown;
    }

    private static JsonNode updateCursor(Context context, Args args) {
        String workspaceId = Members.workspace(context, args);
        String userId = context.acting(args);
        String deviceId = args.text("deviceId");
        long version = args.number("version", 0, Long.MAX_VALUE);
        if (version > ChangeLog.head(context, workspaceId)) {
            throw FunctionError.conflict("version " + version + " lies beyond the head");
        }
        Document cursor = context.db().first("cursors", "by_device", workspaceId, userId, deviceId);
        if (cursor == null) {
            context.db().insert("cursors", Values.object().put("workspaceId", workspaceId).put("userId", userId)
                    .put("deviceId", deviceId).put("version", version).put("at", context.now()));
        } else if (version >= cursor.number("version")) {
            context.db().patch(cursor, fields -> fields.put("version", version).put("at", context.now()));
        }
        return Functions.nothing();
    }
}
