package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.ProviderException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * The endpoints of a host. Statuses are answers: 4xx and 5xx come out as a {@link ProviderException} whose message is the
 * body that came. Safe for use by several threads.
 */
final class HostEndpoint {
    /** Credentials of nobody. */
    static final String FORGED = "\u0000forged";
    private static final String KINDS = "push|pull|gc-tombstones|gc-change-log";
    private static final int LONGEST_MESSAGE = 2000;
    private static final int REFUSALS = 400;
    private static final int LAST_STATUS = 599;

    private final Connections client = Connections.kept();
    private final URI base;
    private final Map<String, Headers> callers;
    private final Pace pace;
    private final Secrets secrets;
    private volatile Duration limit = HttpTarget.LIMIT;

    HostEndpoint(URI base, Map<String, Headers> callers, Pace pace, Secrets secrets) {
        this.base = base;
        this.callers = callers;
        this.pace = pace;
        this.secrets = secrets;
    }

    /** From now on, answers may take so long. */
    void limit(Duration other) {
        limit = other;
    }

    Object post(String path, String caller, Object body, JavaType result) {
        return send("POST", path, caller, body, result);
    }

    /**
     * Sends a request.
     *
     * @param caller a name among the callers; {@link #FORGED} for credentials that nobody has; null for none
     * @param body   written as JSON; null for none
     * @return the answer; null if it is empty
     * @throws ProviderException   as the host refuses or fails
     * @throws LostAnswerException if no answer came that can be made sense of
     */
    Object send(String method, String path, String caller, Object body, JavaType result) {
        if (caller != null) {
            pace.await(caller, kind(path));
        }
        HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(base + path));
        request.setHeader("accept", "application/json");
        headers(caller).list().forEach(header -> request.addHeader(header.name(), header.value()));
        if (body != null) {
            request.setEntity(new ByteArrayEntity(Json.writeUtf8(body), ContentType.APPLICATION_JSON));
        }
        String what = method + " " + path;
        Connections.Answer answer;
        try {
            answer = client.exchange(request, Endpoint.CALL_NUMBER, limit);
        } catch (Connections.CutOff e) {
            throw new SilenceException(what + ": " + Endpoint.silence(e.bytes, limit), e);
        } catch (IOException | RuntimeException e) {
            throw new LostAnswerException(secrets.hide(what + ": " + Endpoint.reason(e)), e);
        }
        return read(answer, what, result);
    }

    private Headers headers(String caller) {
        return caller == null ? Headers.NONE : FORGED.equals(caller)
                ? new Headers(List.of(Headers.Header.of("authorization", "Bearer or3-tck-nobody")))
                : callers.getOrDefault(caller, Headers.NONE);
    }

    private Object read(Connections.Answer answer, String what, JavaType result) {
        byte[] body = secrets.hide(answer.body());
        if (answer.status() >= REFUSALS && answer.status() <= LAST_STATUS) {
            String message = new String(body, StandardCharsets.UTF_8);
            throw new ProviderException(answer.status(), null, message.length() <= LONGEST_MESSAGE ? message
                    : message.substring(0, LONGEST_MESSAGE));
        }
        if (answer.status() / 100 != 2) {
            throw new LostAnswerException(what + ": HTTP status " + answer.status(), null);
        }
        return body.length == 0 ? null : Answers.bare(body, what, result);
    }

    /** The user that a caller is; null if the host says that nobody is signed in. */
    String userId(String caller) {
        JsonNode answer = (JsonNode) send("GET", "/api/auth/session", caller, null, RemoteProvider.NOTHING);
        return answer == null ? null : answer.at("/session/user/id").textValue();
    }

    private static String kind(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        return path.startsWith("/api/sync/") && last.matches(KINDS) ? last.startsWith("gc-") ? "collect" : last : "other";
    }
}
