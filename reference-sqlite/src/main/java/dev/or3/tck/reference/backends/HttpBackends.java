package dev.or3.tck.reference.backends;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.config.Registry.Backend;
import dev.or3.tck.api.config.Registry.BackendFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The four built-in types: where each says how it is, and how it wants to be asked. */
final class HttpBackends {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String AUTHORIZATION = "Authorization";
    private static final String NOTION = "https://api.notion.com";

    private HttpBackends() {
    }

    static List<BackendFactory> factories() {
        return List.of(
                new Factory("convex", Set.of("auth", "realtime", "storage", "functions", "search"), HttpBackends::convex),
                new Factory("wordpress", Set.of("cms", "rest_api", "plugins", "media_library"), HttpBackends::wordpress),
                new Factory("notion", Set.of("cms", "databases", "search"), HttpBackends::notion),
                new Factory("supabase", Set.of("auth", "storage", "realtime", "edge_functions"), HttpBackends::supabase));
    }

    private static HttpRequest.Builder convex(JsonNode config) {
        HttpRequest.Builder request = get(config.get("deploymentUrl").asText(), "/_system/health");
        return config.has("adminKey") ? request.header(AUTHORIZATION, "Convex " + config.get("adminKey").asText()) : request;
    }

    private static HttpRequest.Builder wordpress(JsonNode config) {
        String user = config.get("username").asText() + ":" + config.get("applicationPassword").asText();
        return get(config.get("baseUrl").asText(), "/").header(AUTHORIZATION,
                "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpRequest.Builder notion(JsonNode config) {
        return get(config.path("baseUrl").asText(NOTION), "/v1/users/me")
                .header(AUTHORIZATION, "Bearer " + config.get("token").asText()).header("Notion-Version", "2022-06-28");
    }

    /** With the service key, where there is one: the anonymous one may do less. */
    private static HttpRequest.Builder supabase(JsonNode config) {
        String key = config.path("serviceKey").asText(config.get("anonKey").asText());
        return get(config.get("url").asText(), "/rest/v1/").header("apikey", key).header(AUTHORIZATION, "Bearer " + key);
    }

    private static HttpRequest.Builder get(String base, String path) {
        String trimmed = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return HttpRequest.newBuilder(URI.create(trimmed + path)).timeout(LIMIT).GET();
    }

    private record Factory(String type, Set<String> capabilities, Function<JsonNode, HttpRequest.Builder> request)
            implements BackendFactory {

        @Override
        public JsonText schema() {
            try (InputStream json = HttpBackends.class.getResourceAsStream(type + ".json")) {
                return new JsonText(new String(json.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Backend create(JsonText config) {
            return new HttpBackend(type, request.apply(config.parse()).build(), LIMIT);
        }
    }
}
