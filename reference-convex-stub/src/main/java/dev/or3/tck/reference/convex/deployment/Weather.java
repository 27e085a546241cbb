package dev.or3.tck.reference.convex.deployment;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What befalls the requests of a deployment. Shares are of all requests, 0 to 1. The n-th request meets the same as every
 * n-th request under that seed. Safe for use by several threads.
 */
public final class Weather {
    /** What befalls one request. */
    public enum Event { NONE, RESET, LOST_ANSWER, RATE_LIMITED, SERVER_ERROR, UNAVAILABLE }

    private final long seed;
    private final double share;
    private final double conflicts;
    private final int latencyMillis;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();

    /**
     * @param share         of requests that meet something else than an answer, each event equally often
     * @param conflicts     of commits that fail as if another had been in the way
     * @param latencyMillis how long an answer in ten is held back at most
     */
    public Weather(long seed, double share, double conflicts, int latencyMillis) {
        this.seed = seed;
        this.share = share;
        this.conflicts = conflicts;
        this.latencyMillis = latencyMillis;
    }

    /** Nothing happens. */
    public static Weather calm() {
        return new Weather(0, 0, 0, 0);
    }

    /** Three requests in a hundred go wrong, a tenth of the commits meets a conflict, and a tenth of the answers is late. */
    public static Weather rough(long seed) {
        return new Weather(seed, 0.03, 0.1, 10);
    }

    /**
     * @param event       what comes instead of an answer, or of executing the request
     * @param delayMillis how long the answer is held back
     */
    public record Moment(Event event, int delayMillis) {
    }

    /** What befalls the next request. */
    Moment next() {
        if (share == 0 && latencyMillis == 0) {
            return new Moment(Event.NONE, 0);
        }
        SplittableRandom random = random(requests.incrementAndGet());
        int delay = latencyMillis > 0 && random.nextInt(10) == 0 ? 1 + random.nextInt(latencyMillis) : 0;
        Event[] events = Event.values();
        return new Moment(random.nextDouble() < share ? events[1 + random.nextInt(events.length - 1)] : Event.NONE, delay);
    }

    /** Whether the next commit is to fail. */
    boolean conflicts() {
        return conflicts > 0 && random(-commits.incrementAndGet()).nextDouble() < conflicts;
    }

    private SplittableRandom random(long number) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
    }
}
