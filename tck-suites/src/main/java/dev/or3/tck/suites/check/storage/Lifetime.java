package dev.or3.tck.suites.check.storage;

import static dev.or3.tck.suites.check.storage.FileHistory.SLACK;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.AskCall;

/**
 * How long a URL lives, in milliseconds of provider time.
 *
 * @param sureUntil   until then it must work
 * @param goneFrom    from then on it must be refused
 * @param tellsTooFar whether it is told to live longer than any may
 */
record Lifetime(long sureUntil, long goneFrom, boolean tellsTooFar) {
    /** Below this, a time is in seconds. */
    private static final long SECONDS_BELOW = 100_000_000_000L;
    /** A URL that says nothing of its end works for so long at least. */
    private static final long AT_LEAST = 60_000;

    /**
     * @param most how long any URL may live, in milliseconds
     */
    static Lifetime of(AskCall presign, long most) {
        long asked = presign.input().path("expiresInMs").asLong(Long.MAX_VALUE);
        JsonNode expiry = presign.answer().path("expiresAt");
        long last = presign.ended() + most;
        if (!expiry.isNumber()) {
            return new Lifetime(presign.began() + Math.min(AT_LEAST, asked) - SLACK, last + SLACK, false);
        }
        long told = expiry.asLong() < SECONDS_BELOW ? 1000 * expiry.asLong() : expiry.asLong();
        return new Lifetime(told - SLACK, Math.min(told, last) + SLACK, told > last + SLACK);
    }
}
