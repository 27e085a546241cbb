package dev.or3.tck.reference.convex.deployment.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.reference.convex.deployment.Values;
import dev.or3.tck.reference.convex.deployment.database.Document;

/**
 * One operation on its way into the log.
 *
 * @param payload JSON as text, or null
 * @param owner   the user to whom alone it is shown, or null
 * @param content stands for all that makes operations of one id the same
 */
record Entry(String tableName, String pk, String operation, String payload, String deviceId, String opId, String hlc,
        long clock, String owner, String content) {
    private static final String NOTIFICATIONS = "notifications";

    /** Reads an operation; rows of notifications become the user's own. */
    static Entry of(Args op, String userId) {
        String tableName = op.text("tableName");
        String operation = op.text("operation");
        if (!operation.equals("put") && !operation.equals("delete")) {
            throw FunctionError.badRequest("operation is neither put nor delete");
        }
        boolean isPrivate = tableName.equals(NOTIFICATIONS);
        String payload = op.textOrNull("payload");
        JsonNode parsed = payload == null ? null : Content.parse(payload);
        if (isPrivate && parsed instanceof ObjectNode row) {
            // Whose it is goes without saying, so it is no part of the content.
            row.remove("user_id");
        }
        String content = Content.of(op, operation.equals("delete") ? null : parsed, payload);
        if (isPrivate && parsed instanceof ObjectNode row && !operation.equals("delete")) {
            payload = row.put("user_id", userId).toString();
        }
        return new Entry(tableName, op.text("pk"), operation, payload, op.text("deviceId"), op.text("opId"), op.text("hlc"),
                op.number("clock", 0, Long.MAX_VALUE), isPrivate ? userId : null, content);
    }

    boolean isDelete() {
        return operation.equals("delete");
    }

    /** By clock, then hlc, then op id; texts by code units. */
    boolean wins(Document record) {
        int order = Long.compare(clock, record.number("clock"));
        if (order == 0) {
            order = hlc.compareTo(record.text("hlc"));
        }
        return (order == 0 ? opId.compareTo(record.text("opId")) : order) > 0;
    }

    ObjectNode change() {
        return Values.object().put("tableName", tableName).put("pk", pk).put("op", operation).put("payload", payload)
                .put("deviceId", deviceId).put("opId", opId).put("hlc", hlc).put("clock", clock).put("owner", owner);
    }
}
