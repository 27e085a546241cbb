/**
 * A stand-in for Clerk, for tests and combinations: the part of its backend API that users, sessions and tokens need, its
 * key set, and a provider whose only component is the broker that asks it for tokens. Knows tck-api and nothing else of the kit,
 * for it is to be a jar of its own.
 */
package dev.or3.tck.matrix.clerk;
