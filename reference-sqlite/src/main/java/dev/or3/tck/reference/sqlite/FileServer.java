package dev.or3.tck.reference.sqlite;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.or3.tck.api.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes and gives the bytes of files over HTTP, on loopback. Begins to listen when its address is first asked for. */
final class FileServer implements AutoCloseable {
    static {
        // Without it, every answer waits for an acknowledgement of the last packet.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** So much of a body that is refused is read all the same: a sender who is cut off sees no answer. In bytes. */
    private static final long DRAINED = 64L << 20;

    private final Settings settings;
    private final SqliteStorage storage;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "or3-sqlite-files");
        thread.setDaemon(true);
        return thread;
    });
    private HttpServer server;

    FileServer(Settings settings, SqliteStorage storage) {
        this.settings = settings;
        this.storage = storage;
    }

    /** What the URLs of this instance begin with. */
    synchronized String address() {
        if (server == null) {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.filesPort()), 0);
            } catch (IOException e) {
                throw new ProviderException(500, "SERVER_ERROR", "the port " + settings.filesPort()
                        + " for files is in use: set " + Settings.FILES_PORT + " to another", e);
            }
            server.setExecutor(threads);
            server.createContext(FileUrl.ROOT, this::serve);
            server.start();
        }
        return settings.filesUrl() == null ? "http://127.0.0.1:" + server.getAddress().getPort() : settings.filesUrl();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                switch (exchange.getRequestMethod()) {
                    case "PUT" -> put(exchange);
                    case "GET" -> get(exchange);
                    default -> throw new ProviderException(405, "METHOD_NOT_ALLOWED", "files are put and got");
                }
            } catch (ProviderException e) {
                refuse(exchange, e);
            } catch (RuntimeException e) {
                refuse(exchange, Failures.of(e));
            }
        }
    }

    private void put(HttpExchange exchange) throws IOException {
        storage.take(exchange.getRequestURI(), exchange.getRequestBody());
        exchange.sendResponseHeaders(200, -1);
    }

    private void get(HttpExchange exchange) throws IOException {
        SqliteStorage.Kept file = storage.give(exchange.getRequestURI());
        try (InputStream bytes = file.bytes()) {
            exchange.getResponseHeaders().set("content-type", file.mimeType());
            exchange.getResponseHeaders().set("x-content-type-options", "nosniff");
            exchange.getResponseHeaders().set("cache-control", "private, no-store");
            exchange.sendResponseHeaders(200, file.size() == 0 ? -1 : file.size());
            bytes.transferTo(exchange.getResponseBody());
        }
    }

    private static void refuse(HttpExchange exchange, ProviderException why) throws IOException {
        InputStream body = exchange.getRequestBody();
        byte[] buffer = new byte[64 * 1024];
        long drained = 0;
        for (int read = 0; read >= 0 && drained < DRAINED; read = body.read(buffer)) {
            drained += read;
        }
        byte[] message = why.getMessage().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(why.status(), message.length);
        exchange.getResponseBody().write(message);
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }
}
