/**
 * Measures the judge: large clean histories made without a provider, and how fast they are judged. Nothing here judges.
 */
package dev.or3.tck.suites.check.bench;
