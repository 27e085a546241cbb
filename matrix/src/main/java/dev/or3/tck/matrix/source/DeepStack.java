package dev.or3.tck.matrix.source;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Threads with much room on their stacks. The parser is native code that calls itself for each level of nesting: where it runs
 * out of stack, the process ends without a word. Memory is taken only as far as a stack grows.
 */
final class DeepStack {
    private static final long BYTES = 1L << 30;
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(),
            work -> {
                Thread thread = new Thread(null, work, "or3-tck source", BYTES);
                thread.setDaemon(true);
                return thread;
            });

    private DeepStack() {
    }

    /** Does something there, and waits for it. */
    static <T> T call(Callable<T> work) throws UnreadableException {
        Future<T> done = THREADS.submit(work);
        try {
            return done.get();
        } catch (InterruptedException e) {
            done.cancel(false);
            Thread.currentThread().interrupt();
            throw new UnreadableException(Place.TOP, "was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnreadableException unreadable) {
                throw unreadable;
            }
            throw new UnreadableException(Place.TOP, "is too much for the parser (" + e.getCause() + ")", e.getCause());
        }
    }
}
