package dev.or3.tck.reference.convex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.OperationResult.ErrorCodes;
import dev.or3.tck.api.sync.Stamp;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Looks at operations before they are sent: what is malformed or too large is refused by itself, and the rest of the batch
 * goes on (PUSH-10, -11, -15, -19).
 */
final class Admission {
    private static final String REF_COUNT = "ref_count";
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final WireSchema schema;
    private final int maxPayloadBytes;

    Admission(WireSchema schema, int maxPayloadBytes) {
        this.schema = schema;
        this.maxPayloadBytes = maxPayloadBytes;
    }

    /** Either what to send, or the refusal. */
    record Verdict(ObjectNode args, OperationResult refusal) {
    }

    Verdict judge(Caller caller, Operation op) {
        String opId = op.stamp().opId();
        JsonText payload = op.payload() != null && op.isDelete() && op.payload().text().equals("null") ? null : op.payload();
        if (payload != null && payload.utf8Bytes() > maxPayloadBytes) {
            return new Verdict(null, OperationResult.refused(opId, ErrorCodes.OVERSIZED,
                    "the payload is larger than " + maxPayloadBytes + " bytes"));
        }
        WireSchema.Table table = schema.table(op.tableName()).orElse(null);
        String trouble = table == null ? "no synced table is named '" + op.tableName() + "'" : trouble(op);
        if (trouble != null) {
            return invalid(opId, trouble);
        }
        if (payload != null) {
            ObjectNode row = object(payload);
            if (row == null) {
                return invalid(opId, "the payload is no object, or nested too deeply");
            }
            trouble = op.isDelete() ? null : contradiction(caller, op, row, table.key());
            if (trouble != null) {
                return invalid(opId, trouble);
            }
            if (op.tableName().equals("file_meta") && row.has(REF_COUNT)) {
                row.remove(REF_COUNT);
                payload = JsonText.of(row);
            }
        }
        return new Verdict(args(op, payload), null);
    }

    private static String trouble(Operation op) {
        Stamp stamp = op.stamp();
        if (!Operation.PUT.equals(op.operation()) && !op.isDelete()) {
            return "operation is neither put nor delete";
        }
        if (!op.isDelete() && op.payload() == null) {
            return "a put needs a payload";
        }
        if (isEmpty(op.pk())) {
            return "pk is empty";
        }
        if (isEmpty(stamp.deviceId())) {
            return "stamp.deviceId is empty";
        }
        if (isEmpty(stamp.hlc())) {
            return "stamp.hlc is empty";
        }
        if (stamp.clock() < 0) {
            return "stamp.clock is negative";
        }
        return UUID.matcher(stamp.opId()).matches() ? null : "stamp.opId is no UUID";
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isEmpty();
    }

    private static ObjectNode object(JsonText payload) {
        try {
            return payload.parse() instanceof ObjectNode object ? object : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Where the payload speaks of another key, clock or workspace than the operation. */
    private static String contradiction(Caller caller, Operation op, ObjectNode row, String key) {
        if (row.has(key) && !op.pk().equals(row.get(key).textValue())) {
            return "the payload's " + key + " is not the pk";
        }
        JsonNode clock = row.get("clock");
        if (clock != null && !(clock.isNumber()
                && clock.decimalValue().compareTo(BigDecimal.valueOf(op.stamp().clock())) == 0)) {
            return "the payload's clock is not the stamp's";
        }
        JsonNode workspace = row.get("workspace_id");
        return workspace != null && !caller.workspaceId().equals(workspace.textValue())
                ? "the payload's workspace_id is not the scope's" : null;
    }

    private static ObjectNode args(Operation op, JsonText payload) {
        Stamp stamp = op.stamp();
        return Json.mapper().createObjectNode().put("tableName", op.tableName()).put("operation", op.operation())
                .put("pk", op.pk()).put("payload", payload == null ? null : payload.text()).put("deviceId", stamp.deviceId())
                .put("opId", stamp.opId()).put("hlc", stamp.hlc()).put("clock", stamp.clock());
    }

    private static Verdict invalid(String opId, String why) {
        return new Verdict(null, OperationResult.refused(opId, ErrorCodes.VALIDATION_ERROR, why));
    }
}
