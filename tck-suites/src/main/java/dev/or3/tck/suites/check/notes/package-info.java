/**
 * Judges notifications (NOTE rules): rows that the provider writes for one user, and rows that users push for themselves.
 * Nothing here calls a provider or looks at a plan.
 */
package dev.or3.tck.suites.check.notes;
