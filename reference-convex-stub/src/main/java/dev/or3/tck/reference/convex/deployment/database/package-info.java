/** The documents of a deployment: tables with indexes, serializable transactions, and the file that keeps them. */
package dev.or3.tck.reference.convex.deployment.database;
