package dev.or3.tck.api.control;

/**
 * A provider in the kit's own JVM that can be ended the way SIGKILL ends a process (DUR-02, DUR-03). Only
 * a provider that keeps its storage apart from what a process holds can play that honestly; a real one is better killed as
 * a command.
 */
public interface Mortal {

    /**
     * Ends the provider at once, from any thread and with calls under way. What its storage has committed stays; all else is
     * gone, and nothing of it reaches the storage after the return. Every call under way, and every later one, ends with a
     * {@link DeathException}.
     */
    void die();

    /** There is nobody to answer any more: the outcome of the call is unknown. */
    final class DeathException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public DeathException() {
            super("the provider was killed", null, false, false);
        }
    }
}
