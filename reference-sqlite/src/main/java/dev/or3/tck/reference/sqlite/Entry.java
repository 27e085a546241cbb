package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.sync.Operation;

/**
 * A checked operation as it goes into the log: keys by {@link CodeUnits}, the payload as the text to store.
 *
 * @param owner the user whose private row it is, or null
 */
record Entry(String table, String pk, String op, String payload, String deviceId, String opId, String hlc, long clock,
        String owner) {

    boolean isDelete() {
        return op.equals(Operation.DELETE);
    }

    boolean isPrivate() {
        return owner != null;
    }

    /** This entry as it would be if the row were another user's. */
    Entry ownedBy(String other) {
        if (!isPrivate() || other == null || other.equals(owner)) {
            return this;
        }
        return new Entry(table, pk, op, payload == null ? null : Payloads.with(payload, Payloads.USER_ID, other),
                deviceId, opId, hlc, clock, other);
    }
}
