/**
 * Looks provider packages over as npm would pack them, and the host that uses them. Each check stands
 * in {@code runbook.yaml} beside the items of the runbook that ask for it. Requirements: PKG-01 to PKG-07.
 */
package dev.or3.tck.matrix.packages;
