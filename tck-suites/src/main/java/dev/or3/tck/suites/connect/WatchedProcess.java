package dev.or3.tck.suites.connect;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command in a process group of its own, beside a shell that watches a pipe from the kit. When the pipe ends, the shell
 * kills the group: the pipe ends when the kit wants it to, and also when the kit itself is killed.
 */
final class WatchedProcess {
    /**
     * The command gets neither the pipe nor the kit's terminal, so that Ctrl-C reaches only the kit. Without setsid, job
     * control gives it a group of its own. Killed at once after its start, it may have no group yet: hence also by itself,
     * and first.
     */
    private static final String WATCH = """
            if command -v setsid >/dev/null 2>&1; then own=setsid; else own=; set -m; fi
            exec 3<&0
            $own sh -c "$1" </dev/null 3<&- &
            child=$!
            { read -r end; kill -s KILL "$child"; kill -s KILL -- "-$child"; } <&3 >/dev/null 2>&1 &
            watch=$!
            exec 3<&-
            wait "$child"
            code=$?
            { kill -s KILL -- "-$child"; kill "$watch"; } >/dev/null 2>&1
            exit "$code"
            """;
    private static final Duration DYING = Duration.ofSeconds(5);

    private final Process watch;
    private final Thread reader;
    private volatile List<ProcessHandle> family = List.of();

    private WatchedProcess(Process watch, Thread reader) {
        this.watch = watch;
        this.reader = reader;
    }

    /**
     * Starts a command.
     *
     * @param command     as a shell takes it
     * @param environment all its variables
     * @param output      takes what it writes
     * @throws UnreachableException if there is no shell to start it
     */
    static WatchedProcess start(String command, Path directory, Map<String, String> environment, Output output) {
        List<String> words = List.of("sh", "-c", WATCH, "or3-tck-watch", command);
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process watch = builder.start();
            Thread reader = new Thread(() -> output.takeAll(watch.getInputStream()), "or3-tck output");
            reader.setDaemon(true);
            reader.start();
            return new WatchedProcess(watch, reader);
        } catch (IOException e) {
            throw new UnreachableException("the command cannot be started: " + e.getMessage(), e);
        }
    }

    /** Waits for the command to end, for a while; true if it has ended. */
    boolean endsWithin(Duration limit) {
        try {
            return watch.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a command ran");
        }
    }

    /** Whether the command still runs. */
    boolean isAlive() {
        return watch.isAlive();
    }

    /** What it ended with; above 128, the signal that killed it. */
    int exitCode() {
        return watch.exitValue();
    }

    /** Those of all that the command has started. */
    List<String> commandLines() {
        return watch.descendants().flatMap(handle -> handle.info().commandLine().stream()).toList();
    }

    /** Takes note of all that the command has started by now: once it is dead, nobody can tell any more. */
    void remember() {
        family = watch.descendants().toList();
    }

    /** Kills the command's group by SIGKILL, as fast as can be. */
    void strike() {
        try {
            watch.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already.
        }
    }

    /** Kills the command and all that it started, by SIGKILL, and waits until they are gone. */
    void kill() {
        List<ProcessHandle> all = Stream.concat(family.stream(), watch.descendants()).distinct().toList();
        strike();
        if (!endsWithinUninterrupted(DYING)) {
            all.forEach(ProcessHandle::destroyForcibly);
            watch.destroyForcibly();
        }
        long deadline = System.nanoTime() + DYING.toNanos();
        for (ProcessHandle handle : all) {
            while (runs(handle) && System.nanoTime() < deadline) {
                handle.onExit().completeOnTimeout(handle, 2, TimeUnit.MILLISECONDS).join();
            }
        }
        awaitReader();
    }

    /** One that is dead but not yet buried by its parent has no command any more, and holds nothing. */
    static boolean runs(ProcessHandle handle) {
        return handle.isAlive() && handle.info().command().isPresent();
    }

    private boolean endsWithinUninterrupted(Duration limit) {
        return watch.onExit().thenApply(ended -> true)
                .completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /** A process that got away may hold the pipe open for ever. */
    private void awaitReader() {
        try {
            reader.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
