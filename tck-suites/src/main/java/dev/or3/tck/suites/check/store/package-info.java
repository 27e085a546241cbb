/**
 * Judges calls of the workspaces component (STORE rules): directly where a rule names what is wrong, and by the
 * linearizability search for what only the order of calls shows. Nothing here calls a provider or looks at a plan.
 */
package dev.or3.tck.suites.check.store;
