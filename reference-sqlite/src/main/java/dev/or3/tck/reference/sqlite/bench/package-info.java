/**
 * Measures the provider against the bare driver that does the same inserts in the same schema, by turns within one run,
 * and how the cost of push and pull grows with the log.
 */
package dev.or3.tck.reference.sqlite.bench;
