package dev.or3.tck.suites.connect;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A process of a provider, from its start to its end. */
interface Running {

    /** Where it is to listen. */
    URI address();

    /** Waits for it to end, for a while; true if it has ended. */
    boolean endsWithin(Duration limit);

    /** What it ended with; above 128, the signal that killed it. */
    int exitCode();

    /** How it ended, in words that follow its name. */
    default String ending() {
        return "ended with exit code " + exitCode();
    }

    /** The command lines of it and of all that it started, as far as they can be seen. */
    default List<String> commandLines() {
        return List.of();
    }

    /** Takes note of all that it has started by now, once it serves: of a process that is dead nobody can tell any more. */
    void remember();

    /** Kills it by SIGKILL as fast as can be, without waiting for its end: {@link #kill} does that afterwards. */
    void strike();

    /** Kills it by SIGKILL with all that it started, and waits until they are gone and their output is read. */
    void kill();
}
