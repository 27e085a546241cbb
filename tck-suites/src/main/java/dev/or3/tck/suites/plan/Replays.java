package dev.or3.tck.suites.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The same operation again, and what only looks like it. */
final class Replays {
    private Replays() {
    }

    /** The same operation as another serializer would write it: the order of keys does not count. */
    static PlannedOperation reordered(PlannedOperation op) {
        if (op.payload() == null) {
            return op;
        }
        JsonNode payload = Json.parse(op.payload());
        if (!payload.isObject()) {
            return op;
        }
        List<String> names = new ArrayList<>();
        payload.fieldNames().forEachRemaining(names::add);
        Collections.reverse(names);
        ObjectNode turned = Json.mapper().createObjectNode();
        names.forEach(name -> turned.set(name, payload.get(name)));
        return with(op, op.table(), op.operation(), op.pk(), Json.write(turned), op.hlc(), op.clock());
    }

    /** The op id again with other content: each part in its turn (PUSH-04). */
    static List<PlannedOperation> conflicting(Draft draft, int space, PlannedOperation op) {
        List<PlannedOperation> others = new ArrayList<>();
        int nonce = draft.next();
        if (op.payload() != null) {
            others.add(with(op, op.table(), op.operation(), op.pk(),
                    op.payload().replaceFirst("\"updated_at\":\\d+", "\"updated_at\":" + (Payloads.EPOCH + nonce)), op.hlc(),
                    op.clock()));
        }
        others.add(draft.untied(space, with(op, op.table(), "delete", op.pk(), null, op.hlc(), op.clock() + 1)));
        others.add(draft.untied(space,
                with(op, op.table(), op.operation(), op.pk(), op.payload(), op.hlc() + "0", op.clock())));
        if (op.payload() != null && !op.table().equals("file_meta")) {
            String pk = op.pk() + "-other";
            others.add(draft.untied(space, with(op, op.table(), op.operation(), pk,
                    op.payload().replace(Json.write(op.pk()), Json.write(pk)), op.hlc(), op.clock())));
            others.add(draft.untied(space, with(op, op.table(), op.operation(), op.pk(),
                    op.payload().replaceFirst("\"clock\":\\d+", "\"clock\":" + (op.clock() + 5)), op.hlc(),
                    op.clock() + 5)));
        }
        return others;
    }

    private static PlannedOperation with(PlannedOperation op, String table, String operation, String pk, String payload,
            String hlc, long clock) {
        return new PlannedOperation(op.opId(), table, operation, pk, payload, op.deviceId(), hlc, clock);
    }
}
