package dev.or3.tck.suites.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.config.Configuration.Connection;
import dev.or3.tck.api.config.Configuration.Reachability;
import dev.or3.tck.api.config.Registry.Backend;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** A backend of one of the built-in types, reached over HTTP. */
class HttpBackend implements Backend {
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final long SLOW_MILLIS = 1000;

    private final String type;
    private final JsonNode config;

    HttpBackend(String type, JsonNode config) {
        this.type = type;
        this.config = config;
    }

    @Override
    public JsonText query() {
        HttpResponse<String> response;
        try {
            response = ask();
        } catch (IOException e) {
            throw new ProviderException(502, "BACKEND_UNREACHABLE", "the backend does not answer");
        }
        if (response.statusCode() / 100 != 2) {
            throw new ProviderException(502, "BACKEND_FAILED", "the backend answers with status " + response.statusCode());
        }
        return new JsonText(response.body());
    }

    @Override
    public Connection health() {
        long began = System.nanoTime();
        try {
            HttpResponse<String> response = ask();
            long millis = (System.nanoTime() - began) / 1_000_000;
            return new Connection(reachability(response.statusCode(), millis), millis, response.statusCode());
        } catch (IOException e) {
            return new Connection(Reachability.OFFLINE, null, null);
        }
    }

    Reachability reachability(int status, long millis) {
        if (status / 100 == 2) {
            return millis < SLOW_MILLIS ? Reachability.ONLINE : Reachability.DEGRADED;
        }
        return status == 429 || status >= 500 ? Reachability.DEGRADED : Reachability.OFFLINE;
    }

    private HttpResponse<String> ask() throws IOException {
        try {
            return CLIENT.send(request().timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private HttpRequest.Builder request() {
        return switch (type) {
            case "wordpress" -> to(text("baseUrl") + "/").header("Authorization", "Basic " + Base64.getEncoder()
                    .encodeToString(
                    (text("username") + ":" + text("applicationPassword")).getBytes(StandardCharsets.UTF_8)));
            case "notion" -> to(config.path("baseUrl").asText("https://api.notion.com") + "/v1/users/me")
                    .header("Authorization", "Bearer " + text("token")).header("Notion-Version", "2022-06-28");
            case "supabase" -> to(text("url") + "/rest/v1/").header("apikey", text("anonKey"))
                    .header("Authorization", "Bearer " + config.path("serviceKey").asText(text("anonKey")));
            default -> to(text("deploymentUrl") + "/_system/health");
        };
    }

    private static HttpRequest.Builder to(String address) {
        try {
            return HttpRequest.newBuilder(URI.create(address)).GET();
        } catch (IllegalArgumentException e) {
            throw ProviderException.badRequest("the address of the backend is no URL");
        }
    }

    private String text(String field) {
        return config.path(field).asText();
    }

    @Override
    public void close() {
        // Connections are shared by all.
    }
}
