package dev.or3.tck.suites.check.index;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Limits;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.Stamp;

/**
 * What is wrong with an operation, as bits. Cheap: a payload is looked at closely only where its size is near the limit.
 * Sizes within five percent of the limit are {@link #UNCLEAR}, and not judged.
 */
public final class Soundness {
    /** Its table is in no version of the schema. */
    public static final int UNKNOWN_TABLE = 1;
    /** It is neither put nor delete. */
    public static final int UNKNOWN_OPERATION = 2;
    /** Its payload is there, but no object. */
    public static final int NO_OBJECT = 4;
    /** A put without a payload: may be refused. */
    public static final int NO_PAYLOAD = 8;
    /** Its payload is clearly above the declared limit. */
    public static final int OVERSIZED = 16;
    /** It cannot be said whether it is valid. */
    public static final int UNCLEAR = 32;
    /** A negative clock, an empty key, an empty or missing part of the stamp. */
    public static final int BAD_STAMP = 64;

    /** What a provider must refuse as malformed (PUSH-10). */
    public static final int MALFORMED = UNKNOWN_TABLE | UNKNOWN_OPERATION | NO_OBJECT;
    /** What a provider need not accept. */
    public static final int DOUBTFUL = MALFORMED | NO_PAYLOAD | OVERSIZED | UNCLEAR | BAD_STAMP;

    private final Integer declaredBytes;
    private final long certainlyFine;

    Soundness(Limits limits) {
        declaredBytes = limits.maxPayloadBytes();
        certainlyFine = limits.payloadBytes() * 95L / 100;
    }

    int of(Operation operation, boolean tableKnown) {
        int bits = tableKnown ? 0 : UNKNOWN_TABLE;
        boolean put = Operation.PUT.equals(operation.operation());
        if (!put && !operation.isDelete()) {
            bits |= UNKNOWN_OPERATION;
        }
        JsonText payload = operation.payload();
        if (payload == null || payload.text().equals("null")) {
            bits |= put ? NO_PAYLOAD : 0;
        } else if (!startsAsObject(payload.text())) {
            bits |= NO_OBJECT;
        } else if (payload.text().length() * 3L > certainlyFine) {
            bits |= size(payload);
        }
        Stamp stamp = operation.stamp();
        if (stamp == null || stamp.clock() < 0 || empty(stamp.opId()) || empty(stamp.hlc()) || empty(stamp.deviceId())
                || empty(operation.pk())) {
            bits |= BAD_STAMP;
        }
        return bits;
    }

    private int size(JsonText payload) {
        long bytes = JsonText.of(payload.parse()).utf8Bytes();
        if (bytes <= certainlyFine) {
            return 0;
        }
        return declaredBytes != null && bytes > declaredBytes * 105L / 100 ? OVERSIZED : UNCLEAR;
    }

    private static boolean startsAsObject(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > ' ') {
                return c == '{';
            }
        }
        return false;
    }

    private static boolean empty(String text) {
        return text == null || text.isEmpty();
    }
}
