package dev.or3.tck.api.sync;

import dev.or3.tck.api.JsonText;
import java.util.List;

/**
 * A page of the state that the log folds to at a version (SNAP-01).
 *
 * @param workspaceId   the workspace
 * @param snapshotId    the same on every page of one snapshot
 * @param highWatermark the version at which the state was taken, the same on every page
 * @param items         in the order of table, key and kind, by code units
 * @param nextPageToken the token of the next page, or null after the last
 */
public record SnapshotPage(String workspaceId, String snapshotId, long highWatermark, List<Item> items,
        String nextPageToken) {

    /**
     * @param kind            {@code row} or {@code tombstone}
     * @param tableName       the table
     * @param pk              the record
     * @param payload         the record of a row; null for a tombstone
     * @param revision        the stamp that won
     * @param serverDeletedAt epoch seconds at which the server stored the delete; null for a row
     */
    public record Item(String kind, String tableName, String pk, JsonText payload, Revision revision,
            Long serverDeletedAt) {
        public static final String ROW = "row";
        public static final String TOMBSTONE = "tombstone";
    }

    /**
     * @param clock the winner's clock
     * @param hlc   the winner's hlc
     * @param opId  the winner
     */
    public record Revision(long clock, String hlc, String opId) {
    }
}
