/**
 * Judges the tokens component by what a history keeps of its answers: whose a token is, what it claims, whether it verifies.
 * No token itself is ever seen here.
 */
package dev.or3.tck.suites.check.tokens;
