/** The provider {@code convex}: a client of a Convex deployment's HTTP API, and of nothing else. */
package dev.or3.tck.reference.convex;
