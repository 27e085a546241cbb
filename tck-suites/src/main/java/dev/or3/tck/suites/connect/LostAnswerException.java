package dev.or3.tck.suites.connect;

/** No answer came: the outcome of the call is unknown. */
public class LostAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String UNKNOWN = "LOST";

    private final String code;

    public LostAnswerException(String message, Throwable cause) {
        this(UNKNOWN, message, cause);
    }

    /**
     * @param code what became of the answer, where that is known
     */
    public LostAnswerException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
