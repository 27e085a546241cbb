/** The functions that the deployment runs: what a project would keep in its folder {@code convex/}. */
package dev.or3.tck.reference.convex.deployment.functions;
