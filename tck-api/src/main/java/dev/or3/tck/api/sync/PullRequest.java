package dev.or3.tck.api.sync;

import java.util.List;

/**
 * @param scope  the workspace
 * @param cursor the version up to which the device has everything, 0 or more
 * @param limit  how many changes at most
 * @param tables the tables wanted, or null for all
 */
public record PullRequest(Scope scope, long cursor, int limit, List<String> tables) {
}
