package dev.or3.tck.api.sync;

import dev.or3.tck.api.JsonText;

/**
 * What became of one operation.
 *
 * @param opId          the operation
 * @param success       whether it is in the log
 * @param serverVersion its version, 1 or more, with a success
 * @param applied       whether it won at that moment (profile 1.1); null if not told
 * @param payload       the winning payload, or the operation's own; null if not told
 * @param error         why it was refused
 * @param errorCode     one of {@link ErrorCodes}
 */
public record OperationResult(String opId, boolean success, Long serverVersion, Boolean applied, JsonText payload,
        String error, String errorCode) {

    public static OperationResult stored(String opId, long serverVersion, Boolean applied, JsonText payload) {
        return new OperationResult(opId, true, serverVersion, applied, payload, null, null);
    }

    public static OperationResult refused(String opId, String errorCode, String error) {
        return new OperationResult(opId, false, null, null, null, error, errorCode);
    }

    /** The same result, told in other words. */
    public OperationResult withError(String words) {
        return new OperationResult(opId, success, serverVersion, applied, payload, words, errorCode);
    }

    /** The error codes of the contract. */
    public static final class ErrorCodes {
        public static final String VALIDATION_ERROR = "VALIDATION_ERROR";
        public static final String UNAUTHORIZED = "UNAUTHORIZED";
        public static final String CONFLICT = "CONFLICT";
        public static final String NOT_FOUND = "NOT_FOUND";
        public static final String RATE_LIMITED = "RATE_LIMITED";
        public static final String OVERSIZED = "OVERSIZED";
        public static final String NETWORK_ERROR = "NETWORK_ERROR";
        public static final String SERVER_ERROR = "SERVER_ERROR";
        public static final String UNKNOWN = "UNKNOWN";

        private ErrorCodes() {
        }
    }
}
