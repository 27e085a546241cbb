package dev.or3.tck.suites.plan;

/**
 * An operation before its placeholders are filled in. Two with the same {@code opId} are the same operation, or a
 * conflicting reuse of its id.
 *
 * @param opId      a UUID with {@code x} where the runner puts digits of its own, for example
 *                  {@code 0000001f-xxxx-4xxx-8xxx-xxxxxxxx0001}
 * @param table     a synced table, or an unknown one on purpose
 * @param operation put, delete, or an unknown one on purpose
 * @param pk        the record key, with placeholders
 * @param payload   JSON text with placeholders, or null
 * @param deviceId  the device of the stamp
 * @param hlc       the hlc of the stamp
 * @param clock     the clock of the stamp
 */
public record PlannedOperation(String opId, String table, String operation, String pk, String payload, String deviceId,
        String hlc, long clock) {
}
