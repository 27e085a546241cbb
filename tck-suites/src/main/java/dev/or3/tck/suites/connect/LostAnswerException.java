package dev.or3.tck.suites.connect;

/** No answer came: the outcome of the call is unknown. */
public class LostAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LostAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
