package dev.or3.tck.suites.fault;

import dev.or3.tck.api.sync.OperationResult;

/** One operation is refused; the rest of its batch is not concerned. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code one of {@link OperationResult.ErrorCodes} */
    Refusal(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static Refusal invalid(String message) {
        return new Refusal(OperationResult.ErrorCodes.VALIDATION_ERROR, message);
    }

    OperationResult result(String opId) {
        return OperationResult.refused(opId, code, getMessage());
    }
}
