package dev.or3.tck.reference.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.limits.RateLimits.Check;
import dev.or3.tck.api.limits.RateLimits.Decision;
import dev.or3.tck.api.limits.RateLimits.Window;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateLimitsTest {
    private static final int LIMIT = 20;

    @TempDir
    Path directory;

    private static Check check(long windowMs) {
        return new Check("key", new Window(windowMs, LIMIT));
    }

    private Provider open() {
        return new SqliteProvider(ProviderConfig.in(directory));
    }

    @Test
    void aLimitHoldsAcrossInstancesOnOneFileAndOverRestarts() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Provider one = open(); Provider other = open()) {
            List<Callable<Decision>> calls = new ArrayList<>();
            for (int i = 0; i < 3 * LIMIT; i++) {
                Provider at = i % 2 == 0 ? one : other;
                calls.add(() -> at.rateLimits().checkAndRecord(null, check(3_600_000)));
            }
            int allowed = 0;
            for (Future<Decision> decision : threads.invokeAll(calls)) {
                allowed += decision.get().allowed() ? 1 : 0;
            }
            assertThat(allowed).isEqualTo(LIMIT);
        } finally {
            threads.shutdown();
        }
        try (Provider again = open()) {
            assertThat(again.rateLimits().checkAndRecord(null, check(3_600_000)).allowed()).isFalse();
            assertThat(again.rateLimits().getStats(null, check(3_600_000)).remaining()).isZero();
            again.controls().clock(3601);
            assertThat(again.rateLimits().checkAndRecord(null, check(3_600_000)).remaining()).isEqualTo(LIMIT - 1);
        }
    }

    @Test
    void aWindowWithoutEndIsOne() {
        try (Provider provider = open()) {
            assertThat(provider.rateLimits().checkAndRecord(null, check(Long.MAX_VALUE)).allowed()).isTrue();
            assertThat(provider.rateLimits().getStats(null, check(Long.MAX_VALUE)).remaining()).isEqualTo(LIMIT - 1);
        }
    }
}
