package dev.or3.tck.suites.connect;

import dev.or3.tck.api.Manifest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Bare exchanges with one address, for those who tell a broken bridge from a wrong provider: any request, and what came back
 * as it came, but for secrets. Nothing is thrown for what the other side does. Safe for use by several threads.
 */
public final class Wire {
    public static final String CALL = "/tck/v1/call";
    public static final String MANIFEST = "/tck/v1/manifest";

    private final HttpClient client = newClient();
    private final URI base;
    private final Headers headers;
    private final Secrets secrets;

    public Wire(URI base, Headers headers, Secrets secrets) {
        this.base = HttpTarget.base(base);
        this.headers = headers;
        this.secrets = secrets.and(Secrets.of(headers));
    }

    /**
     * What came back.
     *
     * @param status     the HTTP status; 0 if not even that came
     * @param location   where it redirects to, if it does
     * @param callNumber the call that it says it belongs to
     * @param body       all of it; empty if it did not come whole
     * @param millis     how long it took
     * @param trouble    why there is no whole answer, in words; empty if there is one
     */
    public record Seen(int status, Optional<String> location, Optional<String> callNumber, byte[] body, long millis,
            Optional<String> trouble) {

        /** The body as text; what is no UTF-8 is replaced. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    public URI base() {
        return base;
    }

    /** Requests of this address as commands. */
    public Curl.At curl() {
        return Curl.at(base).with(headers);
    }

    public CompletableFuture<Seen> manifest(Duration limit) {
        return send(builder(MANIFEST).GET().build(), limit);
    }

    /**
     * Posts any body as a call.
     *
     * @param number what the call is numbered by
     */
    public CompletableFuture<Seen> post(String body, long number, Duration limit) {
        return send(builder(CALL).header("content-type", "application/json")
                .header(Endpoint.CALL_NUMBER, Long.toString(number)).POST(BodyPublishers.ofString(body)).build(), limit);
    }

    /**
     * Reads a manifest.
     *
     * @throws UnreachableException if it is none, or one of another protocol
     */
    public Manifest read(Seen manifest) {
        return Answers.manifest(manifest.body(), base.toString());
    }

    /** HTTP/1.1, kept open, off to nowhere else. */
    static HttpClient newClient() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5)).build();
    }

    private HttpRequest.Builder builder(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path)).header("accept", "application/json");
        headers.list().forEach(header -> builder.header(header.name(), header.value()));
        return builder;
    }

    private CompletableFuture<Seen> send(HttpRequest request, Duration limit) {
        long began = System.nanoTime();
        CompletableFuture<Begun> head = new CompletableFuture<>();
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(request, info -> {
            Begun answer = new Begun(info.statusCode(), BoundedBody.of(info));
            head.complete(answer);
            return answer.body();
        });
        return exchange.copy().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).handle((response, thrown) -> {
            long millis = (System.nanoTime() - began) / 1_000_000;
            if (thrown == null) {
                return new Seen(response.statusCode(), response.headers().firstValue("location").map(secrets::hide),
                        response.headers().firstValue(Endpoint.CALL_NUMBER).map(secrets::hide),
                        secrets.hide(response.body()), millis, Optional.empty());
            }
            exchange.cancel(true);
            Optional<Begun> begun = Optional.ofNullable(head.getNow(null));
            return new Seen(begun.map(Begun::status).orElse(0), Optional.empty(), Optional.empty(), new byte[0], millis,
                    Optional.of(secrets.hide(words(thrown, begun, limit))));
        });
    }

    private record Begun(int status, BoundedBody body) {
    }

    private static String words(Throwable thrown, Optional<Begun> begun, Duration limit) {
        Throwable cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof TimeoutException) {
            return Endpoint.silence(begun.map(answer -> answer.body().size()).orElse(-1), limit);
        }
        return Endpoint.reason(cause);
    }
}
