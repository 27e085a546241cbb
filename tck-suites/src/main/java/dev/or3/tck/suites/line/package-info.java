/**
 * What may happen to a call between the kit and the provider, and to which calls it happens: decided here, from the seed,
 * and carried out by whoever reaches the provider. Nothing here sends or judges.
 */
package dev.or3.tck.suites.line;
