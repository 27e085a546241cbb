package dev.or3.tck.reference.backends;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.config.Configuration.Connection;
import dev.or3.tck.api.config.Configuration.Reachability;
import dev.or3.tck.api.config.Registry.Backend;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A backend that is asked over HTTP. It keeps no connection of its own, so there is nothing to close. */
final class HttpBackend implements Backend {
    /** An answer that takes longer than this is degraded, in milliseconds. */
    static final long SLOW = 1000;

    /** Follows no redirect, which could carry credentials to someone else. */
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(Duration.ofSeconds(5)).build();

    private final String type;
    private final HttpRequest request;
    private final Duration limit;

    /**
     * @param request reads something small, as the configured user
     * @param limit   how long an answer may take in all
     */
    HttpBackend(String type, HttpRequest request, Duration limit) {
        this.type = type;
        this.request = request;
        this.limit = limit;
    }

    @Override
    public JsonText query() {
        HttpResponse<byte[]> answer = ask();
        if (answer == null) {
            throw failed("does not answer");
        }
        if (answer.statusCode() / 100 != 2) {
            throw failed("answered " + answer.statusCode());
        }
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        try {
            return JsonText.of(Json.parse(text));
        } catch (IllegalArgumentException notJson) {
            return new JsonText(Json.write(text));
        }
    }

    @Override
    public Connection health() {
        long began = System.nanoTime();
        HttpResponse<byte[]> answer = ask();
        if (answer == null) {
            return new Connection(Reachability.OFFLINE, null, null);
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        return new Connection(reachability(answer.statusCode(), millis), millis, answer.statusCode());
    }

    private static Reachability reachability(int status, long millis) {
        if (status / 100 == 2) {
            return millis < SLOW ? Reachability.ONLINE : Reachability.DEGRADED;
        }
        // Who is overloaded or broken may come back by itself; who refuses us will not.
        return status == 429 || status >= 500 ? Reachability.DEGRADED : Reachability.OFFLINE;
    }

    /** The answer, or null if none came in time. */
    private HttpResponse<byte[]> ask() {
        CompletableFuture<HttpResponse<byte[]>> answer = CLIENT.sendAsync(request, response -> new CappedBody());
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            answer.cancel(true);
        }
    }

    private ProviderException failed(String how) {
        return new ProviderException(502, "BACKEND_FAILED", "the backend (" + type + ") " + how);
    }

    @Override
    public void close() {
    }
}
