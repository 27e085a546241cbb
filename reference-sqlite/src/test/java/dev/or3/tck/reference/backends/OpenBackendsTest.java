package dev.or3.tck.reference.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.config.Configuration.Connection;
import dev.or3.tck.api.config.Registry.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenBackendsTest {
    private final Instances instances = new Instances();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private Backend open() {
        opened.incrementAndGet();
        return new Backend() {
            @Override
            public JsonText query() {
                return new JsonText("1");
            }

            @Override
            public Connection health() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                closed.incrementAndGet();
                throw new IllegalStateException("nobody is to hear of this");
            }
        };
    }

    @Test
    void oneIsOpenedHoweverManyAskAtOnce() throws Exception {
        List<Callable<Backend>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            calls.add(() -> instances.use("org", "1", this::open, Function.identity()));
        }
        for (Future<Backend> used : threads.invokeAll(calls)) {
            assertThat(used.get()).isSameAs(instances.use("org", "1", this::open, Function.identity()));
        }
        assertThat(opened).hasValue(1);
        instances.use("other", "1", this::open, Function.identity());
        assertThat(opened).hasValue(2);
        instances.close();
        assertThat(closed).hasValue(2);
    }

    @Test
    void anotherVersionReplacesItAndItIsClosedOnceNobodyUsesItAnyMore() {
        instances.use("org", "1", this::open, outer -> {
            Backend next = instances.use("org", "2", this::open, Function.identity());
            assertThat(next).isNotSameAs(outer);
            assertThat(closed).as("still in use").hasValue(0);
            return outer;
        });
        assertThat(closed).hasValue(1);
        instances.retire("org");
        instances.retire("org");
        instances.retire("nobody");
        assertThat(closed).hasValue(2);
    }

    @Test
    void anOpeningThatFailsIsTriedAgainByTheNext() {
        assertThatThrownBy(() -> instances.use("org", "1", () -> {
            throw new IllegalStateException("no");
        }, Function.identity())).hasMessage("no");
        assertThat(instances.use("org", "1", this::open, Backend::query).text()).isEqualTo("1");
    }

    @Test
    void aSlowOpeningInOneOrganizationHoldsUpNoOther() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Future<Backend> slow = threads.submit(() -> instances.use("slow", "1", () -> {
            begun.countDown();
            await(end);
            return open();
        }, Function.identity()));
        await(begun);
        for (int i = 0; i < 100; i++) {
            instances.use("org" + i, "1", this::open, Function.identity());
        }
        assertThat(slow).isNotDone();
        end.countDown();
        assertThat(slow.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
