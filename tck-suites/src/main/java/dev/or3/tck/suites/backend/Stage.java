package dev.or3.tck.suites.backend;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.matching.StringValuePattern;
import dev.or3.tck.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The server that plays them: the only class that needs WireMock. It lives as long as the JVM. */
final class Stage {
    private static final int THREADS = 32;
    private static final int FIRST = 1;
    private static final int LAST = 9;

    private final WireMockServer server;

    Stage(String host, int port) {
        server = new WireMockServer(options().bindAddress(host).port(port).containerThreads(THREADS)
                .disableRequestJournal());
        server.start();
    }

    List<UUID> play(String mark, String type, List<String> credentials, Mood mood) {
        MappingBuilder known = any(urlPathMatching("/" + Pattern.quote(mark) + "/" + paths(type))).atPriority(FIRST)
                .willReturn(answer(mark, credentials, mood));
        headers(type, credentials).forEach(known::withHeader);
        MappingBuilder stranger = any(urlPathMatching("/" + Pattern.quote(mark) + "/" + paths(type))).atPriority(LAST)
                .willReturn(mood.dead() ? answer(mark, credentials, mood) : json(401, Map.of("error", "unauthorized")));
        return Stream.of(known, stranger).map(stub -> server.stubFor(stub).getId()).toList();
    }

    void end(List<UUID> stubs) {
        stubs.forEach(server::removeStub);
    }

    /** What there is below the address of a backend. */
    private static String paths(String type) {
        return switch (type) {
            case "convex" -> "(_system/health|version|api/.*)";
            case "wordpress" -> "wp-json(/.*)?";
            case "notion" -> "v1/.*";
            case "supabase" -> "(rest|auth|storage)/v1(/.*)?";
            default -> throw new IllegalArgumentException("no backend of type '" + type + "' can be played");
        };
    }

    private static Map<String, StringValuePattern> headers(String type, List<String> credentials) {
        Map<String, StringValuePattern> headers = new LinkedHashMap<>();
        switch (type) {
            case "wordpress" -> headers.put("Authorization", anyOf(credentials.stream().map(Stage::basic).toList()));
            case "notion" -> {
                headers.put("Authorization", anyOf(credentials.stream().map(token -> "Bearer " + token).toList()));
                headers.put("Notion-Version", matching("\\d{4}-\\d{2}-\\d{2}"));
            }
            case "supabase" -> {
                headers.put("apikey", anyOf(credentials));
                headers.put("Authorization", anyOf(credentials.stream().map(key -> "Bearer " + key).toList()));
            }
            default -> { }
        }
        return headers;
    }

    /** Passwords are known to their users by the groups of four that they are shown in. */
    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    private static StringValuePattern anyOf(List<String> values) {
        return values.size() == 1 ? equalTo(values.get(0))
                : matching(values.stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }

    private static ResponseDefinitionBuilder answer(String mark, List<String> credentials, Mood mood) {
        if (mood.dead()) {
            return aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
        }
        Map<String, Object> body = new LinkedHashMap<>(Map.of("backend", mark));
        if (mood.status() >= 400) {
            body.put("error", "this went wrong for " + String.join(" and ", credentials));
        }
        return json(mood.status(), body).withFixedDelay(mood.delayMillis());
    }

    private static ResponseDefinitionBuilder json(int status, Map<String, Object> body) {
        return aResponse().withStatus(status).withHeader("Content-Type", "application/json").withBody(Json.writeUtf8(body));
    }
}
