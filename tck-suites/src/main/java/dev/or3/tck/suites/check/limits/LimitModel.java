package dev.or3.tck.suites.check.limits;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.Linearizability.Model;
import java.util.Collection;
import java.util.Set;

/** One key within one window that began empty: how many requests were let through. */
record LimitModel(long maxRequests) implements Model<Long, LimitCall, JsonNode> {

    @Override
    public Collection<Long> initial() {
        return Set.of(0L);
    }

    @Override
    public Collection<Long> step(Long count, LimitCall call, JsonNode answer) {
        long left = maxRequests - count;
        if (!call.isCheck()) {
            return !call.tellsRemaining() || call.remaining() <= left ? Set.of(count) : Set.of();
        }
        if (call.isAllowed()) {
            return left > 0 && (!call.tellsRemaining() || call.remaining() <= left - 1) ? Set.of(count + 1) : Set.of();
        }
        return left <= 0 ? Set.of(count) : Set.of();
    }

    @Override
    public Collection<Long> stepUnanswered(Long count, LimitCall call) {
        return call.isCheck() && count < maxRequests ? Set.of(count + 1) : Set.of(count);
    }

    @Override
    public boolean isRead(LimitCall call) {
        return !call.isCheck();
    }
}
