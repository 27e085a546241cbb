/**
 * What measures speed: benchmarks found by {@link java.util.ServiceLoader}, and the figures they report.
 * Ratios are measured within one run, by turns, so that they mean the same on every machine.
 */
package dev.or3.tck.api.bench;
