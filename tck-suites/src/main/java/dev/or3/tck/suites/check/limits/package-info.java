/**
 * Judges calls of the rateLimits component (RATE rules): by bounds that fixed, sliding and aligned windows all keep, and by
 * the linearizability search within one burst. Nothing here calls a provider or looks at a plan.
 */
package dev.or3.tck.suites.check.limits;
