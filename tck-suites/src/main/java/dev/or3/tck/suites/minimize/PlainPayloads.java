package dev.or3.tck.suites.minimize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.plan.PlannedOperation;

/** Payloads that hold what the wire schema asks of a record of their table, and nothing more. */
final class PlainPayloads {
    private static final long SOME_TIME = 1_700_000_000L;
    private static final int NONCE = 4;

    private final WireSchema schema;

    PlainPayloads(WireSchema schema) {
        this.schema = schema;
    }

    /** The operation with such a payload; unchanged if it has none, or if its table is unknown. */
    PlannedOperation of(PlannedOperation operation) {
        WireSchema.Table table = schema.table(operation.table()).orElse(null);
        return table == null || operation.payload() == null ? operation
                : new PlannedOperation(operation.opId(), operation.table(), operation.operation(), operation.pk(),
                        payload(table, operation), operation.deviceId(), operation.hlc(), operation.clock());
    }

    private static String payload(WireSchema.Table table, PlannedOperation operation) {
        ObjectNode payload = Json.mapper().createObjectNode();
        table.fields().forEach((name, field) -> {
            if (name.equals(table.key())) {
                payload.put(name, operation.pk());
            } else if (name.equals("clock")) {
                payload.put(name, operation.clock());
            } else {
                put(payload, name, field.type(), operation);
            }
        });
        return payload.toString();
    }

    private static void put(ObjectNode payload, String name, WireSchema.FieldType type, PlannedOperation operation) {
        switch (type) {
            case text -> payload.put(name, nonce(operation));
            case integer, number -> payload.put(name, 1);
            case bool -> payload.put(name, false);
            case json -> payload.putObject(name);
            case time -> payload.put(name, SOME_TIME);
        }
    }

    /** The end of the op id, so that records of different operations stay different. */
    private static String nonce(PlannedOperation operation) {
        String id = operation.opId() == null ? "" : operation.opId();
        return "n" + id.substring(Math.max(0, id.length() - NONCE));
    }
}
