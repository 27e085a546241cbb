package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.suites.fault.Fault.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Faults of rate limits. */
final class LimitFaults {
    private static final FaultPart PART = new FaultPart("limits");

    private LimitFaults() {
    }

    static List<Fault> all() {
        return List.of(
                PART.fault("R01", "RATE-01", Set.of(Need.CONCURRENT),
                        "Requests are counted in one step and recorded in another, so that more than the limit pass at once",
                        parts -> parts.use(new ReadThenWrite(parts))),
                PART.fault("R04", "RATE-02", Set.of(Need.CLOCK), "A window never ends",
                        parts -> parts.use(new Endless(parts))),
                PART.fault("B-RATE-1", "RATE-01", "One request more than the limit passes",
                        parts -> parts.use(new OneMore(parts))),
                PART.fault("B-RATE-2", "RATE-01 RATE-03", "Every request begins a window of its own",
                        parts -> parts.use(new Restarting(parts))),
                PART.fault("B-RATE-3", "RATE-01", Set.of(Need.INSTANCES), "Each instance counts for itself",
                        parts -> parts.use(new OwnTable(parts))),
                PART.fault("B-RATE-4", "RATE-02", Set.of(Need.CLOCK), "Denied requests count too, so that who asks on is never let in",
                        parts -> parts.use(new DeniedCount(parts))),
                PART.fault("B-RATE-5", "RATE-02", Set.of(Need.CLOCK), "The time to retry after is told in seconds",
                        parts -> parts.use(new InSeconds(parts))),
                PART.fault("R03", "RATE-03", "The key loses what follows its colon: one route starves another",
                        parts -> parts.use(new OtherKeys(parts, key -> key.split(":")[0]))),
                PART.fault("B-RATE-6", "RATE-03", "Keys are compared without regard to case",
                        parts -> parts.use(new OtherKeys(parts, key -> key.toLowerCase(Locale.ROOT)))),
                PART.fault("B-RATE-7", "RATE-03", "Asking for the figures counts as a request",
                        parts -> parts.use(new CountedQuestions(parts))),
                PART.fault("B-RATE-8", "RATE-03", "What remains is told as it was before the request",
                        parts -> parts.use(new OneTooMany(parts))),
                PART.fault("B-RATE-9", "RATE-04", "Limits are not looked at: a negative one lets nothing pass",
                        parts -> parts.use(new Unchecked(parts))),
                PART.fault("B-RATE-10", "RATE-04 RATE-03", "A request counts before its input is checked",
                        parts -> parts.use(new CountedFirst(parts))));
    }

    private static final class ReadThenWrite extends RequestLimits {
        ReadThenWrite(Parts parts) {
            super(parts);
        }

        @Override
        Decision decide(String key, Window config, long now) {
            Decision decided = decided(counted(table().get(key), config, now), config, now);
            table().compute(key, (any, times) -> recorded(counted(times, config, now), decided.allowed(), now));
            return decided;
        }
    }

    private static final class Endless extends RequestLimits {
        Endless(Parts parts) {
            super(parts);
        }

        @Override
        List<Long> counted(List<Long> times, Window config, long now) {
            return times == null ? List.of() : times;
        }
    }

    private static final class OneMore extends RequestLimits {
        OneMore(Parts parts) {
            super(parts);
        }

        @Override
        Decision decided(List<Long> counted, Window config, long now) {
            return counted.size() <= config.maxRequests()
                    ? new Decision(true, Math.max(0, config.maxRequests() - counted.size() - 1), null)
                    : super.decided(counted, config, now);
        }
    }

    private static final class Restarting extends RequestLimits {
        Restarting(Parts parts) {
            super(parts);
        }

        @Override
        List<Long> recorded(List<Long> counted, boolean allowed, long now) {
            return List.of(now);
        }
    }

    private static final class OwnTable extends RequestLimits {
        private final Map<String, List<Long>> own = new ConcurrentHashMap<>();

        OwnTable(Parts parts) {
            super(parts);
        }

        @Override
        Map<String, List<Long>> table() {
            return own;
        }
    }

    private static final class DeniedCount extends RequestLimits {
        DeniedCount(Parts parts) {
            super(parts);
        }

        @Override
        List<Long> recorded(List<Long> counted, boolean allowed, long now) {
            return super.recorded(counted, true, now);
        }
    }

    private static final class InSeconds extends RequestLimits {
        InSeconds(Parts parts) {
            super(parts);
        }

        @Override
        long retryAfter(List<Long> counted, Window config, long now) {
            return super.retryAfter(counted, config, now) / 1000;
        }
    }

    private static final class OtherKeys extends RequestLimits {
        private final Function<String, String> change;

        OtherKeys(Parts parts, Function<String, String> change) {
            super(parts);
            this.change = change;
        }

        @Override
        String key(Check input) {
            return change.apply(input.key());
        }
    }

    private static final class CountedQuestions extends RequestLimits {
        CountedQuestions(Parts parts) {
            super(parts);
        }

        @Override
        Stats look(String key, Window config, long now) {
            decide(key, config, now);
            return super.look(key, config, now);
        }
    }

    private static final class OneTooMany extends RequestLimits {
        OneTooMany(Parts parts) {
            super(parts);
        }

        @Override
        Decision decided(List<Long> counted, Window config, long now) {
            Decision decided = super.decided(counted, config, now);
            return decided.allowed() ? new Decision(true, decided.remaining() + 1, null) : decided;
        }
    }

    private static final class Unchecked extends RequestLimits {
        Unchecked(Parts parts) {
            super(parts);
        }

        @Override
        void admit(Caller caller, Check input) {
            if (input.key() == null || input.config() == null || input.config().windowMs() == null
                    || input.config().maxRequests() == null) {
                super.admit(caller, input);
            }
        }

        @Override
        Decision decided(List<Long> counted, Window config, long now) {
            return left(counted, config) > 0 ? super.decided(counted, config, now) : new Decision(false, 0, 0L);
        }
    }

    private static final class CountedFirst extends RequestLimits {
        CountedFirst(Parts parts) {
            super(parts);
        }

        @Override
        void admit(Caller caller, Check input) {
            if (input.key() != null) {
                long now = parts.clock.millis();
                table().compute(input.key(), (any, times) -> {
                    List<Long> more = new ArrayList<>(times == null ? List.of() : times);
                    if (input.config() == null || input.config().windowMs() == null || input.config().windowMs() < 1) {
                        more.add(now);
                    }
                    return List.copyOf(more);
                });
            }
            super.admit(caller, input);
        }
    }
}
