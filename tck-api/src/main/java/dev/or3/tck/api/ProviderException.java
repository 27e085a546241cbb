package dev.or3.tck.api;

/**
 * The provider's own answer that a call did not succeed.
 *
 * <p>A 4xx status is a definite refusal: the call left no trace. A 5xx status settles nothing by itself. Any other
 * exception out of a provider counts as status 500.
 */
public class ProviderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * @param status  an HTTP status, 400 to 599
     * @param code    a short name such as {@code FORBIDDEN}
     * @param message what is wrong, without stack traces, SQL or secrets (ERR-01)
     */
    public ProviderException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    public ProviderException(int status, String code, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
    }

    public static ProviderException badRequest(String message) {
        return new ProviderException(400, "BAD_REQUEST", message);
    }

    public static ProviderException forbidden(String message) {
        return new ProviderException(403, "FORBIDDEN", message);
    }

    public static ProviderException notFound(String message) {
        return new ProviderException(404, "NOT_FOUND", message);
    }

    public static ProviderException conflict(String message) {
        return new ProviderException(409, "CONFLICT", message);
    }

    /** What a component answers for a method that it does not have. */
    public static ProviderException unsupported(String method) {
        return new ProviderException(501, "NOT_IMPLEMENTED", "this provider has no " + method);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
