/**
 * Judges malformed input of the components that are asked in JSON, by the shapes of their interfaces. No component's own
 * rules live here.
 */
package dev.or3.tck.suites.check.ask;
