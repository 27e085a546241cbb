package dev.or3.tck.reference.convex.deployment.functions;

/** What a function throws to tell its caller: nothing that it wrote takes effect. */
public final class FunctionError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * @param status as an HTTP status would say it
     * @param code   a short name such as {@code FORBIDDEN}
     */
    public FunctionError(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static FunctionError badRequest(String message) {
        return new FunctionError(400, "BAD_REQUEST", message);
    }

    static FunctionError forbidden(String message) {
        return new FunctionError(403, "FORBIDDEN", message);
    }

    static FunctionError notFound(String message) {
        return new FunctionError(404, "NOT_FOUND", message);
    }

    static FunctionError conflict(String message) {
        return new FunctionError(409, "CONFLICT", message);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
