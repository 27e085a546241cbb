package dev.or3.tck.api.sync;

import dev.or3.tck.api.JsonText;

/**
 * One entry of the change log.
 *
 * @param serverVersion its number in the workspace, 1 or more
 * @param tableName     the table
 * @param pk            the record
 * @param op            {@code put} or {@code delete}
 * @param payload       the record as it was pushed, or null
 * @param stamp         the stamp as it was pushed
 */
public record Change(long serverVersion, String tableName, String pk, String op, JsonText payload, Stamp stamp) {
}
