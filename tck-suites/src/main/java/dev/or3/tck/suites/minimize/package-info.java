/**
 * Makes counterexamples small: reproduction rates, and delta debugging over clients, steps, operations and payloads.
 */
package dev.or3.tck.suites.minimize;
