/** Judges what a whole host lets its callers do (WIR-06, WIR-07). */
package dev.or3.tck.suites.check.host;
