package dev.or3.tck.suites.connect;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Calls into a provider that must end: on a daemon thread, which is left behind if they do not. */
public final class Bounded {
    private Bounded() {
    }

    /**
     * @param what in words, for the message
     * @throws UnreachableException if the call throws anything, or has not ended in time
     */
    public static <T> T call(String what, Duration limit, Supplier<T> call) {
        FutureTask<T> task = new FutureTask<>(call::get);
        Thread thread = new Thread(task, "or3-tck " + what);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            throw new UnreachableException(what + " failed: " + why, cause);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new UnreachableException(what + " did not end within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted during " + what);
        }
    }

    public static void run(String what, Duration limit, Runnable call) {
        call(what, limit, () -> {
            call.run();
            return null;
        });
    }
}
