package dev.or3.tck.reference.convex.deployment.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.or3.tck.reference.convex.deployment.Values;
import dev.or3.tck.reference.convex.deployment.database.Document;
import dev.or3.tck.reference.convex.deployment.database.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All functions by their paths, such as {@code sync:push}, and the tables they need. */
public final class Functions {
    /** How long the answer of a mutation is kept for a caller who did not get it, in milliseconds. */
    private static final long REMEMBERED = 10 * 60 * 1000L;
    private static final int SWEPT = 200;

    private final Map<String, Function> byPath = new HashMap<>();

    public Functions() {
        SyncFunctions.register(this);
        CollectionFunctions.register(this);
        SnapshotFunctions.register(this);
        WorkspaceFunctions.register(this);
        RateLimitFunctions.register(this);
        StorageFunctions.register(this);
        JobFunctions.register(this);
        NotificationFunctions.register(this);
        AdminFunctions.register(this);
        TestFunctions.register(this);
        mutation("crons:sweep", Functions::sweep);
    }

    /** The tables and their indexes. */
    public static Schema schema() {
        return new Schema()
                .index("clock", "by_name", "name")
                .index("requests", "by_request", "requestId").index("requests", "by_time", "at")
                .index("users", "by_user", "userId").index("users", "by_identity", "provider", "providerUserId")
                .index("users", "by_email", "email").index("users", "by_provider_user", "providerUserId")
                .index("workspaces", "by_workspace", "workspaceId").index("workspaces", "by_creation")
                .index("members", "by_user", "userId", "workspaceId")
                .index("members", "by_workspace", "workspaceId", "userId")
                .index("heads", "by_workspace", "workspaceId").index("floors", "by_workspace", "workspaceId")
                .index("operations", "by_op", "workspaceId", "opId")
                .index("changes", "by_version", "workspaceId", "version")
                .index("records", "by_key", "workspaceId", "tableName", "pk")
                .index("records", "by_deleted", "workspaceId", "deleted", "version")
                .index("cursors", "by_device", "workspaceId", "userId", "deviceId")
                .index("snapshots", "by_snapshot", "snapshotId").index("snapshots", "by_expiry", "expiresAt")
                .index("snapshotItems", "by_position", "snapshotId", "position")
                .index("snapshotPages", "by_token", "token").index("snapshotPages", "by_snapshot", "snapshotId")
                .index("limits", "by_key", "key")
                .index("files", "by_hash", "workspaceId", "hash").index("files", "by_storage", "storageId")
                .index("uploads", "by_token", "token").index("uploads", "by_workspace", "workspaceId")
                .index("downloads", "by_token", "token").index("downloads", "by_expiry", "expiresAt")
                .index("jobs", "by_job", "jobId").index("jobs", "by_status", "status")
                .index("jobChunks", "by_job", "jobId")
                .index("settings", "by_key", "workspaceId", "key").index("admins", "by_user", "userId");
    }

    /** The function of a path, or null. */
    public Function find(String path) {
        return byPath.get(path);
    }

    void query(String path, Function.Body body) {
        byPath.put(path, new Function(Function.Kind.QUERY, body));
    }

    /**
     * A mutation. Where its arguments carry a {@code requestId}, it is done once for it, and later calls get the first
     * answer.
     */
    void mutation(String path, Function.Body body) {
        byPath.put(path, new Function(Function.Kind.MUTATION, (context, args) -> once(context, args, body)));
    }

    private static JsonNode once(Context context, Args args, Function.Body body) {
        String requestId = args.textOrNull("requestId");
        if (requestId == null) {
            return body.run(context, args);
        }
        Document known = context.db().first("requests", "by_request", requestId);
        if (known != null) {
            return known.fields().get("answer");
        }
        JsonNode answer = body.run(context, args);
        ObjectNode request = Values.object().put("requestId", requestId).put("at", System.currentTimeMillis());
        context.db().insert("requests", request.set("answer", answer));
        return answer;
    }

    /** Forgets requests and downloads that nobody asks for again; true if there may be more. */
    private static JsonNode sweep(Context context, Args args) {
        context.requireKey();
        List<Document> old = context.db().query("requests", "by_time")
                .lte(System.currentTimeMillis() - REMEMBERED).take(SWEPT);
        old.forEach(context.db()::delete);
        context.db().query("downloads", "by_expiry").lte(context.now()).take(SWEPT).forEach(context.db()::delete);
        return Values.mapper().getNodeFactory().booleanNode(old.size() == SWEPT);
    }

    static JsonNode text(String text) {
        return text == null ? Values.mapper().nullNode() : TextNode.valueOf(text);
    }

    static JsonNode nothing() {
        return Values.mapper().nullNode();
    }
}
