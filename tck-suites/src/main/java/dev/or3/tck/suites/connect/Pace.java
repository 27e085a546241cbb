package dev.or3.tck.suites.connect;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Keeps what each caller sends below what a host lets them. Safe for use by several threads. */
final class Pace {
    /** A minute, and what clocks and connections may add. */
    private static final long WINDOW_NANOS = Duration.ofSeconds(62).toNanos();

    private final Map<String, Integer> perMinute;
    private final Map<String, Deque<Long>> sent = new HashMap<>();

    /**
     * @param perMinute how many requests of a kind a caller may send in a minute; what is not named is not limited
     */
    Pace(Map<String, Integer> perMinute) {
        this.perMinute = Map.copyOf(perMinute);
    }

    /** The longest that a request waits for its turn. */
    Duration longest() {
        return perMinute.isEmpty() ? Duration.ZERO : Duration.ofNanos(WINDOW_NANOS);
    }

    /**
     * Waits until the caller may send a request of that kind, and counts it.
     *
     * @throws LostAnswerException if the thread is interrupted meanwhile; nothing was sent then
     */
    void await(String caller, String kind) {
        Integer most = perMinute.get(kind);
        if (most == null) {
            return;
        }
        for (long wait; (wait = take(caller + " " + kind, most)) > 0; ) {
            try {
                Thread.sleep(wait / 1_000_000 + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LostAnswerException("given up before it was sent", e);
            }
        }
    }

    /** Nanoseconds to wait; 0 if it was counted. */
    private synchronized long take(String who, int most) {
        Deque<Long> times = recent(who);
        if (times.size() < most) {
            times.add(System.nanoTime());
            return 0;
        }
        return Math.max(1, times.getFirst() + WINDOW_NANOS - System.nanoTime());
    }

    /** The share, 0 to 1, that is left of what the caller may send of the kind that is scarcest. */
    synchronized double left(String caller) {
        return perMinute.entrySet().stream().mapToDouble(kind -> 1 - recent(caller + " " + kind.getKey()).size()
                / (double) kind.getValue()).min().orElse(1);
    }

    private Deque<Long> recent(String who) {
        Deque<Long> times = sent.computeIfAbsent(who, key -> new ArrayDeque<>());
        long now = System.nanoTime();
        while (!times.isEmpty() && now - times.getFirst() >= WINDOW_NANOS) {
            times.removeFirst();
        }
        return times;
    }
}
