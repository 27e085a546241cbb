package dev.or3.tck.api.sync;

/**
 * Who made an operation, and its place in the order of writes.
 *
 * @param deviceId the device
 * @param opId     a UUID, the idempotency key
 * @param hlc      the hybrid logical clock, opaque text compared by code units
 * @param clock    the revision of the record, 0 or more; the first criterion of last writer wins
 */
public record Stamp(String deviceId, String opId, String hlc, long clock) {
}
