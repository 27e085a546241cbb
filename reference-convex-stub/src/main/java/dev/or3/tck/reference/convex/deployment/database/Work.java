package dev.or3.tck.reference.convex.deployment.database;

/** What a transaction does. It may run several times, and must touch nothing but the transaction. */
@FunctionalInterface
public interface Work<T> {
    T run(Transaction transaction);
}
