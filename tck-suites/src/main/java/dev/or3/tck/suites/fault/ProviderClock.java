package dev.or3.tck.suites.fault;

import java.util.concurrent.atomic.AtomicLong;

/** An instance's idea of time: real time and an offset that only grows. */
final class ProviderClock {
    private final AtomicLong offsetSeconds;

    ProviderClock(long offsetSeconds) {
        this.offsetSeconds = new AtomicLong(offsetSeconds);
    }

    void moveTo(long otherOffsetSeconds) {
        offsetSeconds.accumulateAndGet(otherOffsetSeconds, Math::max);
    }

    long millis() {
        return System.currentTimeMillis() + 1000 * offsetSeconds.get();
    }

    long seconds() {
        return millis() / 1000;
    }
}
