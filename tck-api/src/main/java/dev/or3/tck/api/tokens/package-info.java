/**
 * The tokens component: tokens with which a signed-in user's client reaches a backend directly.
 */
package dev.or3.tck.api.tokens;
