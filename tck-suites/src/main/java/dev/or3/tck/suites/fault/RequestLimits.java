package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.limits.RateLimits;
import dev.or3.tck.api.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rate limits with a sliding window: what was let through within the last window counts (RATE rules). */
class RequestLimits implements RateLimits {
    final Parts parts;

    RequestLimits(Parts parts) {
        this.parts = parts;
    }

    @Override
    public final Decision checkAndRecord(Caller caller, Check input) {
        return parts.life.live(() -> {
            admit(caller, input);
            return decide(key(input), input.config(), parts.clock.millis());
        });
    }

    @Override
    public final Stats getStats(Caller caller, Check input) {
        return parts.life.live(() -> {
            admit(caller, input);
            return look(key(input), input.config(), parts.clock.millis());
        });
    }

    /** Refuses malformed input (RATE-04). */
    void admit(Caller caller, Check input) {
        Shape.check(caller, input);
        if (input.config().windowMs() < 1 || input.config().maxRequests() < 1) {
            throw ProviderException.badRequest("windowMs and maxRequests must be 1 or more");
        }
    }

    /** What requests are counted under. */
    String key(Check input) {
        return input.key();
    }

    Decision decide(String key, Window config, long now) {
        Decision[] decided = new Decision[1];
        table().compute(key, (any, times) -> {
            List<Long> counted = counted(times, config, now);
            decided[0] = decided(counted, config, now);
            return recorded(counted, decided[0].allowed(), now);
        });
        return decided[0];
    }

    Map<String, List<Long>> table() {
        return parts.disk.requests;
    }

    /** Those of the recorded times that still count, the oldest first. */
    List<Long> counted(List<Long> times, Window config, long now) {
        return times == null ? List.of() : times.stream().filter(time -> now - time < config.windowMs()).toList();
    }

    Decision decided(List<Long> counted, Window config, long now) {
        int left = left(counted, config);
        return left > 0 ? new Decision(true, left - 1, null) : new Decision(false, 0, retryAfter(counted, config, now));
    }

    int left(List<Long> counted, Window config) {
        return Math.max(0, config.maxRequests() - counted.size());
    }

    long retryAfter(List<Long> counted, Window config, long now) {
        return counted.get(counted.size() - config.maxRequests()) + config.windowMs() - now;
    }

    List<Long> recorded(List<Long> counted, boolean allowed, long now) {
        if (!allowed) {
            return counted;
        }
        List<Long> more = new ArrayList<>(counted);
        more.add(now);
        return List.copyOf(more);
    }

    Stats look(String key, Window config, long now) {
        List<Long> counted = counted(table().get(key), config, now);
        long reset = counted.isEmpty() ? 0 : counted.get(0) + config.windowMs() - now;
        return new Stats(config.maxRequests(), left(counted, config), reset);
    }
}
