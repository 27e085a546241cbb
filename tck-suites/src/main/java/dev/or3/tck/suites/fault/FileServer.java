package dev.or3.tck.suites.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.or3.tck.api.ProviderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Takes and gives the bytes of files, on loopback, for one instance. Begins to listen when its address is first asked
 * for.
 */
final class FileServer implements AutoCloseable {
    static {
        // Without it, every answer waits for an acknowledgement of the last packet.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** Larger bodies than this are cut off and refused. */
    private static final int LARGEST = 16 * 1024 * 1024;

    private final Supplier<Depot> depot;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "or3-memory-files");
        thread.setDaemon(true);
        return thread;
    });
    private HttpServer server;

    FileServer(Supplier<Depot> depot) {
        this.depot = depot;
    }

    /** Where it listens. */
    synchronized String address() {
        if (server == null) {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.setExecutor(threads);
            server.createContext("/", this::serve);
            server.start();
        }
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                // All of it before anything is answered: a sender who is cut short sees no answer.
                FileUrl.Signed url = FileUrl.parse(exchange.getRequestURI());
                byte[] answer = exchange.getRequestMethod().equalsIgnoreCase(url.url().method())
                        ? depot.get().carry(url, () -> body(exchange)) : refuse("another method than the URL is for");
                exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
                exchange.getResponseBody().write(answer);
            } catch (IllegalArgumentException e) {
                answer(exchange, 404, e.getMessage());
            } catch (ProviderException e) {
                answer(exchange, e.status(), e.getMessage());
            }
        }
    }

    private static byte[] refuse(String why) {
        throw ProviderException.badRequest(why);
    }

    private static byte[] body(HttpExchange exchange) {
        try {
            return exchange.getRequestBody().readNBytes(LARGEST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, String message) throws IOException {
        exchange.getRequestBody().readNBytes(LARGEST);
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }
}
