package dev.or3.tck.reference.sqlite;

import java.util.concurrent.atomic.AtomicLong;

/** The provider's idea of time: real time plus what the clock control asks for. Outlives a restart of the storage. */
final class ProviderTime {
    private final AtomicLong offsetSeconds = new AtomicLong();

    /** Milliseconds since the epoch. */
    long millis() {
        return System.currentTimeMillis() + offsetSeconds.get() * 1000;
    }

    /** Sets the offset and returns the time, in seconds. */
    long ahead(long seconds) {
        offsetSeconds.set(seconds);
        return Math.floorDiv(millis(), 1000L);
    }
}
