package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.matrix.host.ConfigurationException;
import dev.or3.tck.matrix.host.Host;
import dev.or3.tck.matrix.host.HostServer;
import dev.or3.tck.matrix.serve.ProtocolServer;
import dev.or3.tck.suites.connect.Bounded;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves a provider of this JVM over protocol version 1, or a whole host, until the process is ended. */
@Command(name = "serve", mixinStandardHelpOptions = true,
        description = "Serves a provider over the protocol, as a bridge in another language would, or a whole host,"
                + " until it is ended (Ctrl-C).",
        footer = {"", "For example, two JVMs on one database file:",
                  "  or3-tck certify --instances 2 --command \"or3-tck serve --provider sqlite\""})
final class ServeCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int HIGHEST_PORT = 65535;
    private static final String OFFSET = "OR3_TCK_CLOCK_OFFSET";
    private static final String SCHEMA = "OR3_TCK_SCHEMA";
    private static final String HOST = "OR3_TCK_HOST";

    private final Console console;

    @Mixin
    private ProviderOptions provider;

    @Option(names = "--port", paramLabel = "N",
            description = "Where to listen; 0 for any free port. Default: the variable PORT, else 0.")
    private Integer port;

    @Option(names = "--host",
            description = "Serve the whole host: the endpoints of an app, over the providers that the variables of the"
                    + " environment and --set select, such as OR3_SYNC_PROVIDER.")
    private boolean wholeHost;

    @Option(names = "--listen", paramLabel = "ADDRESS",
            description = "Whom to listen for. Default: the variable OR3_TCK_HOST, else 127.0.0.1, this machine only.")
    private String listen;

    @Option(names = "--data", paramLabel = "DIR",
            description = "The provider's files, which stay. Default: the variable OR3_TCK_DATA, else a temporary"
                    + " directory.")
    private Path data;

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        InetSocketAddress address = address();
        Path named = data != null ? data : set("OR3_TCK_DATA") ? Path.of(variable("OR3_TCK_DATA")) : null;
        if (named == null) {
            try (TemporaryData temporary = TemporaryData.create()) {
                return serve(address, temporary.directory());
            }
        }
        try {
            return serve(address, Files.createDirectories(named));
        } catch (IOException e) {
            throw Trouble.usage(named + " cannot be used for the provider's files: " + e, e);
        }
    }

    private Integer serve(InetSocketAddress address, Path directory) {
        return wholeHost ? serveHost(address, directory) : serveProvider(address, directory);
    }

    private Integer serveHost(InetSocketAddress address, Path directory) {
        if (!provider.nameNone()) {
            throw Trouble.usage("--host serves what the variables select, such as OR3_SYNC_PROVIDER: leave --provider out");
        }
        Map<String, String> environment = new HashMap<>(console.environment());
        environment.putAll(provider.settings());
        try (Host host = Host.open(environment, directory, ServeCommand.class.getClassLoader());
                HostServer server = HostServer.start(host, environment, address, this::warn)) {
            host.decisions().stream().filter(decision -> !decision.isOn()).forEach(decision -> warn(decision.note()));
            tell("the host", server.address());
            awaitEnd(() -> {
                server.close();
                host.close();
            });
            return ExitCode.OK;
        } catch (ConfigurationException e) {
            throw Trouble.usage("the host does not start: " + e.getMessage(), e);
        } catch (IOException e) {
            throw taken(address, e);
        }
    }

    private void warn(String line) {
        console.err().println("or3-tck: " + line);
        console.flush();
    }

    private void tell(String what, URI address) {
        console.out().println("or3-tck: serving " + what + " on " + address);
        console.flush();
    }

    private Trouble taken(InetSocketAddress address, IOException e) {
        return Trouble.usage("nobody can listen at " + listensTo() + ", port " + address.getPort() + ": " + e.getMessage()
                + "; choose another --port, or 0 for any", e);
    }

    private Integer serveProvider(InetSocketAddress address, Path directory) {
        ProviderChoice.Opened opened = provider.choice(1).open(console, directory, schema(), LIMIT);
        try (Provider served = opened.provider()) {
            moveClock(served);
            try (ProtocolServer server = ProtocolServer.start(served, manifest(opened), address)) {
                tell(served.manifest().provider().id(), server.address());
                awaitEnd(() -> {
                    server.close();
                    served.close();
                });
            } catch (IOException e) {
                throw taken(address, e);
            }
        }
        return ExitCode.OK;
    }

    /** Until the thread is interrupted; or until the process is, and then calls under way are still answered. */
    private static void awaitEnd(Runnable end) {
        Thread onExit = new Thread(end, "or3-tck serve exit");
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(onExit);
        }
    }

    /** A process that is started again is told at once what time it is. */
    private void moveClock(Provider served) {
        if (!set(OFFSET) || !served.manifest().hasControl("clock")) {
            return;
        }
        long offset = number(OFFSET, Integer.MAX_VALUE);
        Bounded.run("moving the clock", LIMIT, () -> served.controls().clock(offset));
    }

    /** A process is started by variables, which the provider itself knows nothing of. */
    private static Manifest manifest(ProviderChoice.Opened opened) {
        Manifest own = opened.provider().manifest();
        return opened.storage().map(storage -> own.withStarts(new Manifest.Starts(storage.path(), storage.strict(), SCHEMA)))
                .orElse(own);
    }

    private WireSchema schema() {
        WireSchema current = WireSchema.current();
        if (!set(SCHEMA)) {
            return current;
        }
        int version = (int) number(SCHEMA, current.version());
        if (version == 0) {
            throw Trouble.usage("the variable " + SCHEMA + " is 0: set it to a version from 1 to " + current.version());
        }
        return current.asOf(version);
    }

    private String listensTo() {
        return listen != null ? listen : set(HOST) ? variable(HOST) : "127.0.0.1";
    }

    private InetSocketAddress address() {
        int number = port != null ? port : set("PORT") ? (int) number("PORT", HIGHEST_PORT) : 0;
        if (number < 0 || number > HIGHEST_PORT) {
            throw Trouble.usage("--port " + number + " is out of range: from 0 to " + HIGHEST_PORT);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(listensTo()), number);
        } catch (UnknownHostException e) {
            throw Trouble.usage("--listen: no machine is called '" + listensTo() + "'; try 127.0.0.1", e);
        }
    }

    private long number(String name, int most) {
        String text = variable(name);
        if (!text.matches("\\d{1,10}") || Long.parseLong(text) > most) {
            throw Trouble.usage("the variable " + name + " is '" + text + "': set it to a number from 0 to " + most);
        }
        return Long.parseLong(text);
    }

    private boolean set(String name) {
        return !variable(name).isBlank();
    }

    private String variable(String name) {
        return console.environment().getOrDefault(name, "");
    }
}
