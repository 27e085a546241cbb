package dev.or3.tck.suites.connect;

import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.suites.backend.KitEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Starts a command, each time on a free port. */
final class CommandLauncher implements Launcher {
    private final CommandTarget.Launch launch;
    private final boolean temporary;
    private final KitEnvironment kit;
    private final Secrets secrets;

    /**
     * @param temporary whether the data directory is the launcher's own
     */
    CommandLauncher(CommandTarget.Launch launch, boolean temporary) {
        this.launch = launch;
        this.temporary = temporary;
        this.kit = KitEnvironment.fresh().beside(given());
        this.secrets = Secrets.of(allVariables()).and(Secrets.inCommand(launch.command()));
    }

    @Override
    public Running start(int index, Start start, Output output) {
        int port = freePort();
        output.add("--- or3-tck starts instance " + (index + 1) + " on port " + port + "\n");
        Map<String, String> environment = new HashMap<>(start.over(allVariables()));
        environment.put("PORT", String.valueOf(port));
        environment.put("OR3_TCK_DATA", launch.data().toString());
        WatchedProcess process = WatchedProcess.start(command(port), launch.directory(), environment, output);
        return new OnPort(process, URI.create("http://127.0.0.1:" + port));
    }

    private record OnPort(WatchedProcess process, URI address) implements Running {
        @Override
        public boolean endsWithin(Duration limit) {
            return process.endsWithin(limit);
        }

        @Override
        public int exitCode() {
            return process.exitCode();
        }

        @Override
        public List<String> commandLines() {
            return process.commandLines();
        }

        @Override
        public void remember() {
            process.remember();
        }

        @Override
        public void strike() {
            process.strike();
        }

        @Override
        public void kill() {
            process.kill();
        }
    }

    @Override
    public String name() {
        return secrets.hide(Secrets.hideIn(launch.command()));
    }

    @Override
    public String subject() {
        return "the command '" + name() + "'";
    }

    @Override
    public String advice() {
        return "it must listen on 127.0.0.1, at the port in PORT or {port}";
    }

    @Override
    public Duration limit() {
        return launch.limit();
    }

    @Override
    public Secrets secrets() {
        return secrets;
    }

    private Map<String, String> allVariables() {
        return kit.with(given());
    }

    private Map<String, String> given() {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(launch.environment());
        return all;
    }

    @Override
    public KitEnvironment environment() {
        return kit;
    }

    @Override
    public List<Path> storage(Optional<ProviderFactory.StorageSettings> named) {
        return Place.ofStorage(launch.data(), named, given());
    }

    @Override
    public boolean sets(String variable) {
        return launch.command().contains(variable);
    }

    /** Between looking for a free port and the command taking it, another process may have taken it. */
    @Override
    public boolean mayStartAgain(String lastWords) {
        String words = lastWords.toLowerCase(Locale.ROOT);
        return words.contains("eaddrinuse") || words.contains("address already in use");
    }

    @Override
    public Launcher fresh() {
        return new CommandLauncher(new CommandTarget.Launch(launch.command(), launch.directory(), Place.newDirectory(),
                launch.environment(), launch.limit()), true);
    }

    @Override
    public Place place(Map<String, String> files) {
        return Place.here(files);
    }

    @Override
    public void release() {
        if (temporary) {
            Place.delete(launch.data());
        }
    }

    private String command(int port) {
        return launch.command().replace("{port}", String.valueOf(port)).replace("{data}", word(launch.data()));
    }

    /** As a shell takes it. */
    private static String word(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9/._+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free", e);
        }
    }
}
