package dev.or3.tck.suites.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each type is found at its real path with its real headers, and nowhere else. */
class PlayedBackendsTest {
    private static final String MARK = "played-in-a-test";
    private static final Mood WELL = new Mood(200, 0, false);

    private final PlayedBackends backends = PlayedBackends.shared().orElseThrow();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void end() {
        backends.end(MARK);
    }

    private HttpResponse<String> ask(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(backends.address(MARK) + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void convex_asks_for_no_credentials() throws Exception {
        backends.play(MARK, "convex", List.of(), WELL);
        assertThat(ask("/_system/health").body()).contains(MARK);
        assertThat(ask("/health").statusCode()).isEqualTo(404);
    }

    @Test
    void wordpress_takes_a_user_and_a_password() throws Exception {
        backends.play(MARK, "wordpress", List.of("editor:secret"), WELL);
        String basic = "Basic " + Base64.getEncoder().encodeToString("editor:secret".getBytes());
        assertThat(ask("/wp-json/", "Authorization", basic).statusCode()).isEqualTo(200);
        assertThat(ask("/wp-json/").statusCode()).isEqualTo(401);
    }

    @Test
    void notion_takes_a_token_and_wants_a_version() throws Exception {
        backends.play(MARK, "notion", List.of("secret_1"), WELL);
        assertThat(ask("/v1/users/me", "Authorization", "Bearer secret_1", "Notion-Version", "2022-06-28").statusCode())
                .isEqualTo(200);
        assertThat(ask("/v1/users/me", "Authorization", "Bearer secret_1").statusCode()).isEqualTo(401);
    }

    @Test
    void supabase_takes_a_key_in_two_headers() throws Exception {
        backends.play(MARK, "supabase", List.of("anon", "service"), WELL);
        assertThat(ask("/rest/v1/", "apikey", "anon", "Authorization", "Bearer service").statusCode()).isEqualTo(200);
        assertThat(ask("/rest/v1/", "apikey", "anon", "Authorization", "Bearer other").statusCode()).isEqualTo(401);
    }

    @Test
    void moods_change() throws Exception {
        backends.play(MARK, "convex", List.of(), new Mood(503, 0, false));
        assertThat(ask("/_system/health").statusCode()).isEqualTo(503);
        backends.play(MARK, "convex", List.of(), new Mood(200, 0, true));
        assertThatThrownBy(() -> ask("/_system/health")).isInstanceOf(IOException.class);
        backends.play(MARK, "convex", List.of(), WELL);
        assertThat(ask("/_system/health").statusCode()).isEqualTo(200);
    }

    @Test
    void no_other_type_is_played() {
        assertThatThrownBy(() -> backends.play(MARK, "carrier-pigeon", List.of(), WELL))
                .hasMessageContaining("carrier-pigeon");
    }
}
