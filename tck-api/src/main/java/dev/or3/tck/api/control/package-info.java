/**
 * Test controls: what the kit may ask of a provider beyond its contract, so that more rules can be verified.
 */
package dev.or3.tck.api.control;
