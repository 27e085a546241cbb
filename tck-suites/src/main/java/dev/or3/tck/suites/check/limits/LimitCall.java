package dev.or3.tck.suites.check.limits;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.AskCall;
import java.util.Optional;

/**
 * A call of the rateLimits component about a limit that makes sense.
 *
 * @param windowMs    in milliseconds
 * @param maxRequests in one window
 */
record LimitCall(AskCall asked, String key, long windowMs, long maxRequests) {
    static final String COMPONENT = "rateLimits";

    /** Empty if it is malformed: then it is about no limit. */
    static Optional<LimitCall> of(AskCall asked) {
        JsonNode config = asked.input().path("config");
        String key = asked.text("key");
        boolean sound = key != null && config.path("windowMs").isIntegralNumber() && config.path("windowMs").asLong() > 0
                && config.path("maxRequests").isIntegralNumber() && config.path("maxRequests").asLong() > 0;
        return sound ? Optional.of(new LimitCall(asked, key, config.path("windowMs").asLong(),
                config.path("maxRequests").asLong())) : Optional.empty();
    }

    boolean isCheck() {
        return asked.is("checkAndRecord");
    }

    /** Whether it was let through, for sure. */
    boolean isAllowed() {
        return isCheck() && asked.isOk() && asked.answer().path("allowed").asBoolean(false);
    }

    /** Whether it may count: let through, or of unknown outcome. */
    boolean mayCount() {
        return isCheck() && (isAllowed() || asked.isUnknown());
    }

    boolean isDenied() {
        return isCheck() && asked.isOk() && asked.answer().path("allowed").isBoolean() && !isAllowed();
    }

    /** Whether it tells what remains. */
    boolean tellsRemaining() {
        return asked.isOk() && asked.answer().path("remaining").isNumber();
    }

    long remaining() {
        return asked.answer().path("remaining").asLong();
    }

    Optional<Long> retryAfterMs() {
        JsonNode told = asked.answer().path("retryAfterMs");
        return told.isNumber() ? Optional.of(told.asLong()) : Optional.empty();
    }

    boolean precedes(LimitCall other) {
        return asked.precedes(other.asked);
    }

    long began() {
        return asked.began();
    }

    long ended() {
        return asked.ended();
    }
}
