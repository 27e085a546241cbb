/**
 * Performs plans with real threads and records what happened: the runner, its clients, retries and barriers; histories,
 * their events, and history files. Nothing here knows a rule.
 */
package dev.or3.tck.suites.run;
