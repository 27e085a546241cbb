/**
 * A Convex deployment, played by WireMock over its HTTP API. It knows nothing of providers, nor of the kit.
 */
package dev.or3.tck.reference.convex.deployment;
