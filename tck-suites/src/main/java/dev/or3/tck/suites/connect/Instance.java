package dev.or3.tck.suites.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One process of a command: started, waited for, killed, and started again. For one thread at a time. */
final class Instance {
    private static final int PORTS_AT_MOST = 5;
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration ONE_ANSWER = Duration.ofSeconds(5);

    private final CommandTarget.Launch launch;
    private final int index;
    private final HttpClient client = Endpoint.newClient();
    private final Secrets secrets;
    private final Output output;
    private volatile WatchedProcess process;

    Instance(CommandTarget.Launch launch, int index) {
        this.launch = launch;
        this.index = index;
        this.secrets = launch.secrets();
        this.output = new Output(secrets);
    }

    /**
     * Starts the command on a free port, and waits until its manifest comes.
     *
     * @param clockOffset seconds that its time is to be ahead
     * @throws UnreachableException if it ends before, or takes too long
     */
    URI start(long clockOffset) {
        for (int ports = 1; ; ports++) {
            int port = freePort();
            output.add("--- or3-tck starts instance " + (index + 1) + " on port " + port + "\n");
            process = WatchedProcess.start(command(port), launch.directory(), environment(port, clockOffset), output);
            URI address = URI.create("http://127.0.0.1:" + port);
            if (answers(address)) {
                process.remember();
                return address;
            }
            process.kill();
            if (ports == PORTS_AT_MOST || !isPortTaken()) {
                throw new UnreachableException("the command '" + launch.shown() + "' ended with exit code "
                        + process.exitCode() + " before its manifest came; its last words: " + output.lastWords(), null);
            }
        }
    }

    /** Whether the manifest came before the process ended. */
    private boolean answers(URI address) {
        HttpProvider provider = new HttpProvider(new Endpoint(client, address, HttpTarget.LIMIT, Headers.NONE, secrets));
        long deadline = System.nanoTime() + launch.limit().toNanos();
        while (true) {
            try {
                provider.manifest(ONE_ANSWER);
                return true;
            } catch (UnreachableException e) {
                if (!(e.getCause() instanceof LostAnswerException)) {
                    throw e;
                }
                if (process.endsWithin(POLL)) {
                    return false;
                }
                if (System.nanoTime() - deadline > 0) {
                    process.kill();
                    throw new UnreachableException("the command '" + launch.shown() + "' gave no manifest on its port"
                            + " within " + launch.limit().toSeconds() + " s: it must listen on 127.0.0.1, at the port in PORT"
                            + " or {port} (" + e.getMessage() + "); its last words: " + output.lastWords(), e);
                }
            }
        }
    }

    /** Kills without waiting for the end: {@link #kill} does that afterwards. */
    void strike() {
        process.strike();
    }

    /** May come from another thread, while it starts. */
    void kill() {
        WatchedProcess running = process;
        if (running != null) {
            running.kill();
        }
    }

    String output() {
        return output.text();
    }

    private String command(int port) {
        return launch.command().replace("{port}", String.valueOf(port)).replace("{data}", word(launch.data()));
    }

    private Map<String, String> environment(int port, long clockOffset) {
        Map<String, String> environment = new HashMap<>(launch.environment());
        environment.put("PORT", String.valueOf(port));
        environment.put("OR3_TCK_DATA", launch.data().toString());
        if (clockOffset > 0) {
            environment.put("OR3_TCK_CLOCK_OFFSET", String.valueOf(clockOffset));
        }
        return environment;
    }

    /** As a shell takes it. */
    private static String word(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9/._+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Between looking for a free port and the command taking it, another process may have taken it. */
    private boolean isPortTaken() {
        String words = output.lastWords().toLowerCase(Locale.ROOT);
        return words.contains("eaddrinuse") || words.contains("address already in use");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free", e);
        }
    }
}
