package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JavaType;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.suites.line.LineFault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One address at which a provider speaks protocol version 1. Nothing is retried and no redirect is followed; every answer is
 * bounded in time and size. Safe for use by several threads.
 */
final class Endpoint {
    static final String CALL_NUMBER = "x-or3-tck-call";

    /** As the JDK tells that less came than was announced. */
    private static final Pattern SHORTER = Pattern.compile("fixed content-length: (\\d+), bytes received: (\\d+)");
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final int LONG = 4;
    private static final int OK = 200;
    private static final String JSON = "application/json";

    private final HttpClient client;
    private final URI base;
    private volatile Duration limit;
    private final Headers headers;
    private final Secrets secrets;
    private final Detour detour;

    /** Through a proxy, which does something to each call on its way. */
    private record Detour(FaultProxy proxy, LineFault fault) {
    }

    /**
     * @param base    the address, to which the paths of the protocol are added
     * @param limit   how long an answer may take, from the first byte sent to the last one received
     * @param headers sent with every request
     * @param secrets taken out of every answer
     */
    Endpoint(HttpClient client, URI base, Duration limit, Headers headers, Secrets secrets) {
        this(client, base, limit, headers, secrets, null);
    }

    private Endpoint(HttpClient client, URI base, Duration limit, Headers headers, Secrets secrets, Detour detour) {
        this.client = client;
        this.base = base;
        this.limit = limit;
        this.headers = headers;
        this.secrets = secrets;
        this.detour = detour;
    }

    Endpoint(HttpClient client, URI base, Duration limit) {
        this(client, base, limit, Headers.NONE, Secrets.NONE);
    }

    /** The one way the kit opens connections: HTTP/1.1, kept open, off to nowhere else. */
    static HttpClient newClient() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5)).build();
    }

    /** From now on, answers may take so long. */
    void limit(Duration other) {
        limit = other;
    }

    URI base() {
        return base;
    }

    /** The same address by way of a proxy that stands before it and does this to each call. */
    Endpoint by(FaultProxy proxy, LineFault fault) {
        return new Endpoint(client, proxy.base(), limit, headers, secrets, new Detour(proxy, fault));
    }

    /** A proxy before this address, for {@link #by}. */
    FaultProxy proxy() {
        return FaultProxy.before(base, limit);
    }

    /** What travels in {@code POST /tck/v1/call}; nobody is an explicit null. */
    record Call(String component, String method, @JsonInclude(JsonInclude.Include.ALWAYS) Caller as, Object input) {
    }

    /**
     * Calls a method.
     *
     * @throws ProviderException   as the provider refuses or fails, or 500 if its result has another shape
     * @throws LostAnswerException if no answer came that can be made sense of
     */
    <T> T call(String component, String method, Caller caller, Object input, JavaType result) {
        return post("/tck/v1/call", new Call(component, method, caller, input), component + "." + method, result,
                limit);
    }

    /** Uses a test control; throws as {@link #call} does. */
    <T> T control(String name, Object input, JavaType result) {
        return post("/tck/v1/control/" + name, input, "control " + name, result, limit);
    }

    /** Uses a test control that may take a few times as long as a call; throws as {@link #call} does. */
    <T> T longControl(String name, Object input, JavaType result) {
        return post("/tck/v1/control/" + name, input, "control " + name, result, limit.multipliedBy(LONG));
    }

    private <T> T post(String path, Object body, String what, JavaType result, Duration within) {
        long number = NUMBERS.getAndIncrement();
        HttpRequest request = to(path).header("content-type", JSON).header("accept", JSON)
                .header(CALL_NUMBER, Long.toString(number)).POST(BodyPublishers.ofByteArray(Json.writeUtf8(body))).build();
        HttpResponse<byte[]> response = detour == null ? exchange(request, what, within)
                : disturbed(Long.toString(number), request, what);
        response.headers().firstValue(CALL_NUMBER).ifPresent(echoed -> {
            if (!echoed.equals(Long.toString(number))) {
                throw lost(what + ": the answer belongs to call " + echoed + ", not to " + number, null);
            }
        });
        try {
            return Answers.read(secrets.hide(response.body()), what, result);
        } catch (ProviderException e) {
            throw new ProviderException(e.status(), secrets.hide(e.code()), secrets.hide(e.getMessage()), e.getCause());
        } catch (LostAnswerException e) {
            throw lost(e.getMessage(), e.getCause());
        }
    }

    /** What the proxy did to the call is why no answer came; whatever else went wrong is told as ever. */
    private HttpResponse<byte[]> disturbed(String number, HttpRequest request, String what) {
        LineFault fault = detour.fault();
        detour.proxy().ask(number, fault);
        try {
            return exchange(request, what, limit);
        } catch (LostAnswerException e) {
            throw detour.proxy().settle(number) ? new LostAnswerException(fault.name(), what + ": " + fault.words(), e) : e;
        } finally {
            detour.proxy().settle(number);
        }
    }

    private LostAnswerException lost(String message, Throwable cause) {
        return new LostAnswerException(secrets.hide(message), cause);
    }

    /**
     * Gets what lies at a path.
     *
     * @throws LostAnswerException if it is not answered with status 200 within the given time
     */
    byte[] get(String path, Duration within) {
        return secrets.hide(exchange(to(path).header("accept", JSON).GET().build(), "GET " + path, within).body());
    }

    private HttpRequest.Builder to(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path));
        headers.list().forEach(header -> builder.header(header.name(), header.value()));
        return builder;
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, String what, Duration within) {
        AtomicReference<BoundedBody> begun = new AtomicReference<>();
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(request, info -> {
            begun.set(BoundedBody.of(info));
            return begun.get();
        });
        HttpResponse<byte[]> response;
        try {
            response = exchange.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw lost(what + ": " + reason(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new SilenceException(what + ": " + silence(Optional.ofNullable(begun.get()), within), e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new LostAnswerException(what + ": given up", e);
        }
        if (response.statusCode() != OK) {
            throw lost(what + ": HTTP status " + response.statusCode() + elsewhere(response), null);
        }
        return response;
    }

    private static String elsewhere(HttpResponse<?> response) {
        return response.statusCode() / 100 == 3 ? ", a redirect, which is never followed" : "";
    }

    /** How far an answer came in time, in words. */
    static String silence(Optional<BoundedBody> begun, Duration within) {
        return begun.map(body -> "an answer begins, but is not whole within " + within.toMillis() + " ms: " + body.size()
                + " bytes of its body came").orElse("no answer comes within " + within.toMillis() + " ms");
    }

    /** Why no answer came, in words. */
    static String reason(Throwable cause) {
        if (cause instanceof ConnectException) {
            return "nobody listens there";
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        Matcher shorter = SHORTER.matcher(message);
        if (shorter.find()) {
            return "the answer breaks off after " + shorter.group(2) + " of " + shorter.group(1) + " bytes";
        }
        if (message.contains("received no bytes") || message.contains("EOF reached while reading")) {
            return "the connection was closed before an answer came";
        }
        if (message.startsWith("chunked transfer encoding")) {
            return "the answer breaks off between its chunks";
        }
        return cause instanceof IOException ? "the connection broke: " + message : message;
    }
}
