package dev.or3.tck.reference.convex.deployment.database;

/** Whatever was tried, another transaction changed what this one had read. Nothing was written. */
public final class ConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConflictException() {
        super("documents read by this function were changed while it ran, and on every retry", null, false, false);
    }
}
