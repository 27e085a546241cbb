package dev.or3.tck.suites.fault;

import java.util.List;

/** Permitted differences in rate limits: the kinds of windows. */
final class LimitVariants {
    private LimitVariants() {
    }

    static List<Variant> all() {
        return List.of(
                new Variant("fixed-window", "A window of requests begins with the first of them, and all is free when it ends",
                        parts -> parts.use(new RequestLimits(parts) {
                            @Override
                            List<Long> counted(List<Long> times, Window config, long now) {
                                return times == null || times.isEmpty() || now - times.get(0) >= config.windowMs()
                                        ? List.of() : times;
                            }

                            @Override
                            long retryAfter(List<Long> counted, Window config, long now) {
                                return counted.get(0) + config.windowMs() - now;
                            }
                        })),
                new Variant("aligned-window", "Windows of requests begin at multiples of their length, and tell no time",
                        parts -> parts.use(new RequestLimits(parts) {
                            @Override
                            List<Long> counted(List<Long> times, Window config, long now) {
                                return times == null ? List.of() : times.stream()
                                        .filter(time -> time / config.windowMs() == now / config.windowMs()).toList();
                            }

                            @Override
                            Decision decided(List<Long> counted, Window config, long now) {
                                Decision decided = super.decided(counted, config, now);
                                return new Decision(decided.allowed(), decided.remaining(), null);
                            }

                            @Override
                            Stats look(String key, Window config, long now) {
                                return counted(table().get(key), config, now).isEmpty() ? null
                                        : super.look(key, config, now);
                            }
                        })));
    }
}
