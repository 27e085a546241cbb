package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.OperationResult.ErrorCodes;
import dev.or3.tck.api.sync.Stamp;
import java.util.regex.Pattern;

/**
 * Looks at operations before they take the write lock: what is malformed or too large is refused by itself, and the rest
 * of the batch goes on (PUSH-10, -11, -15, -19).
 */
final class Admission {
    static final String NOTIFICATIONS = "notifications";
    private static final String FILE_META = "file_meta";
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final WireSchema schema;
    private final int maxPayloadBytes;

    Admission(WireSchema schema, int maxPayloadBytes) {
        this.schema = schema;
        this.maxPayloadBytes = maxPayloadBytes;
    }

    /** Either what to store, or the refusal. */
    record Verdict(Entry entry, OperationResult refusal) {
    }

    Verdict judge(Operation op, String userId, String workspaceId) {
        Stamp stamp = op.stamp();
        WireSchema.Table table = schema.table(op.tableName()).orElse(null);
        if (table == null) {
            return invalid(stamp, "no synced table is named '" + op.tableName() + "'");
        }
        if (!Operation.PUT.equals(op.operation()) && !op.isDelete()) {
            return invalid(stamp, "operation is neither put nor delete");
        }
        if (isEmpty(op.pk())) {
            return invalid(stamp, "pk is empty");
        }
        if (isEmpty(stamp.deviceId())) {
            return invalid(stamp, "stamp.deviceId is empty");
        }
        if (isEmpty(stamp.hlc())) {
            return invalid(stamp, "stamp.hlc is empty");
        }
        if (stamp.clock() < 0) {
            return invalid(stamp, "stamp.clock is negative");
        }
        if (!isUuid(stamp.opId())) {
            return invalid(stamp, "stamp.opId is no UUID");
        }
        return judgePayload(op, table, userId, workspaceId);
    }

    private Verdict judgePayload(Operation op, WireSchema.Table table, String userId, String workspaceId) {
        Stamp stamp = op.stamp();
        boolean isPrivate = op.tableName().equals(NOTIFICATIONS);
        String payload = text(op);
        if (payload == null && !op.isDelete()) {
            return invalid(stamp, "a put needs a payload");
        }
        if (payload != null) {
            if (Payloads.exceeds(payload, maxPayloadBytes)) {
                return new Verdict(null, OperationResult.refused(stamp.opId(), ErrorCodes.OVERSIZED,
                        "the payload is larger than " + maxPayloadBytes + " bytes"));
            }
            Payloads.Finding finding = Payloads.read(payload, op.isDelete() ? null
                    : new Payloads.Identity(table.key(), op.pk(), stamp.clock(), workspaceId));
            if (finding.error() != null) {
                return invalid(stamp, finding.error());
            }
            if (finding.refCount() && op.tableName().equals(FILE_META)) {
                payload = Payloads.without(payload, Payloads.REF_COUNT);
            }
            if (isPrivate && !op.isDelete()) {
                payload = Payloads.with(payload, Payloads.USER_ID, userId);
            }
            payload = Payloads.storable(payload);
        }
        return new Verdict(new Entry(op.tableName(), CodeUnits.encode(op.pk()), op.operation(), payload,
                CodeUnits.encode(stamp.deviceId()), stamp.opId(), CodeUnits.encode(stamp.hlc()), stamp.clock(),
                isPrivate ? userId : null), null);
    }

    /** The payload's text; a delete's {@code null} is the same as none. */
    private static String text(Operation op) {
        JsonText payload = op.payload();
        return payload == null || op.isDelete() && payload.text().equals("null") ? null : payload.text();
    }

    private static Verdict invalid(Stamp stamp, String why) {
        return new Verdict(null, OperationResult.refused(stamp.opId(), ErrorCodes.VALIDATION_ERROR, why));
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isEmpty();
    }

    private static boolean isUuid(String opId) {
        return opId.length() == 36 && UUID.matcher(opId).matches();
    }
}
