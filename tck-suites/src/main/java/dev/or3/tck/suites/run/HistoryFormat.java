package dev.or3.tck.suites.run;

import dev.or3.tck.api.sync.OperationResult;

/** The numbers that encoder and decoder agree on. A change of any of them is a new {@link #VERSION}. */
final class HistoryFormat {
    static final byte[] MAGIC = {'O', 'R', '3', '-', 'H', 'I', 'S', 'T'};
    static final int VERSION = 2;

    /** Flags of an event, beside its outcome in the two lowest bits. */
    static final int OUTCOME = 3;
    static final int ANSWERED = 4;
    static final int TIMED = 8;
    static final int FAULT = 16;

    /** How a payload is written; from {@code OTHER_PAYLOAD + 1} on, the index of an operation that holds the same. */
    static final int NULL_PAYLOAD = 0;
    static final int OWN_PAYLOAD = 1;
    static final int OTHER_PAYLOAD = 2;
    static final int NO_OPERATION = -1;

    /** Flags of a result. */
    static final int NO_RESULT = 0;
    static final int RESULT = 1;
    static final int OWN_ID = 2;
    static final int SUCCESS = 4;
    static final int VERSIONED = 8;
    static final int APPLIED_TOLD = 16;
    static final int APPLIED = 32;
    static final int ERROR = 64;

    /** The kinds of a run of rows, in the two lowest bits before its length. */
    static final int AS_KNOWN = 0;
    static final int AS_SENT = 1;
    static final int OTHER = 2;

    private HistoryFormat() {
    }

    static boolean isOf(History.Sent sent, String opId) {
        return opId != null && sent.operation().stamp() != null && opId.equals(sent.operation().stamp().opId());
    }

    static int flags(OperationResult result, boolean isOwn) {
        if (result == null) {
            return NO_RESULT;
        }
        return RESULT | (isOwn ? OWN_ID : 0) | (result.success() ? SUCCESS : 0)
                | (result.serverVersion() != null ? VERSIONED : 0)
                | (result.applied() != null ? APPLIED_TOLD : 0)
                | (Boolean.TRUE.equals(result.applied()) ? APPLIED : 0)
                | (result.error() != null || result.errorCode() != null ? ERROR : 0);
    }

    /** The calls, in the order of their numbers in the file. */
    enum Kind { PUSH, PULL, MOVE_CURSOR, COLLECT, SNAPSHOT, INSPECT, RAW, ASK, CLOCK, RESTART, START, DISTURB, TRANSFER, ARRANGED }
}
