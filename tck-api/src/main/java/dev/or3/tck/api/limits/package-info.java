/**
 * The rateLimits component: how many requests a key may make in a window.
 */
package dev.or3.tck.api.limits;
