package dev.or3.tck.matrix.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.matrix.host.AuthProvider.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.http.pathmap.PathMappings;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;

/**
 * A host, served over HTTP by Jetty. A request passes sign-in, rate limit, size, shape and role, in this order, before a
 * provider hears of it. Safe for use by several threads.
 */
public final class HostServer implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 5_000;
    private static final String HEALTH = "/healthz";
    private static final int UNSUPPORTED = 501;

    private final Host host;
    private final HostSettings settings;
    private final Gatekeeper gatekeeper;
    private final Consumer<String> log;
    private final PathMappings<Map<String, Route>> routes = new PathMappings<>();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    HostServer(Host host, HostSettings settings, Gatekeeper gatekeeper, List<Route> served, Consumer<String> log) {
        this.host = host;
        this.settings = settings;
        this.gatekeeper = gatekeeper;
        this.log = log;
        Map<String, Map<String, Route>> byPath = new TreeMap<>();
        served.forEach(route ->
                byPath.computeIfAbsent(route.path(), path -> new TreeMap<>()).put(route.method(), route));
        byPath.forEach((path, methods) -> routes.put(new UriTemplatePathSpec(path), methods));
    }

    /**
     * Serves a host until it is closed; the host stays open then.
     *
     * @param environment variables by name, for limits
     * @param address     where to listen; port 0 for any free one
     * @param log         takes a line for each request that failed within, which the caller is not told of
     * @throws ConfigurationException if a limit is no number
     * @throws IOException            if nobody can listen there
     */
    public static HostServer start(Host host, Map<String, String> environment, InetSocketAddress address,
            Consumer<String> log) throws IOException {
        HostSettings settings = HostSettings.of(environment);
        return new HostServer(host, settings, new Gatekeeper(host, settings.perMinute()), Routes.ALL, log)
                .listen(address);
    }

    HostServer listen(InetSocketAddress address) throws IOException {
        connector.setHost(address.getHostString());
        connector.setPort(address.getPort());
        connector.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration().setSendServerVersion(false);
        server.addConnector(connector);
        server.setHandler(new GracefulHandler(new Answering()));
        server.setErrorHandler((request, response, callback) -> {
            fail(response, callback, response.getStatus(), HttpStatus.getMessage(response.getStatus()));
            return true;
        });
        server.setStopTimeout(PATIENCE_MILLIS);
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw e instanceof IOException io ? io : new IOException(e);
        }
        return this;
    }

    /** Where it is served. */
    public URI address() {
        String name = connector.getHost();
        return URI.create("http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + connector.getLocalPort());
    }

    private final class Answering extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store, no-cache, must-revalidate, private");
            response.getHeaders().put(HttpHeader.PRAGMA, "no-cache");
            try {
                send(response, callback, HttpStatus.OK_200, answer(request, response));
            } catch (Gatekeeper.TooMany e) {
                response.getHeaders().put(HttpHeader.RETRY_AFTER, e.retryAfterSeconds());
                fail(response, callback, e.status(), e.getMessage());
            } catch (ProviderException e) {
                refuse(response, callback, e);
            } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
                log.accept(e.toString());
                fail(response, callback, HttpStatus.INTERNAL_SERVER_ERROR_500, "the request could not be served");
            }
            return true;
        }
    }

    /** What a provider says of its own trouble may hold anything, so that only refusals are passed on. */
    private void refuse(Response response, Callback callback, ProviderException e) {
        if (e.status() == UNSUPPORTED) {
            fail(response, callback, HttpStatus.NOT_FOUND_404, "this is not available here");
        } else if (e.status() >= HttpStatus.INTERNAL_SERVER_ERROR_500) {
            log.accept(e.code() + ": " + e.getMessage());
            fail(response, callback, HttpStatus.INTERNAL_SERVER_ERROR_500, "the request could not be served");
        } else {
            fail(response, callback, e.status(), e.getMessage());
        }
    }

    private Object answer(Request request, Response response) {
        String path = Request.getPathInContext(request);
        if (path.equals(HEALTH) && isGet(request)) {
            return Map.of("status", "ok");
        }
        if (path.equals(Routes.SESSION) && isGet(request)) {
            return Routes.session(host, session(request));
        }
        MatchedResource<Map<String, Route>> matched = routes.getMatched(path);
        Route route = matched == null ? null : matched.getResource().get(request.getMethod());
        if (route == null) {
            throw absent(matched, response);
        }
        if (host.provider(route.axis()).isEmpty()) {
            throw ProviderException.notFound(route.axis().label() + " is off here");
        }
        Session session = session(request).orElseThrow(gatekeeper::nobody);
        gatekeeper.count(session, route.rate());
        ObjectNode body = body(request);
        gatekeeper.check(route, body);
        String workspace = route.workspaceOf(id(matched, path), body);
        gatekeeper.authorize(session, route, workspace);
        return route.act().go(host, session, workspace, body);
    }

    private static String id(MatchedResource<Map<String, Route>> matched, String path) {
        String encoded = ((UriTemplatePathSpec) matched.getPathSpec()).getPathParams(path).get("id");
        return encoded == null ? null : URIUtil.decodePath(encoded);
    }

    private static boolean isGet(Request request) {
        return request.getMethod().equals("GET");
    }

    private static ProviderException absent(MatchedResource<Map<String, Route>> matched, Response response) {
        if (matched == null) {
            return ProviderException.notFound("nothing is here");
        }
        String allowed = String.join(", ", matched.getResource().keySet());
        response.getHeaders().put(HttpHeader.ALLOW, allowed);
        return new ProviderException(HttpStatus.METHOD_NOT_ALLOWED_405, "METHOD_NOT_ALLOWED", "use " + allowed);
    }

    private Optional<Session> session(Request request) {
        return gatekeeper.session(new Credentials(request.getHeaders().get(HttpHeader.AUTHORIZATION),
                request.getHeaders().get(HttpHeader.COOKIE)));
    }

    private ObjectNode body(Request request) {
        byte[] bytes;
        try (InputStream stream = Content.Source.asInputStream(request)) {
            bytes = stream.readNBytes(settings.maxBodyBytes() + 1);
        } catch (InterruptedIOException e) {
            throw new ProviderException(HttpStatus.SERVICE_UNAVAILABLE_503, "STOPPING", "the host stops", e);
        } catch (IOException e) {
            throw new ProviderException(400, "BAD_REQUEST", "the body does not come whole", e);
        }
        if (bytes.length > settings.maxBodyBytes()) {
            throw new ProviderException(HttpStatus.PAYLOAD_TOO_LARGE_413, "OVERSIZED",
                    "the body is larger than " + settings.maxBodyBytes() + " bytes");
        }
        if (bytes.length == 0) {
            return Json.mapper().createObjectNode();
        }
        try {
            JsonNode body = Json.mapper().readTree(bytes);
            if (body instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new ProviderException(400, "BAD_REQUEST", "the body is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw ProviderException.badRequest("the body must be a JSON object");
    }

    private void fail(Response response, Callback callback, int status, String message) {
        send(response, callback, status, gatekeeper.failure(status, message));
    }

    private static void send(Response response, Callback callback, int status, Object body) {
        byte[] bytes = Json.writeUtf8(body == null ? Map.of() : body);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }

    /** Answers what is under way, for a few seconds at most, and listens no more. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            log.accept("the server does not stop cleanly: " + e);
        }
    }
}
