package dev.or3.tck.suites.connect;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.SnapshotRequest;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.suites.line.LineFault;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A sync component as one call reaches it over a faulty line, where there is no line to cut: the provider is not called,
 * or called and not heard, or called twice at the same time (DUR-07).
 */
final class DisturbedSync implements Sync {
    private static final int TWO = 2;
    /** Whoever sleeps while the other begins comes too late to meet it; a busy machine needs the core for the other. */
    private static final long SPIN_NANOS = 50_000;

    private final Sync provider;
    private final LineFault fault;

    DisturbedSync(Sync provider, LineFault fault) {
        this.provider = provider;
        this.fault = fault;
    }

    @Override
    public PushResponse push(Caller caller, PushRequest request) {
        return over(() -> provider.push(caller, request));
    }

    @Override
    public PullResponse pull(Caller caller, PullRequest request) {
        return over(() -> provider.pull(caller, request));
    }

    @Override
    public void updateCursor(Caller caller, CursorUpdate update) {
        over(() -> {
            provider.updateCursor(caller, update);
            return null;
        });
    }

    @Override
    public void gcTombstones(Caller caller, CollectRequest request) {
        over(() -> {
            provider.gcTombstones(caller, request);
            return null;
        });
    }

    @Override
    public void gcChangeLog(Caller caller, CollectRequest request) {
        over(() -> {
            provider.gcChangeLog(caller, request);
            return null;
        });
    }

    @Override
    public SnapshotPage snapshot(Caller caller, SnapshotRequest request) {
        return over(() -> provider.snapshot(caller, request));
    }

    private <T> T over(Supplier<T> call) {
        return switch (fault) {
            case NONE -> call.get();
            case CUT_BEFORE, CUT_IN_REQUEST -> throw lost();
            case ANSWER_DROPPED, CUT_IN_ANSWER -> throw unheard(call);
            case DELAYED -> {
                hold();
                yield call.get();
            }
            case DUPLICATED -> twice(call);
        };
    }

    private LostAnswerException lost() {
        return new LostAnswerException(fault.name(), fault.words(), null);
    }

    /** A refusal is dropped like any other answer; what is no answer stays what it is. */
    private LostAnswerException unheard(Supplier<?> call) {
        try {
            call.get();
        } catch (LostAnswerException e) {
            return e;
        } catch (RuntimeException answer) {
            return lost();
        }
        return lost();
    }

    private static void hold() {
        try {
            Thread.sleep(LineFault.DELAY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LostAnswerException("given up while the request was held", e);
        }
    }

    /** Both begin together and both are waited for, so that nothing of this call happens after it. */
    private static <T> T twice(Supplier<T> call) {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch over = new CountDownLatch(1);
        Thread second = new Thread(() -> {
            try {
                together(begun, call);
            } catch (RuntimeException unread) {
                // An answer like any other, and nobody reads it.
            } finally {
                over.countDown();
            }
        }, "or3-tck second request");
        second.setDaemon(true);
        second.start();
        try {
            return together(begun, call);
        } finally {
            await(over);
        }
    }

    private static <T> T together(AtomicInteger begun, Supplier<T> call) {
        begun.incrementAndGet();
        long began = System.nanoTime();
        while (begun.get() < TWO) {
            if (System.nanoTime() - began < SPIN_NANOS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        return call.get();
    }

    private static void await(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LostAnswerException("given up while the second request ran", e);
        }
    }
}
