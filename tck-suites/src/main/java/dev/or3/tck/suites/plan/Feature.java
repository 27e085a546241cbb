package dev.or3.tck.suites.plan;

/** What swarm generation switches on or off for a plan, so that rare combinations meet. */
public enum Feature {
    TIES, DELETES, REPLAYS, CONFLICTING_REPLAYS, FILTERS, TINY_PAGES, LARGE_BATCHES, CURSORS, COLLECTIONS, CLOCK_JUMPS,
    RESTARTS, KILLS, SNAPSHOTS, INSPECTIONS, MALFORMED, FOREIGN_SCOPES, PRIVATE_ROWS, RICH_PAYLOADS, RACES, LINE,
    STORE, LIMITS, JOBS, TOKENS, NOTES, FILES
}
