/**
 * Judges histories: one shared index, a class for each group of rules, the linearizability search with its models, and
 * the premises. Nothing here calls a provider or looks at a plan.
 */
package dev.or3.tck.suites.check;
