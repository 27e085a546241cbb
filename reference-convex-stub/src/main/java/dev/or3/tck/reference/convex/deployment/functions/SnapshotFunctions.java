package dev.or3.tck.reference.convex.deployment.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.reference.convex.deployment.Values;
import dev.or3.tck.reference.convex.deployment.database.Document;
import java.util.List;
import java.util.UUID;

/**
 * {@code sync:snapshot}: what does not fit into the first page is copied, so that later pages stay as they were. A page is
 * asked for by a random token, which nobody can make up.
 */
final class SnapshotFunctions {
    private static final int MAX_PAGE = 500;
    private static final long LIFE = 3600 * 1000L;

    private SnapshotFunctions() {
    }

    static void register(Functions functions) {
        functions.mutation("sync:snapshot", SnapshotFunctions::snapshot);
    }

    private static JsonNode snapshot(Context context, Args args) {
        String workspaceId = Members.workspace(context, args);
        String userId = context.acting(args);
        int pageSize = (int) args.number("pageSize", 1, MAX_PAGE);
        String token = args.textOrNull("pageToken");
        if (token == null) {
            return first(context, workspaceId, userId, pageSize, args.texts("tables"));
        }
        Document page = context.db().first("snapshotPages", "by_token", token);
        Document snapshot = page == null ? null
                : context.db().first("snapshots", "by_snapshot", page.text("snapshotId"));
        if (snapshot == null || !workspaceId.equals(snapshot.text("workspaceId"))
                || !userId.equals(snapshot.text("userId"))) {
            throw FunctionError.badRequest("the page token is not one of the user's in this workspace, or has expired");
        }
        if (snapshot.number("expiresAt") < context.now()) {
            throw new FunctionError(410, "GONE", "the snapshot has expired: take a new one");
        }
        return page(context, snapshot, page.number("position"), pageSize);
    }

    private static JsonNode first(Context context, String workspaceId, String userId, int pageSize, List<String> tables) {
        forgetExpired(context);
        List<ObjectNode> items = context.db().all("records", "by_key", workspaceId).stream()
                .filter(record -> ChangeLog.isVisible(record, userId))
                .filter(record -> tables.isEmpty() || tables.contains(record.text("tableName")))
                .map(SnapshotFunctions::item).toList();
        ObjectNode snapshot = Values.object().put("snapshotId", UUID.randomUUID().toString()).put("workspaceId", workspaceId)
                .put("userId", userId).put("highWatermark", ChangeLog.head(context, workspaceId))
                .put("expiresAt", context.now() + LIFE);
        if (items.size() <= pageSize) {
            ObjectNode answer = answer(snapshot);
            items.forEach(answer.withArray("items")::add);
            return answer;
        }
        long position = 0;
        for (ObjectNode item : items) {
            context.db().insert("snapshotItems", Values.object().put("snapshotId", snapshot.get("snapshotId").textValue())
                    .put("position", ++position).set("item", item));
        }
        return page(context, context.db().insert("snapshots", snapshot), 0, pageSize);
    }

    private static JsonNode page(Context context, Document snapshot, long after, int pageSize) {
        List<Document> found = context.db().query("snapshotItems", "by_position").eq(snapshot.text("snapshotId"))
                .gt(after).take(pageSize + 1);
        ObjectNode answer = answer(snapshot.fields());
        found.stream().limit(pageSize).forEach(item -> answer.withArray("items").add(item.fields().get("item")));
        if (found.size() > pageSize) {
            String token = UUID.randomUUID().toString();
            context.db().insert("snapshotPages", Values.object().put("token", token)
                    .put("snapshotId", snapshot.text("snapshotId")).put("position", after + pageSize));
            answer.put("nextPageToken", token);
        }
        return answer;
    }

    private static ObjectNode answer(ObjectNode snapshot) {
        ObjectNode answer = Values.object();
        for (String field : List.of("workspaceId", "snapshotId", "highWatermark")) {
            answer.set(field, snapshot.get(field));
        }
        answer.putArray("items");
        return answer;
    }

    private static ObjectNode item(Document record) {
        boolean deleted = record.flag("deleted");
        ObjectNode item = Values.object().put("kind", deleted ? "tombstone" : "row")
                .put("tableName", record.text("tableName")).put("pk", record.text("pk"));
        item.putObject("revision").put("clock", record.number("clock")).put("hlc", record.text("hlc"))
                .put("opId", record.text("opId"));
        return deleted ? item.put("serverDeletedAt", record.number("at") / 1000)
                : item.put("payload", record.text("payload"));
    }

    private static void forgetExpired(Context context) {
        for (Document snapshot : context.db().query("snapshots", "by_expiry").lte(context.now() - LIFE).take(1)) {
            String id = snapshot.text("snapshotId");
            context.db().all("snapshotItems", "by_position", id).forEach(context.db()::delete);
            context.db().all("snapshotPages", "by_snapshot", id).forEach(context.db()::delete);
            context.db().delete(snapshot);
        }
    }
}
