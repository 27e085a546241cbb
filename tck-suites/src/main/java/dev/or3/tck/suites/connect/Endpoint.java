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
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * One address at which a provider speaks protocol version 1. Nothing is retried and no redirect is followed; every answer is
 * bounded in time and size. Safe for use by several threads.
 */
final class Endpoint {
    static final String CALL_NUMBER = "x-or3-tck-call";

    /** As the clients tell that less came than was announced. */
    private static final Pattern SHORTER = Pattern.compile(
            "fixed content-length: (?<announced>\\d+), bytes received: (?<came>\\d+)"
            + "|\\(expected: (?<expected>[\\d,.]+); received: (?<received>[\\d,.]+)\\)");
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final int LONG = 4;
    private static final int OK = 200;
    private static final String JSON = "application/json";
    private static final ContentType JSON_BODY = ContentType.create(JSON);

    private final Connections client;
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
    Endpoint(Connections client, URI base, Duration limit, Headers headers, Secrets secrets) {
        this(client, base, limit, headers, secrets, null);
    }

    private Endpoint(Connections client, URI base, Duration limit, Headers headers, Secrets secrets, Detour detour) {
        this.client = client;
        this.base = base;
        this.limit = limit;
        this.headers = headers;
        this.secrets = secrets;
        this.detour = detour;
    }

    Endpoint(Connections client, URI base, Duration limit) {
        this(client, base, limit, Headers.NONE, Secrets.NONE);
    }

    static Connections newClient() {
        return Connections.kept();
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
        return new Endpoint(Connections.eachAnew(), proxy.base(), limit, headers, secrets, new Detour(proxy, fault));
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
        HttpUriRequestBase request = to(new HttpPost(URI.create(base + path)));
        request.setHeader(CALL_NUMBER, Long.toString(number));
        request.setEntity(new ByteArrayEntity(Json.writeUtf8(body), JSON_BODY));
        Connections.Answer answer = detour == null ? exchange(request, what, within)
                : disturbed(Long.toString(number), request, what);
        if (answer.number() != null) {
            String echoed = answer.number().getValue();
            if (!echoed.equals(Long.toString(number))) {
                throw lost(what + ": the answer belongs to call " + echoed + ", not to " + number, null);
            }
        }
        try {
            return Answers.read(secrets.hide(answer.body()), what, result);
        } catch (ProviderException e) {
            throw new ProviderException(e.status(), secrets.hide(e.code()), secrets.hide(e.getMessage()), e.getCause());
        } catch (LostAnswerException e) {
            throw lost(e.getMessage(), e.getCause());
        }
    }

    /** What the proxy did to the call is why no answer came; whatever else went wrong is told as ever. */
    private Connections.Answer disturbed(String number, HttpUriRequestBase request, String what) {
        LineFault fault = detour.fault();
        detour.proxy().ask(number, fault);
        Connections.Answer answer = null;
        LostAnswerException lost = null;
        try {
            answer = exchange(request, what, limit);
        } catch (LostAnswerException e) {
            lost = e;
        }
        // Also where an answer seems whole: a client may take a head that was cut for one that ends there.
        if (detour.proxy().settle(number) && fault.isLossy()) {
            throw new LostAnswerException(fault.name(), what + ": " + fault.words(), lost);
        }
        if (lost != null) {
            throw lost;
        }
        return answer;
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
        return secrets.hide(exchange(to(new HttpGet(URI.create(base + path))), "GET " + path, within).body());
    }

    private HttpUriRequestBase to(HttpUriRequestBase request) {
        request.setHeader("accept", JSON);
        headers.list().forEach(header -> request.addHeader(header.name(), header.value()));
        return request;
    }

    private Connections.Answer exchange(HttpUriRequestBase request, String what, Duration within) {
        Connections.Answer answer;
        try {
            answer = client.exchange(request, CALL_NUMBER, within);
        } catch (Connections.CutOff e) {
            if (e.interrupted) {
                throw new LostAnswerException(what + ": given up", e);
            }
            throw new SilenceException(what + ": " + silence(e.bytes, within), e);
        } catch (IOException | RuntimeException e) {
            throw lost(what + ": " + reason(e), e);
        }
        if (answer.status() != OK) {
            throw lost(what + ": HTTP status " + answer.status() + elsewhere(answer.status()), null);
        }
        return answer;
    }

    private static String elsewhere(int status) {
        return status / 100 == 3 ? ", a redirect, which is never followed" : "";
    }

    /**
     * How far an answer came in time, in words.
     *
     * @param bytes of its body that came; -1 if not even its head did
     */
    static String silence(int bytes, Duration within) {
        return bytes < 0 ? "no answer comes within " + within.toMillis() + " ms"
                : "an answer begins, but is not whole within " + within.toMillis() + " ms: " + bytes
                        + " bytes of its body came";
    }

    /** Why no answer came, in words. */
    static String reason(Throwable cause) {
        if (cause instanceof ConnectException) {
            return "nobody listens there";
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (cause instanceof MessageConstraintException || message.contains("Header size too big")) {
            return "the headers of the answer are larger than any that a bridge sends";
        }
        Matcher shorter = SHORTER.matcher(message);
        if (shorter.find()) {
            boolean jdk = shorter.group("came") != null;
            return "the answer breaks off after " + digits(shorter.group(jdk ? "came" : "received")) + " of "
                    + digits(shorter.group(jdk ? "announced" : "expected")) + " bytes";
        }
        if (cause instanceof NoHttpResponseException || message.contains("received no bytes")
                || message.contains("EOF reached while reading")) {
            return "the connection was closed before an answer came";
        }
        if (message.startsWith("chunked transfer encoding") || cause instanceof ConnectionClosedException
                && message.contains("chunk") || cause instanceof MalformedChunkCodingException) {
            return "the answer breaks off between its chunks";
        }
        return cause instanceof IOException ? "the connection broke: " + message : message;
    }

    /** A number as a message groups its digits, without that. */
    private static String digits(String number) {
        return number.replaceAll("\\D", "");
    }
}
