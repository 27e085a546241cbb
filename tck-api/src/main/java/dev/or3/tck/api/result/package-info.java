/**
 * The result model: what a certification found. Every report format is rendered from it, and {@code report.json} is it.
 */
package dev.or3.tck.api.result;
