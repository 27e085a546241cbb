package dev.or3.tck.reference.convex;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.limits.RateLimits;
import dev.or3.tck.api.shape.Shape;

/** The rateLimits component; counting is the deployment's, so it holds across instances (RATE-01). */
final class ConvexRateLimits implements RateLimits {
    private final Calls calls;

    ConvexRateLimits(Calls calls) {
        this.calls = calls;
    }

    @Override
    public Decision checkAndRecord(Caller caller, Check input) {
        Shape.check(caller, input);
        return calls.mutation(caller, "rateLimits:checkAndRecord", Calls.args(input), Decision.class);
    }

    @Override
    public Stats getStats(Caller caller, Check input) {
        Shape.check(caller, input);
        return calls.query(caller, "rateLimits:getStats", Calls.args(input), Stats.class);
    }
}
