package dev.or3.tck.reference.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Checks the active backend of every organization again and again (CFG-10). When is counted by the provider's time; of
 * several processes on one file, the one that finds a check due first makes it.
 */
final class HealthWatch implements AutoCloseable {
    private static final String DUE = "SELECT a.ws, w.workspace_id FROM active_backends a JOIN workspaces w ON w.ws = a.ws"
            + " WHERE a.checked_at <= ? AND w.removed_at IS NULL";
    private static final String CLAIM = "UPDATE active_backends SET checked_at = ? WHERE ws = ?";
    private static final int THREADS = 4;
    /** How often it looks what is due, at most, in milliseconds. */
    private static final long LOOK = 1000;
    private static final long PATIENCE_SECONDS = 10;

    private final Store store;
    private final ProviderTime time;
    private final Duration interval;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, work -> {
        Thread thread = new Thread(work, "or3-health");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param interval zero: only when asked
     */
    HealthWatch(Store store, ProviderTime time, Duration interval) {
        this.store = store;
        this.time = time;
        this.interval = interval;
    }

    /** Begins to check what is due. */
    void start(Consumer<Organization> check) {
        if (!interval.isZero()) {
            long pause = Math.min(LOOK, interval.toMillis());
            threads.scheduleWithFixedDelay(() -> look(check), pause, pause, TimeUnit.MILLISECONDS);
        }
    }

    private void look(Consumer<Organization> check) {
        try {
            for (Organization organization : due()) {
                threads.execute(() -> quietly(() -> check.accept(organization)));
            }
        } catch (RuntimeException e) {
            // A database that is busy or being restarted: the next look will find the same.
            Failures.log(e);
        }
    }

    private static void quietly(Runnable check) {
        try {
            check.run();
        } catch (RuntimeException e) {
            Failures.log(e);
        }
    }

    /** What is due by now, claimed, so that no other process checks it too. */
    List<Organization> due() {
        if (store.read(this::find).isEmpty()) {
            return List.of();
        }
        return store.write(session -> {
            List<Organization> due = find(session);
            for (Organization organization : due) {
                session.update(CLAIM, time.millis(), organization.ws());
            }
            return due;
        });
    }

    private List<Organization> find(Session session) throws SQLException {
        List<Organization> due = new ArrayList<>();
        try (ResultSet row = session.query(DUE, time.millis() - interval.toMillis())) {
            while (row.next()) {
                due.add(new Organization(row.getLong(1), row.getString(2), false));
            }
        }
        return due;
    }

    /** Does the same for several organizations at once; the results are in their order. */
    <T> List<T> forEach(List<Organization> organizations, Function<Organization, T> work) {
        List<Callable<T>> calls = new ArrayList<>();
        organizations.forEach(organization -> calls.add(() -> work.apply(organization)));
        List<T> results = new ArrayList<>();
        try {
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.busy();
        } catch (ExecutionException e) {
            throw Failures.of((Exception) e.getCause());
        }
        return results;
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
