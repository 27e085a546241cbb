/**
 * Serves a provider of this JVM over protocol version 1. What the calls mean is the dispatcher's; only HTTP lives here.
 */
package dev.or3.tck.matrix.serve;
