package dev.or3.tck.suites.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The four kinds of backends (convex, wordpress, notion, supabase), played by WireMock on one port of this machine with
 * their real paths and headers. Each has a mark, which is in its address and in all it answers. The port is taken at once,
 * so that providers can be told of it; the server starts when the first backend is played. Safe for use by several threads.
 */
public final class PlayedBackends {
    /** The mark of the backend that providers use unless an organization says otherwise; it is always up. */
    public static final String DEFAULT = "default-backend";
    public static final String DEFAULT_TYPE = "convex";

    private static final String HOST = "127.0.0.1";
    private static final String SERVER = "com.github.tomakehurst.wiremock.WireMockServer";

    private final Map<String, List<UUID>> played = new HashMap<>();
    private final int port;
    private final Socket reservation;
    private Stage stage;

    private PlayedBackends() {
        try {
            // Bound, but not listening: who comes before the server is refused, and does not wait.
            reservation = new Socket();
            reservation.bind(new InetSocketAddress(HOST, 0));
            port = reservation.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free to play backends on", e);
        }
    }

    /** Those of this JVM; empty where WireMock is not on the class path. */
    public static Optional<PlayedBackends> shared() {
        return Shared.ONLY;
    }

    private static final class Shared {
        private static final Optional<PlayedBackends> ONLY = isPossible() ? Optional.of(new PlayedBackends())
                : Optional.empty();

        private static boolean isPossible() {
            try {
                Class.forName(SERVER, false, PlayedBackends.class.getClassLoader());
                return true;
            } catch (ClassNotFoundException e) {
                return false;
            }
        }
    }

    /** Where the backend of that mark is, played or not. */
    public String address(String mark) {
        return "http://" + HOST + ":" + port + "/" + mark;
    }

    /** Whether any of them, and so the default backend, is up. */
    public synchronized boolean isOn() {
        return stage != null;
    }

    /** The default backend is up from then on. */
    public synchronized void begin() {
        if (stage != null) {
            return;
        }
        try {
            // Held until now, so that nobody else could take the port.
            reservation.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        stage = new Stage(HOST, port);
        play(DEFAULT, DEFAULT_TYPE, List.of(), new Mood(200, 0, false));
    }

    /**
     * A backend is up, in that mood, or changes to it.
     *
     * @param credentials those that it takes; when it fails, it repeats them in what it answers, as some do
     * @throws IllegalArgumentException if there is no such type
     */
    public synchronized void play(String mark, String type, List<String> credentials, Mood mood) {
        begin();
        List<UUID> now = stage.play(mark, type, credentials, mood);
        stage.end(played.getOrDefault(mark, List.of()));
        played.put(mark, now);
    }

    /** It is gone: nobody answers at its address any more, but for the server itself. */
    public synchronized void end(String mark) {
        List<UUID> before = played.remove(mark);
        if (before != null) {
            stage.end(before);
        }
    }
}
