package dev.or3.tck.suites.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.schema.WireSchema.Field;
import dev.or3.tck.api.schema.WireSchema.FieldType;
import dev.or3.tck.api.schema.WireSchema.Table;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult.ErrorCodes;
import dev.or3.tck.api.sync.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Validation: what may be stored, and in which form (PUSH-10, -11, -15, -18, -19, WIRE-04). */
class Admission {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    final Parts parts;

    Admission(Parts parts) {
        this.parts = parts;
    }

    /** The operations of a push, if the request as a whole can be answered operation by operation. */
    List<Operation> batch(List<Operation> operations) {
        if (operations == null) {
            throw ProviderException.badRequest("ops is missing");
        }
        int most = parts.settings.limits().maxOpsPerPush();
        if (operations.size() > most) {
            throw new ProviderException(413, "OVERSIZED",
                    "a push takes at most " + most + " operations, not " + operations.size());
        }
        for (Operation operation : operations) {
            if (operation == null || operation.stamp() == null || isBlank(operation.stamp().opId())) {
                throw ProviderException.badRequest("an operation without stamp.opId cannot be answered");
            }
        }
        return operations;
    }

    /**
     * @throws Refusal if the operation cannot be stored
     */
    Admitted admit(Caller caller, Space space, Operation operation) {
        checkStamp(operation.stamp());
        Table table = checkTarget(operation);
        JsonNode payload = parse(operation.payload());
        checkShape(operation, payload);
        String canonical = Content.canonical(payload);
        checkSize(operation.payload(), canonical);
        if (payload.isObject()) {
            checkIdentity(operation, table, payload, space.workspaceId);
        }
        if (parts.settings.strictSchema() && !operation.isDelete()) {
            checkSchema(operation.tableName(), table, payload);
        }
        String owner = parts.privacy.owner(caller, operation.tableName());
        JsonText stored = operation.payload() == null ? null
                : parts.privacy.payload(stored(operation, payload), payload, owner);
        return new Admitted(operation, fingerprint(operation, canonical), owner).withPayload(stored);
    }

    /** What identifies the operation's content when it comes again (PUSH-02, -04). */
    String fingerprint(Operation operation, String canonical) {
        return Content.fingerprint(operation, canonical);
    }

    /** The payload in the form in which it is kept: exactly the text that came (PUSH-12). */
    JsonText stored(Operation operation, JsonNode payload) {
        return operation.payload();
    }

    void checkStamp(Stamp stamp) {
        if (!UUID.matcher(stamp.opId()).matches()) {
            throw Refusal.invalid("stamp.opId must be a UUID");
        }
        if (isBlank(stamp.deviceId()) || isBlank(stamp.hlc())) {
            throw Refusal.invalid("stamp.deviceId and stamp.hlc must not be empty");
        }
        if (stamp.clock() < 0) {
            throw Refusal.invalid("stamp.clock must not be negative");
        }
    }

    Table checkTarget(Operation operation) {
        if (!Operation.PUT.equals(operation.operation()) && !Operation.DELETE.equals(operation.operation())) {
            throw Refusal.invalid("operation must be put or delete");
        }
        if (isBlank(operation.pk())) {
            throw Refusal.invalid("pk must not be empty");
        }
        return parts.schema.table(operation.tableName())
                .orElseThrow(() -> Refusal.invalid("tableName must be one of " + parts.schema.tableNames()));
    }

    private static JsonNode parse(JsonText payload) {
        try {
            return payload == null ? NullNode.getInstance() : payload.parse();
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("payload cannot be read as JSON");
        }
    }

    void checkShape(Operation operation, JsonNode payload) {
        if (!payload.isObject() && !(operation.isDelete() && payload.isNull())) {
            throw Refusal.invalid("payload must be an object");
        }
    }

    void checkSize(JsonText payload, String canonical) {
        int most = parts.settings.limits().maxPayloadBytes();
        if (canonical.getBytes(StandardCharsets.UTF_8).length > most) {
            throw new Refusal(ErrorCodes.OVERSIZED, "payload is larger than " + most + " bytes");
        }
    }

    /** The operation says which record of which workspace it is about; a payload that disagrees is refused. */
    void checkIdentity(Operation operation, Table table, JsonNode payload, String workspaceId) {
        JsonNode key = payload.get(table.key());
        if (key != null && !key.asText().equals(operation.pk())) {
            throw Refusal.invalid("payload." + table.key() + " differs from pk");
        }
        JsonNode workspace = payload.get("workspace_id");
        if (workspace != null && !workspace.isNull() && !workspace.asText().equals(workspaceId)) {
            throw Refusal.invalid("payload.workspace_id differs from the scope");
        }
    }

    private static void checkSchema(String tableName, Table table, JsonNode payload) {
        for (Map.Entry<String, Field> field : table.fields().entrySet()) {
            JsonNode value = payload.get(field.getKey());
            boolean absent = value == null || value.isNull();
            if (absent ? field.getValue().required() : !fits(field.getValue().type(), value)) {
                throw Refusal.invalid("payload." + field.getKey() + " must be of type " + field.getValue().type());
            }
        }
        payload.fieldNames().forEachRemaining(name -> {
            if (!table.fields().containsKey(name)) {
                throw Refusal.invalid("table " + tableName + " has no field of that name");
            }
        });
    }

    private static boolean fits(FieldType type, JsonNode value) {
        return switch (type) {
            case text -> value.isTextual();
            case integer, time -> value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
            case number -> value.isNumber();
            case bool -> value.isBoolean();
            case json -> true;
        };
    }

    static boolean isBlank(String text) {
        return text == null || text.isEmpty();
    }
}
