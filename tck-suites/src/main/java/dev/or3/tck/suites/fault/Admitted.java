package dev.or3.tck.suites.fault;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.Stamp;

/**
 * An operation that passed validation.
 *
 * @param operation   as it will be stored
 * @param fingerprint of its content as it was sent
 * @param owner       the only user who may see it, or null if it is not private
 */
record Admitted(Operation operation, String fingerprint, String owner) {

    Key key() {
        return new Key(operation.tableName(), operation.pk());
    }

    String opId() {
        return stamp().opId();
    }

    Stamp stamp() {
        return operation.stamp();
    }

    JsonText payload() {
        return operation.payload();
    }

    boolean isDelete() {
        return operation.isDelete();
    }

    Admitted with(Operation other) {
        return new Admitted(other, fingerprint, owner);
    }

    Admitted withPayload(JsonText payload) {
        return with(new Operation(operation.id(), operation.tableName(), operation.operation(), operation.pk(), payload,
                operation.stamp(), operation.createdAt(), operation.attempts(), operation.status()));
    }

    Admitted withPk(String pk) {
        return with(new Operation(operation.id(), operation.tableName(), operation.operation(), pk, operation.payload(),
                operation.stamp(), operation.createdAt(), operation.attempts(), operation.status()));
    }

    Admitted withStamp(Stamp stamp) {
        return with(new Operation(operation.id(), operation.tableName(), operation.operation(), operation.pk(),
                operation.payload(), stamp, operation.createdAt(), operation.attempts(), operation.status()));
    }
}
