package dev.or3.tck.api.limits;

import dev.or3.tck.api.Caller;

/**
 * The rateLimits component (RATE rules). Called by several threads at once. Fixed and sliding windows are both correct: at
 * most maxRequests in a burst shorter than the window, at most twice that in any window.
 */
public interface RateLimits {

    /** Counts a request, unless it is denied (RATE-01, -02). */
    Decision checkAndRecord(Caller caller, Check input);

    /** How things stand for a key, counting nothing; null if nothing is known of it (RATE-03). */
    Stats getStats(Caller caller, Check input);

    /**
     * @param key    what is limited: a user and a route, say
     * @param config the limit
     */
    record Check(String key, Window config) {
    }

    /**
     * @param windowMs    in milliseconds, 1 or more
     * @param maxRequests in one window, 1 or more
     */
    record Window(Long windowMs, Integer maxRequests) {
    }

    /**
     * @param remaining    how many more would be allowed now, 0 or more
     * @param retryAfterMs with a denial: in how many milliseconds a request may pass; null if not told
     */
    record Decision(boolean allowed, int remaining, Long retryAfterMs) {
    }

    /**
     * @param limit     in one window
     * @param remaining how many more would be allowed now, 0 or more
     * @param resetMs   milliseconds until the window is over, or the epoch millisecond at which it is
     */
    record Stats(int limit, int remaining, Long resetMs) {
    }
}
