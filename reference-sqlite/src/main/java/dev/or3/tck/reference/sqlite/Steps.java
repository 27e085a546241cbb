package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.config.Configuration.Change;
import dev.or3.tck.api.config.Configuration.StepTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The steps of a change with the time that each took. Used by one thread at a time. */
final class Steps {
    private final List<StepTime> done;
    private final long began;
    private long last;

    Steps() {
        this(System.nanoTime(), List.of());
    }

    private Steps(long began, List<StepTime> done) {
        this.began = began;
        this.last = System.nanoTime();
        this.done = new ArrayList<>(done);
    }

    /** The same, to go on with in work that may run again. */
    Steps copy() {
        return new Steps(began, done);
    }

    /** The step ends now; it began when the one before ended. */
    void done(String name) {
        long now = System.nanoTime();
        done.add(new StepTime(name, TimeUnit.NANOSECONDS.toMillis(now - last)));
        last = now;
    }

    /** How long all of it has taken, in milliseconds. */
    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    Map<String, Long> byName() {
        Map<String, Long> times = new TreeMap<>();
        done.forEach(step -> times.put(step.name(), step.millis()));
        return times;
    }

    Change change(String configId) {
        return new Change(configId, millis(), List.copyOf(done));
    }
}
