/**
 * Measures what running and recording a plan costs beside its bare calls. Nothing here is part of a certification.
 */
package dev.or3.tck.suites.run.bench;
