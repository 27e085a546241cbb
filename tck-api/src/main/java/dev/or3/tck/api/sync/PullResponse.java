package dev.or3.tck.api.sync;

import java.util.List;

/**
 * @param changes               ascending by version, all above the cursor
 * @param nextCursor            where the next page begins
 * @param hasMore               whether matching changes remain
 * @param oldestRetainedVersion the lowest version still in the log, head + 1 if it is empty (profile 1.1), or null
 * @param requiresSnapshot      whether history after the cursor was collected (profile 1.1), or null
 */
public record PullResponse(List<Change> changes, long nextCursor, boolean hasMore, Long oldestRetainedVersion,
        Boolean requiresSnapshot) {
}
