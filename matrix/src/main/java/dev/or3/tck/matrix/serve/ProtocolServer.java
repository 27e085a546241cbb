package dev.or3.tck.matrix.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.protocol.Dispatcher;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A provider, served over protocol version 1 on the JDK's own HTTP server. Safe for use by several threads. */
public final class ProtocolServer implements AutoCloseable {
    private static final String MANIFEST = "/tck/v1/manifest";
    private static final String CALL = "/tck/v1/call";
    private static final String CONTROL = "/tck/v1/control/";
    private static final String CALL_NUMBER = "x-or3-tck-call";

    static final int MAX_BODY_BYTES = 8 << 20;
    /** What is read of an oversized body, and thrown away, so that the refusal reaches a client that is still sending. */
    private static final int MAX_DISCARDED_BYTES = 64 << 20;
    private static final int BACKLOG = 128;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    static {
        // Read once by the server's classes. Without the first, every answer waits for an acknowledgement of the last
        // packet; the others keep idle connections open for longer than the kit ever pauses.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "600");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
    }

    private final byte[] manifest;
    private final Dispatcher dispatcher;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "or3-tck serve");
        thread.setDaemon(true);
        return thread;
    });
    /** Counts the calls under way, and the server itself. */
    private final Phaser underWay = new Phaser(1);

    private ProtocolServer(Provider provider, Manifest manifest, HttpServer server) {
        this.manifest = Json.writeUtf8(manifest);
        this.dispatcher = new Dispatcher(provider);
        this.server = server;
    }

    /**
     * Serves a provider until it is closed; the provider stays open then.
     *
     * @param address where to listen; port 0 for any free one
     * @throws IOException if nobody can listen there
     */
    public static ProtocolServer start(Provider provider, InetSocketAddress address) throws IOException {
        return start(provider, provider.manifest(), address);
    }

    /** The same, with a manifest that says more than the provider's own. */
    public static ProtocolServer start(Provider provider, Manifest manifest, InetSocketAddress address) throws IOException {
        ProtocolServer served = new ProtocolServer(provider, manifest, HttpServer.create(address, BACKLOG));
        served.server.createContext("/", served::answer);
        served.server.setExecutor(served.threads);
        served.server.start();
        return served;
    }

    /** Where it is served. */
    public URI address() {
        InetSocketAddress bound = server.getAddress();
        String host = bound.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort());
    }

    private record Success(boolean ok, @JsonInclude(JsonInclude.Include.ALWAYS) Object result) {
    }

    private record Failure(boolean ok, Error error) {
        private record Error(int status, String code, String message) {
        }
    }

    private record Message(String message) {
    }

    private void answer(HttpExchange exchange) throws IOException {
        underWay.register();
        try (exchange) {
            route(exchange);
        } finally {
            underWay.arriveAndDeregister();
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals(MANIFEST)) {
            if (allows(exchange, "GET")) {
                send(exchange, 200, manifest);
            }
        } else if (path.equals(CALL)) {
            if (allows(exchange, "POST")) {
                send(exchange, 200, answer(() -> call(body(exchange))));
            }
        } else if (path.startsWith(CONTROL)) {
            if (allows(exchange, "POST")) {
                send(exchange, 200, answer(() -> dispatcher.control(path.substring(CONTROL.length()), body(exchange))));
            }
        } else {
            send(exchange, 404, Json.writeUtf8(new Message("nothing is at " + path + ": see " + MANIFEST)));
        }
    }

    private static boolean allows(HttpExchange exchange, String method) throws IOException {
        if (exchange.getRequestMethod().equals(method)) {
            return true;
        }
        exchange.getResponseHeaders().set("allow", method);
        send(exchange, 405, Json.writeUtf8(new Message("use " + method)));
        return false;
    }

    private Object call(JsonNode body) {
        return dispatcher.call(text(body, "component"), text(body, "method"), caller(body.get("as")), body.get("input"));
    }

    private static String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isTextual()) {
            throw ProviderException.badRequest(name + " must be a text");
        }
        return value.textValue();
    }

    private static Caller caller(JsonNode as) {
        if (as == null || as.isNull()) {
            return null;
        }
        JsonNode workspace = as.path("workspaceId");
        if (!as.path("userId").isTextual() || !workspace.isTextual() && !workspace.isNull() && !workspace.isMissingNode()) {
            throw ProviderException.badRequest("as needs a userId, and a workspaceId if any, as text");
        }
        return new Caller(as.get("userId").textValue(), workspace.textValue());
    }

    /** Whatever the provider does is its own answer. */
    private static byte[] answer(Supplier<Object> act) {
        try {
            return Json.writeUtf8(new Success(true, act.get()));
        } catch (ProviderException e) {
            return failure(e.status(), e.code(), e.getMessage());
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            return failure(500, "SERVER_ERROR", e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private static byte[] failure(int status, String code, String message) {
        return Json.writeUtf8(new Failure(false, new Failure.Error(status, code, message == null ? "no message" : message)));
    }

    private static JsonNode body(HttpExchange exchange) {
        JsonNode body;
        try {
            InputStream stream = exchange.getRequestBody();
            byte[] bytes = stream.readNBytes(MAX_BODY_BYTES + 1);
            if (bytes.length > MAX_BODY_BYTES) {
                discard(stream);
                throw new ProviderException(413, "OVERSIZED", "the body is larger than " + MAX_BODY_BYTES + " bytes");
            }
            body = Json.mapper().readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new ProviderException(400, "BAD_REQUEST", "the body is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ProviderException(400, "BAD_REQUEST", "the body cannot be read: " + e.getMessage(), e);
        }
        if (body == null || !body.isObject()) {
            throw ProviderException.badRequest("the body must be a JSON object");
        }
        return body;
    }

    private static void discard(InputStream stream) throws IOException {
        byte[] buffer = new byte[64 << 10];
        long discarded = 0;
        for (int read; discarded < MAX_DISCARDED_BYTES && (read = stream.read(buffer)) >= 0; ) {
            discarded += read;
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        String number = exchange.getRequestHeaders().getFirst(CALL_NUMBER);
        if (number != null) {
            exchange.getResponseHeaders().set(CALL_NUMBER, number);
        }
        exchange.getResponseHeaders().set("content-type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream stream = exchange.getResponseBody()) {
            stream.write(body);
        }
    }

    /** Answers what is under way, for a few seconds at most, and listens no more. */
    @Override
    public void close() {
        try {
            underWay.awaitAdvanceInterruptibly(underWay.arrive(), PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // What still runs is cut off.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
    }
}
