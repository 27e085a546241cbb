package dev.or3.tck.matrix.source;

/** A source file cannot be read or parsed, so that nothing is known of it. The message says why, in one line. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    UnreadableException(Place place, String message, Throwable cause) {
        super(message, cause);
        this.place = place;
    }

    /** Where reading stopped. */
    public Place place() {
        return place;
    }
}
