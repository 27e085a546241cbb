package dev.or3.tck.api.sync;

import java.util.List;

/**
 * @param scope     the workspace
 * @param pageSize  how many items at most
 * @param pageToken the token of the page before, or null for the first page
 * @param tables    the tables wanted, or null for all
 */
public record SnapshotRequest(Scope scope, int pageSize, String pageToken, List<String> tables) {
}
