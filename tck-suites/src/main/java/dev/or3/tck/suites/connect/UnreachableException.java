package dev.or3.tck.suites.connect;

/** The provider cannot be started, or does not come back: nothing can be said of it. */
public class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
