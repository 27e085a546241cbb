package dev.or3.tck.suites.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import java.util.Objects;

/** Which records belong to one user alone: the rows of {@code notifications}. */
class Privacy {
    private static final String TABLE = "notifications";
    private static final String FIELD = "user_id";

    final Parts parts;

    Privacy(Parts parts) {
        this.parts = parts;
    }

    /** Who will own what the caller stores in a table; null for everyone in the workspace. */
    String owner(Caller caller, String tableName) {
        return tableName.equals(TABLE) ? caller.userId() : null;
    }

    boolean visible(Caller caller, String owner) {
        return owner == null || owner.equals(caller.userId());
    }

    /** Whether a record that is there already, or its tombstone, leaves the operation to its caller. */
    boolean mayWrite(Space space, Admitted admitted) {
        return admitted.owner() == null || space.current(admitted.key())
                .map(row -> Objects.equals(row.owner(), admitted.owner())).orElse(true);
    }

    /** The payload with the owner's id in place of any other. */
    JsonText payload(JsonText payload, JsonNode parsed, String owner) {
        if (owner == null || !parsed.isObject() || owner.equals(parsed.path(FIELD).asText())) {
            return payload;
        }
        ObjectNode owned = parsed.deepCopy();
        return JsonText.of(owned.put(FIELD, owner));
    }
}
