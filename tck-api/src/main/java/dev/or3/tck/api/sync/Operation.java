package dev.or3.tck.api.sync;

import dev.or3.tck.api.JsonText;

/**
 * One change that a device pushes.
 *
 * @param id        the id of the outbox entry, independent of the op id
 * @param tableName a synced table
 * @param operation {@code put} or {@code delete}
 * @param pk        the key of the record
 * @param payload   the whole record, or null
 * @param stamp     who and when
 * @param createdAt epoch seconds at which the device queued it
 * @param attempts  how often the device tried before
 * @param status    the outbox status, for example {@code pending}
 */
public record Operation(String id, String tableName, String operation, String pk, JsonText payload, Stamp stamp,
        long createdAt, int attempts, String status) {

    public static final String PUT = "put";
    public static final String DELETE = "delete";

    public boolean isDelete() {
        return DELETE.equals(operation);
    }
}
