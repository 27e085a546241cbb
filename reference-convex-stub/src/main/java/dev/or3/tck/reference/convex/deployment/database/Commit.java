package dev.or3.tck.reference.convex.deployment.database;

import java.util.List;
import java.util.Map;

/**
 * What a commit wrote, kept for as long as transactions may have begun before it.
 *
 * @param number commits are numbered from 1
 * @param keys   where documents came, went or changed
 */
record Commit(long number, Map<Index, List<Key>> keys) {
}
