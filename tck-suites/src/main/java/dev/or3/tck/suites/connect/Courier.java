package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.ProviderException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Carries bytes by URLs that a provider hands out (STOR rules). The bytes are made and looked at as they pass, never kept;
 * nothing is retried; a redirect is followed for a fetch only, and never to another host or port. Nothing is sent along
 * but what the provider asked for. Safe for use by several threads.
 */
public final class Courier {
    private static final int REDIRECTS_AT_MOST = 5;
    private static final int LONGEST_MESSAGE = 200;

    /** Opened with the first use: most runs carry nothing. */
    private static final class Lines {
        private static final HttpClient CLIENT = Wire.newClient();
    }

    private Courier() {
    }

    /**
     * What a presign answered.
     *
     * @param method  null if it named none
     * @param headers to be sent along
     */
    public record Address(String url, String method, Map<String, String> headers) {

        public static Address of(String url, JsonNode method, JsonNode headers) {
            Map<String, String> given = new LinkedHashMap<>();
            headers.fields().forEachRemaining(header -> given.put(header.getKey(), header.getValue().asText()));
            return new Address(url, method.isTextual() ? method.textValue().toUpperCase(Locale.ROOT) : null, given);
        }
    }

    /**
     * What the server answered.
     *
     * @param status    the HTTP status, below 400
     * @param size      of the body, in bytes
     * @param sha256    of the body, in hex
     * @param storageId the provider's own name of what was sent, if the answer told one; else null
     */
    public record Delivery(int status, long size, String sha256, String storageId) {
    }

    /**
     * Fetches what lies there.
     *
     * @param limit how long it may take, to the last byte
     * @throws ProviderException   if the server answers a status of 400 or more, or the URL is none
     * @throws LostAnswerException if no whole answer comes
     */
    public static Delivery fetch(Address address, Duration limit) {
        return carry(address, address.method() == null ? "GET" : address.method(), BodyPublishers.noBody(), limit);
    }

    /**
     * Brings bytes there; throws as {@link #fetch} does.
     *
     * @param bytes a fresh stream of as many bytes as {@code size} says
     */
    public static Delivery bring(Address address, long size, Supplier<InputStream> bytes, Duration limit) {
        BodyPublisher body = size == 0 ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(bytes), size);
        return carry(address, address.method() == null ? "PUT" : address.method(), body, limit);
    }

    private static Delivery carry(Address address, String method, BodyPublisher body, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        URI url = url(address.url());
        for (int redirects = 0; ; redirects++) {
            HttpResponse<Sieve.Sifted> answer = exchange(request(url, address, method, body), deadline - System.nanoTime());
            Optional<URI> next = redirects < REDIRECTS_AT_MOST && method.equals("GET") ? nearby(url, answer) : Optional.empty();
            if (next.isEmpty()) {
                return delivery(answer);
            }
            url = next.get();
        }
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text);
            if (("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
                    && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException notOne) {
            // Told below.
        }
        throw garbage("the answer's url is no http or https URL", null);
    }

    private static HttpRequest request(URI url, Address address, String method, BodyPublisher body) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(url).method(method, body);
            address.headers().forEach((name, value) -> {
                // Computed by the client, and named by providers all the same.
                if (!name.equalsIgnoreCase("content-length") && !name.equalsIgnoreCase("host")) {
                    request.header(name, value);
                }
            });
            return request.build();
        } catch (IllegalArgumentException e) {
            throw garbage("the answer's method or headers make no request: " + e.getMessage(), e);
        }
    }

    private static ProviderException garbage(String message, Throwable cause) {
        return new ProviderException(500, "GARBAGE", message, cause);
    }

    private static HttpResponse<Sieve.Sifted> exchange(HttpRequest request, long nanos) {
        CompletableFuture<HttpResponse<Sieve.Sifted>> exchange = Lines.CLIENT.sendAsync(request, info -> new Sieve());
        try {
            return exchange.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new LostAnswerException("the transfer broke: " + (cause.getMessage() == null
                    ? cause.getClass().getSimpleName() : cause.getMessage()), cause);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new LostAnswerException("the transfer took too long", e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new LostAnswerException("the transfer was given up", e);
        }
    }

    /** Where a redirect leads, if that is the same server. */
    private static Optional<URI> nearby(URI url, HttpResponse<?> answer) {
        if (answer.statusCode() / 100 != 3) {
            return Optional.empty();
        }
        return answer.headers().firstValue("location").map(location -> {
            try {
                return url.resolve(location);
            } catch (IllegalArgumentException notOne) {
                return null;
            }
        }).filter(next -> Objects.equals(next.getScheme(), url.getScheme()) && Objects.equals(next.getHost(), url.getHost())
                && next.getPort() == url.getPort());
    }

    private static Delivery delivery(HttpResponse<Sieve.Sifted> answer) {
        Sieve.Sifted body = answer.body();
        String beginning = new String(body.beginning(), StandardCharsets.UTF_8);
        if (answer.statusCode() >= 400) {
            String told = beginning.isBlank() ? "" : ": " + (beginning.length() <= LONGEST_MESSAGE ? beginning
                    : beginning.substring(0, LONGEST_MESSAGE));
            throw new ProviderException(Math.min(answer.statusCode(), 599), "HTTP",
                    "the URL answered " + answer.statusCode() + told);
        }
        return new Delivery(answer.statusCode(), body.size(), body.sha256(), storageId(beginning));
    }

    private static String storageId(String json) {
        if (!json.startsWith("{")) {
            return null;
        }
        try {
            return Json.parse(json).path("storageId").textValue();
        } catch (IllegalArgumentException notJson) {
            return null;
        }
    }
}
