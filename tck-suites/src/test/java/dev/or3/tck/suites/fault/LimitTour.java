package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.limits.RateLimits.Check;
import dev.or3.tck.api.limits.RateLimits.Decision;
import dev.or3.tck.api.limits.RateLimits.Window;
import java.util.List;

/** The part of the tour that is about rate limits. It moves provider time by some days, and so comes last. */
record LimitTour(Notes notes, Provider provider, Provider second, long offset) {
    private static final long DAY = 24 * 3600;

    void walk() {
        for (String key : List.of("a:b", "a:c", "A:b")) {
            stats(key, 3);
            for (int i = 0; i < 4; i++) {
                check(i % 2 == 0 ? provider : second, key, 3);
                stats(key, 3);
            }
        }
        check(provider, "none", -1);
        check(provider, "none", 3);
        notes.note("without a limit", () -> told(provider, new Check("none", null)));
        stats("none", 3);
        check(provider, "slow", 3);
        provider.controls().clock(offset + DAY / 2);
        for (int i = 0; i < 4; i++) {
            check(provider, "slow", 3);
        }
        for (int days = 1; days < 3; days++) {
            provider.controls().clock(offset + days * DAY + DAY / 4);
            for (int i = 0; i < 4; i++) {
                check(provider, "slow", 3);
            }
        }
    }

    private void check(Provider at, String key, int max) {
        notes.note("check " + key, () -> told(at, new Check(key, new Window(DAY * 1000, max))));
    }

    private static List<Object> told(Provider at, Check input) {
        Decision decision = at.rateLimits().checkAndRecord(null, input);
        Long after = decision.retryAfterMs();
        return List.of(decision.allowed(), decision.remaining(), after == null ? "" : after > DAY);
    }

    private void stats(String key, int max) {
        notes.note("stats " + key, () -> {
            var stats = provider.rateLimits().getStats(null, new Check(key, new Window(DAY * 1000, max)));
            return stats == null ? "none" : List.of(stats.limit(), stats.remaining());
        });
    }
}
