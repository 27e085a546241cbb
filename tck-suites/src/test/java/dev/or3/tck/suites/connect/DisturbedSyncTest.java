package dev.or3.tck.suites.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.SnapshotRequest;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.suites.line.LineFault;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class DisturbedSyncTest {
    private static final Caller CALLER = Caller.of("u", "w");
    private static final PushRequest PUSH = new PushRequest(new Scope("w"), List.of());

    private final AtomicInteger calls = new AtomicInteger();

    /** Counts what reaches it. */
    private class Counting implements Sync {
        @Override
        public PushResponse push(Caller caller, PushRequest request) {
            return new PushResponse(List.of(), (long) calls.incrementAndGet());
        }

        @Override
        public PullResponse pull(Caller caller, PullRequest request) {
            calls.incrementAndGet();
            return null;
        }

        @Override
        public void updateCursor(Caller caller, CursorUpdate update) {
            calls.incrementAndGet();
        }

        @Override
        public void gcTombstones(Caller caller, CollectRequest request) {
            calls.incrementAndGet();
        }

        @Override
        public void gcChangeLog(Caller caller, CollectRequest request) {
            calls.incrementAndGet();
        }

        @Override
        public SnapshotPage snapshot(Caller caller, SnapshotRequest request) {
            calls.incrementAndGet();
            return null;
        }
    }

    @ParameterizedTest
    @CsvSource({"NONE, 1", "CUT_BEFORE, 0", "CUT_IN_REQUEST, 0", "ANSWER_DROPPED, 1", "CUT_IN_ANSWER, 1", "DELAYED, 1",
        "DUPLICATED, 2"})
    void each_method_reaches_the_provider_as_often_as_the_line_lets_it(LineFault fault, int times) {
        Sync sync = new DisturbedSync(new Counting(), fault);
        List<Runnable> methods = List.of(() -> sync.push(CALLER, PUSH), () -> sync.pull(CALLER, null),
                () -> sync.updateCursor(CALLER, null), () -> sync.gcTombstones(CALLER, null),
                () -> sync.gcChangeLog(CALLER, null), () -> sync.snapshot(CALLER, null));
        for (int i = 0; i < methods.size(); i++) {
            Runnable method = methods.get(i);
            if (fault.isLossy()) {
                assertThatThrownBy(method::run).isInstanceOfSatisfying(LostAnswerException.class,
                        lost -> assertThat(lost.code()).isEqualTo(fault.name()));
            } else {
                method.run();
            }
            assertThat(calls).as("calls after %d methods", i + 1).hasValue(times * (i + 1));
        }
    }

    @Test
    void a_doubled_request_is_under_way_twice_at_the_same_time() {
        CountDownLatch both = new CountDownLatch(2);
        Sync sync = new DisturbedSync(new Counting() {
            @Override
            public PushResponse push(Caller caller, PushRequest request) {
                both.countDown();
                try {
                    assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.push(caller, request);
            }
        }, LineFault.DUPLICATED);

        assertThat(sync.push(CALLER, PUSH).serverVersion()).isBetween(1L, 2L);
        assertThat(calls).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource(value = LineFault.class, names = {"ANSWER_DROPPED", "CUT_IN_ANSWER"})
    void a_refusal_is_lost_like_any_answer(LineFault fault) {
        Sync sync = new DisturbedSync(new Counting() {
            @Override
            public PushResponse push(Caller caller, PushRequest request) {
                throw ProviderException.forbidden("no");
            }
        }, fault);

        assertThatThrownBy(() -> sync.push(CALLER, PUSH)).isInstanceOf(LostAnswerException.class);
    }
}
