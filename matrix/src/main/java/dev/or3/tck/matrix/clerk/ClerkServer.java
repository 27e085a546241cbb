package dev.or3.tck.matrix.clerk;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.or3.tck.api.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays a Clerk instance over HTTP, on loopback: {@code GET /.well-known/jwks.json}, and with the secret key
 * {@code POST /v1/users}, {@code /v1/sessions}, {@code /v1/sessions/ID/tokens}, {@code /v1/sessions/ID/tokens/TEMPLATE} and
 * {@code /v1/sessions/ID/revoke}. Errors have the shape of Clerk's. Safe for use by several threads.
 */
public final class ClerkServer implements AutoCloseable {
    static final String JWKS = "/.well-known/jwks.json";
    private static final Pattern SESSION = Pattern.compile("/v1/sessions/([^/]+)/(tokens|revoke)(?:/([^/]+))?");
    private static final int BACKLOG = 128;
    private static final int SHORTEST_LIFE = 30;
    private static final int LONGEST_LIFE = 315_360_000;

    static {
        // Read once by the server's classes: without it every answer waits for an acknowledgement of the last packet.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ClerkInstance instance;
    private final String secretKey = "sk_test_" + UUID.randomUUID().toString().replace("-", "");
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "clerk stand-in");
        thread.setDaemon(true);
        return thread;
    });

    private ClerkServer(HttpServer server, ClerkInstance instance) {
        this.server = server;
        this.instance = instance;
    }

    /**
     * Starts an instance without users, with a key of its own.
     *
     * @param millis its idea of time, in milliseconds since the epoch
     * @throws IOException if nobody can listen on loopback
     */
    public static ClerkServer start(LongSupplier millis) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        ClerkServer clerk = new ClerkServer(server, new ClerkInstance(millis));
        server.createContext("/", clerk::answer);
        server.setExecutor(clerk.threads);
        server.start();
        return clerk;
    }

    /** Where it is; also the issuer of its tokens. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What its backend API takes as a bearer token. */
    public String secretKey() {
        return secretKey;
    }

    private record Answer(int status, Object body) {
    }

    private static Answer refused(int status, String code, String message) {
        return new Answer(status, Map.of(
                "errors", List.of(Map.of("code", code, "message", message, "long_message", message)), "clerk_trace_id", UUID.randomUUID().toString()));
    }

    private static Answer notFound(String what) {
        return refused(404, "resource_not_found", what + " was not found");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] sent = exchange.getRequestBody().readAllBytes();
            Answer answer;
            try {
                answer = route(exchange, new String(sent, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                answer = refused(400, "request_body_invalid", "the body is no JSON object");
            }
            byte[] body = answer.body() instanceof String text ? text.getBytes(StandardCharsets.UTF_8)
                    : Json.writeUtf8(answer.body());
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer route(HttpExchange exchange, String sent) {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (path.equals(JWKS) && method.equals("GET")) {
            return new Answer(200, instance.jwks());
        }
        if (!("Bearer " + secretKey).equals(exchange.getRequestHeaders().getFirst("authorization"))) {
            return refused(401, "authentication_invalid", "the secret key is missing or wrong");
        }
        if (!method.equals("POST")) {
            return notFound(method + " " + path);
        }
        JsonNode body = sent.isBlank() ? Json.parse("{}") : Json.parse(sent);
        if (path.equals("/v1/users")) {
            return new Answer(200, Map.of("object", "user", "id", instance.addUser()));
        }
        if (path.equals("/v1/sessions")) {
            return instance.signIn(body.path("user_id").textValue()).map(ClerkServer::told)
                    .orElseGet(() -> notFound("the user"));
        }
        Matcher session = SESSION.matcher(path);
        if (!session.matches()) {
            return notFound(path);
        }
        return session.group(2).equals("tokens") ? token(session.group(1), session.group(3), body)
                : instance.revoke(session.group(1)).map(ClerkServer::told).orElseGet(() -> notFound("the session"));
    }

    private static Answer told(ClerkInstance.Session session) {
        return new Answer(200, Map.of("object", "session", "id", session.id(), "user_id", session.userId(),
                "status", session.status(), "expire_at", session.expireAt()));
    }

    private Answer token(String sessionId, String template, JsonNode body) {
        JsonNode seconds = body.path("expires_in_seconds");
        if (!seconds.isMissingNode() && !seconds.isNull()
                && (!seconds.isInt() || seconds.intValue() < SHORTEST_LIFE || seconds.intValue() > LONGEST_LIFE)) {
            return refused(422, "form_param_value_invalid", "expires_in_seconds must be " + SHORTEST_LIFE + " to "
                    + LONGEST_LIFE);
        }
        if (template != null && !ClerkInstance.TEMPLATES.containsKey(template)) {
            return notFound("the template");
        }
        Integer life = seconds.isInt() ? seconds.intValue() : null;
        return instance.active(sessionId).map(session -> new Answer(200, Map.of("object", "token",
                        "jwt", instance.token(session, template, address().toString(), life))))
                .orElseGet(() -> notFound("the session"));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
