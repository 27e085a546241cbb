package dev.or3.tck.suites.connect;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * A process beside the kit that outlives it for a moment: when the pipe from the kit ends without a word, because the kit
 * was killed, it removes all containers and volumes that bear the kit's label.
 */
final class ContainerWarden {
    private static final int FAREWELL = '.';
    private static final Duration QUIET = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(200);
    /** Whoever interrupts or hangs up on the kit's group must not end its warden. */
    private static final String DEAF = "trap '' INT TERM HUP; exec \"$@\"";

    private final String run;
    private final Process process;

    private ContainerWarden(String run, Process process) {
        this.run = run;
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @throws UnreachableException if this machine cannot
     */
    static ContainerWarden start() {
        String run = UUID.randomUUID().toString();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> words = List.of("sh", "-c", DEAF, "or3-tck-warden", java, "-Xmx64m", "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), ContainerWarden.class.getName(), run);
        try {
            return new ContainerWarden(run, new ProcessBuilder(words).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start());
        } catch (IOException e) {
            throw new UnreachableException("nobody can watch over the containers: " + e.getMessage(), e);
        }
    }

    /** What tells this run of the kit from others. */
    String run() {
        return run;
    }

    /** By which it finds what it is to remove. */
    Map<String, String> labels() {
        return Map.of(Engine.LABEL, run);
    }

    /** Lets it go: everything is removed already. May be called again. */
    void dismiss() {
        try (OutputStream pipe = process.getOutputStream()) {
            pipe.write(FAREWELL);
        } catch (IOException e) {
            // It has gone already.
        }
    }

    /** The watching process itself: waits for the end of the pipe, and cleans up unless there was a farewell. */
    public static void main(String[] arguments) throws IOException {
        if (System.in.read() == FAREWELL) {
            return;
        }
        Engine engine = Engine.find();
        // What the kit asked for last may come only now: an engine under load takes its time to make a container.
        long quietSince = System.nanoTime();
        while (System.nanoTime() - quietSince < QUIET.toNanos()) {
            if (engine.removeAll(arguments[0])) {
                quietSince = System.nanoTime();
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
