package dev.or3.tck.suites.connect;

/** No whole answer came in time. */
public class SilenceException extends LostAnswerException {
    private static final long serialVersionUID = 1L;

    public SilenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
