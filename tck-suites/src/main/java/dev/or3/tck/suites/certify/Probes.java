package dev.or3.tck.suites.certify;

import dev.or3.tck.suites.connect.UnreachableException;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.run.History;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What happens beside the target, in starts of its provider that nobody else sees, while plans run against it: starting a
 * process takes a while. Used by one thread.
 */
final class Probes implements AutoCloseable {
    private static final long ENDING_SECONDS = 30;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "or3-tck probes");
        made.setDaemon(true);
        return made;
    });
    private final List<Future<Probed>> underWay = new ArrayList<>();

    /** A plan, and what became of it. */
    record Probed(Plan plan, History history) {
    }

    /** Begins, after those that have begun before. */
    void begin(Plan plan, Supplier<History> run) {
        underWay.add(thread.submit(() -> new Probed(plan, run.get())));
    }

    /**
     * Those that have ended since the last time.
     *
     * @throws UnreachableException if a provider did not start where it had to
     */
    List<Probed> takeEnded() {
        List<Probed> ended = new ArrayList<>();
        while (!underWay.isEmpty() && underWay.get(0).isDone()) {
            ended.add(result(underWay.remove(0)));
        }
        return ended;
    }

    /** Waits until all have ended. */
    void awaitAll() {
        for (Future<Probed> probe : underWay) {
            try {
                probe.get();
            } catch (ExecutionException e) {
                // Whoever takes it is told.
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    private static Probed result(Future<Probed> ended) {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("interrupted while the provider was tried out");
    }

    /** Lets what runs end, so that nothing of it is left. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(ENDING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
