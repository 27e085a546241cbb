package dev.or3.tck.suites.fault;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.sync.Stamp;

/**
 * What is materialized for a record: the record itself or its tombstone.
 *
 * @param stamp     of the operation that won
 * @param version   of the operation that won
 * @param owner     the only user who may see it, or null if it is not private
 * @param writtenAt provider time, in milliseconds since the epoch
 */
record Row(Key key, boolean deleted, JsonText payload, Stamp stamp, long version, String owner, long writtenAt) {

    /** The record by its columns, not as the text that came. */
    static Row of(Entry entry) {
        Admitted admitted = entry.admitted();
        JsonText columns = admitted.isDelete() ? null : JsonText.of(admitted.payload().parse());
        return new Row(admitted.key(), admitted.isDelete(), columns, admitted.stamp(), entry.version(),
                admitted.owner(), entry.storedAt());
    }

    Row withPayload(JsonText other) {
        return new Row(key, deleted, other, stamp, version, owner, writtenAt);
    }

    Row withStamp(Stamp other) {
        return new Row(key, deleted, payload, other, version, owner, writtenAt);
    }

    Row withKey(Key other) {
        return new Row(other, deleted, payload, stamp, version, owner, writtenAt);
    }
}
