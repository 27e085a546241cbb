package dev.or3.tck.matrix.clerk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.ProviderException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Talks to the backend API of a Clerk instance. What it tells of failures holds neither keys nor tokens. */
final class ClerkApi {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI address;
    private final String secretKey;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

    ClerkApi(URI address, String secretKey) {
        this.address = address;
        this.secretKey = secretKey;
    }

    String jwks() {
        return send(HttpRequest.newBuilder(address.resolve(ClerkServer.JWKS)).GET()).orElseThrow(
                () -> failed("has no key set")).toString();
    }

    String createUser() {
        return post("/v1/users", Map.of()).orElseThrow(() -> failed("knows no users")).path("id").asText();
    }

    /** A new session of a user; empty if there is no such user. */
    Optional<String> createSession(String userId) {
        return post("/v1/sessions", Map.of("user_id", userId)).map(session -> session.path("id").asText());
    }

    /**
     * A token within a session; empty if session or template is not there.
     *
     * @param template null for a session token
     */
    Optional<String> token(String sessionId, String template) {
        return post("/v1/sessions/" + sessionId + "/tokens" + (template == null ? "" : "/" + template), Map.of())
                .map(token -> token.path("jwt").asText());
    }

    private Optional<JsonNode> post(String path, Object body) {
        return send(HttpRequest.newBuilder(address.resolve(path)).header("content-type", "application/json")
                .header("authorization", "Bearer " + secretKey)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.writeUtf8(body))));
    }

    private Optional<JsonNode> send(HttpRequest.Builder request) {
        HttpResponse<String> response;
        try {
            response = client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw failed("cannot be reached");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was not waited for");
        }
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        if (response.statusCode() != 200) {
            throw failed("answered with status " + response.statusCode());
        }
        return Optional.of(Json.parse(response.body()));
    }

    private static ProviderException failed(String how) {
        return new ProviderException(502, "BAD_GATEWAY", "the token service " + how);
    }
}
