/**
 * One campaign for each provider: selects what applies, runs plans, judges them, minimizes and sums up.
 * {@link dev.or3.tck.suites.certify.Certification} is the one public entry for Java callers.
 */
package dev.or3.tck.suites.certify;
