/**
 * The judgements of the sync component: pushes, pulls, the fold of the log, cursors and collection, snapshots, isolation,
 * durability. Each class holds the rules of one reason; none of them looks at a plan.
 */
package dev.or3.tck.suites.check.sync;
