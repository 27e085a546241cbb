package dev.or3.tck.reference.convex.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The HTTP API as a client without any of our classes sees it. */
class DeploymentTest {
    private static final String KEY = "Convex secret";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Deployment deployment = Deployment.start(0, null, "secret",
            token -> token.startsWith("token-of-") ? token.substring("token-of-".length()) : null, Weather.calm());

    @AfterEach
    void end() {
        deployment.close();
    }

    private HttpResponse<String> post(URI base, String kind, String authorization, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/api/" + kind))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode called(String kind, String authorization, String path, String args)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = post(deployment.url(), kind, authorization,
                "{\"path\":\"" + path + "\",\"args\":" + args + ",\"format\":\"json\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        return Values.mapper().readTree(answer.body());
    }

    private String newUser(String id) throws IOException, InterruptedException {
        return called("mutation", KEY, "workspaces:getOrCreateUser",
                "{\"provider\":\"p\",\"providerUserId\":\"" + id + "\"}").path("value").path("userId").asText();
    }

    @Test
    void a_value_comes_with_its_status_and_log_lines() throws Exception {
        JsonNode answer = called("query", KEY, "workspaces:getUser", "{\"provider\":\"p\",\"providerUserId\":\"nobody\"}");
        assertThat(answer).isEqualTo(Values.mapper().readTree("{\"status\":\"success\",\"value\":null,\"logLines\":[]}"));
    }

    @Test
    void what_a_function_throws_comes_as_an_error_with_its_data() throws Exception {
        JsonNode answer = called("mutation", KEY, "workspaces:createWorkspace", "{\"userId\":\"nobody\",\"name\":\"n\"}");
        assertThat(answer.path("status").asText()).isEqualTo("error");
        assertThat(answer.path("errorData").path("status").asInt()).isEqualTo(404);
        assertThat(answer.path("errorMessage").asText()).contains("there is no such user");
    }

    @Test
    void queries_and_mutations_are_called_by_their_own_urls() throws Exception {
        assertThat(called("query", KEY, "workspaces:createWorkspace", "{}").path("errorMessage").asText())
                .contains("Could not find public function");
        assertThat(called("mutation", KEY, "sync:pull", "{}").path("errorMessage").asText())
                .contains("Could not find public function");
    }

    @Test
    void nobody_comes_in_without_the_key_or_a_token() throws Exception {
        String body = "{\"path\":\"sync:pull\",\"args\":{},\"format\":\"json\"}";
        for (String authorization : new String[] {null, "Convex wrong", "Bearer wrong", "secret"}) {
            assertThat(post(deployment.url(), "query", authorization, body).statusCode()).as(authorization).isEqualTo(401);
        }
    }

    @Test
    void a_token_speaks_for_its_user_only_and_not_for_the_tests() throws Exception {
        String mine = newUser("me");
        String other = newUser("other");
        assertThat(called("mutation", "Bearer token-of-" + mine, "workspaces:createWorkspace",
                "{\"userId\":\"" + mine + "\",\"name\":\"n\"}").path("status").asText()).isEqualTo("success");
        assertThat(called("mutation", "Bearer token-of-" + mine, "workspaces:createWorkspace",
                "{\"userId\":\"" + other + "\",\"name\":\"n\"}").path("errorData").path("status").asInt()).isEqualTo(403);
        assertThat(called("mutation", "Bearer token-of-" + mine, "tck:provision", "{\"members\":[]}")
                .path("errorData").path("status").asInt()).isEqualTo(403);
    }

    @Test
    void a_request_id_is_done_once() throws Exception {
        String user = newUser("me");
        String args = "{\"userId\":\"" + user + "\",\"name\":\"n\",\"requestId\":\"r1\"}";
        JsonNode first = called("mutation", KEY, "workspaces:createWorkspace", args);
        assertThat(called("mutation", KEY, "workspaces:createWorkspace", args)).isEqualTo(first);
        assertThat(called("query", KEY, "workspaces:listUserWorkspaces", "{\"userId\":\"" + user + "\"}").path("value"))
                .hasSize(1);
    }

    @Test
    void what_is_no_call_is_refused() throws Exception {
        assertThat(post(deployment.url(), "query", KEY, "{").statusCode()).isEqualTo(400);
        assertThat(post(deployment.url(), "query", KEY, "{\"path\":\"sync:pull\",\"args\":[]}").statusCode()).isEqualTo(400);
        assertThat(post(deployment.url(), "elsewhere", KEY, "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void health_and_version_need_no_key() throws Exception {
        for (String path : List.of("/version", "/_system/health")) {
            assertThat(http.send(HttpRequest.newBuilder(deployment.url().resolve(path)).build(),
                    HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void the_weather_of_a_seed_is_the_same_every_time() {
        List<Weather.Moment> moments = moments(Weather.rough(3));
        assertThat(moments(Weather.rough(3))).isEqualTo(moments);
        assertThat(moments(Weather.rough(4))).isNotEqualTo(moments);
        assertThat(moments.stream().map(Weather.Moment::event)).contains(Weather.Event.values());
        assertThat(moments(Weather.calm())).containsOnly(new Weather.Moment(Weather.Event.NONE, 0));
    }

    private static List<Weather.Moment> moments(Weather weather) {
        return IntStream.range(0, 2000).mapToObj(i -> weather.next()).toList();
    }
}
