package dev.or3.tck.suites.connect;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One instance of a provider that is started, waited for, killed, and started again. For one thread at a time. */
final class Instance {
    private static final int STARTS_AT_MOST = 5;
    private static final Duration POLL = Duration.ofMillis(20);
    /** Its connections break a little before it is gone. */
    private static final Duration DYING = Duration.ofMillis(200);
    private static final Duration ONE_ANSWER = Duration.ofSeconds(5);
    /** As much of the last output as an error message is taken to be. */
    private static final int MESSAGE_CHARS = 8_000;

    private final Launcher launcher;
    private final int index;
    private final Connections client = Endpoint.newClient();
    private final Output output;
    private volatile Running process;
    /** Whether its end was wanted. */
    private volatile boolean asked;
    private volatile String obituary;

    Instance(Launcher launcher, int index) {
        this.launcher = launcher;
        this.index = index;
        this.output = new Output(launcher.secrets());
    }

    /** What came first of a process that was started. */
    private enum First { MANIFEST, END, NOTHING }

    /**
     * Starts a process, and waits until its manifest comes.
     *
     * @throws UnreachableException if it ends before, or takes too long
     */
    URI start(Launcher.Start start) {
        return switch (launch(start)) {
            case MANIFEST -> process.address();
            case END -> throw new UnreachableException(launcher.subject() + " " + process.ending()
                    + " before its manifest came; its last words: " + output.lastWords(), null);
            case NOTHING -> throw new UnreachableException(launcher.subject() + " gave no manifest on its port within "
                    + launcher.limit().toSeconds() + " s: " + launcher.advice() + "; its last words: "
                    + output.lastWords(), null);
        };
    }

    /**
     * Starts a process, and ends it as soon as its manifest comes.
     *
     * @throws UnreachableException if it ends before, with what it wrote; or if it takes too long
     */
    void tryStart(Launcher.Start start) {
        try {
            switch (launch(start)) {
                case MANIFEST -> { }
                // Only a process that ends in failure has refused: what it writes on the way elsewhere does not count.
                case END -> throw new UnreachableException("the process " + process.ending()
                        + (process.exitCode() == 0 ? ", as if all were well" : ": " + message()), null);
                case NOTHING -> throw new UnreachableException("the process neither ended nor gave a manifest within "
                        + launcher.limit().toSeconds() + " s", null);
            }
        } finally {
            kill();
        }
    }

    private First launch(Launcher.Start start) {
        for (int starts = 1; ; starts++) {
            process = launcher.start(index, start, output);
            asked = false;
            First first = await(process);
            if (first == First.MANIFEST) {
                process.remember();
                return first;
            }
            process.kill();
            if (first == First.NOTHING || starts == STARTS_AT_MOST || !launcher.mayStartAgain(output.lastWords())) {
                return first;
            }
        }
    }

    private First await(Running started) {
        HttpProvider provider = new HttpProvider(new Endpoint(client, started.address(), HttpTarget.LIMIT, Headers.NONE,
                launcher.secrets()));
        long deadline = System.nanoTime() + launcher.limit().toNanos();
        while (true) {
            try {
                provider.manifest(ONE_ANSWER);
                return First.MANIFEST;
            } catch (UnreachableException e) {
                if (!(e.getCause() instanceof LostAnswerException)) {
                    throw e;
                }
                if (started.endsWithin(POLL)) {
                    return First.END;
                }
                if (System.nanoTime() - deadline > 0) {
                    return First.NOTHING;
                }
            }
        }
    }

    /** Kills without waiting for the end: {@link #kill} does that afterwards. */
    void strike() {
        askToEnd();
        process.strike();
    }

    /** May come from another thread, while it starts. */
    void kill() {
        askToEnd();
        Running running = process;
        if (running != null) {
            running.kill();
        }
    }

    /** How it ended by itself, now or before it was started again, in a sentence. */
    Optional<String> obituary() {
        noteEnd(DYING);
        return Optional.ofNullable(obituary);
    }

    private void noteEnd(Duration patience) {
        Running known = process;
        if (!asked && known != null && known.endsWithin(patience)) {
            obituary = "instance " + (index + 1) + " " + known.ending() + ", and nobody had asked it to; its last words: "
                    + output.lastWords();
        }
    }

    private void askToEnd() {
        noteEnd(Duration.ZERO);
        asked = true;
    }

    /** Of what runs now. */
    List<String> commandLines() {
        Running running = process;
        return running == null ? List.of() : running.commandLines();
    }

    String output() {
        return output.text();
    }

    private String message() {
        String text = output.text();
        return text.substring(Math.max(0, text.length() - MESSAGE_CHARS));
    }
}
