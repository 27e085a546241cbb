package dev.or3.tck.matrix.clerk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Json;
import dev.or3.tck.matrix.host.AuthProvider;
import dev.or3.tck.matrix.host.AuthProvider.Credentials;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClerkAuthTest {
    private final AtomicLong behind = new AtomicLong();
    private ClerkServer clerk;
    private AuthProvider auth;
    private String user;
    private String session;

    @BeforeEach
    void start() throws Exception {
        clerk = ClerkServer.start(() -> System.currentTimeMillis() - behind.get());
        auth = new ClerkAuthFactory().open(Map.of(ClerkAuthFactory.ISSUER, clerk.address().toString()));
        user = made("/v1/users", "{}", "id");
        session = made("/v1/sessions", "{\"user_id\":\"" + user + "\"}", "id");
    }

    @AfterEach
    void end() {
        clerk.close();
    }

    private String made(String path, String body, String field) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(clerk.address() + path))
                .header("authorization", "Bearer " + clerk.secretKey())
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return Json.parse(answer.body()).path(field).textValue();
    }

    private String token() throws IOException, InterruptedException {
        return made("/v1/sessions/" + session + "/tokens", "{}", "jwt");
    }

    private boolean letsIn(String authorization, String cookie) {
        return auth.accountOf(new Credentials(authorization, cookie)).isPresent();
    }

    @Test
    void a_session_token_tells_who_calls() throws Exception {
        String token = token();
        assertThat(auth.accountOf(new Credentials("Bearer " + token, null)).orElseThrow().providerUserId()).isEqualTo(user);
        assertThat(letsIn(null, "theme=dark; __session=" + token)).isTrue();
    }

    @Test
    void other_tokens_let_nobody_in() throws Exception {
        String token = token();
        String[] parts = token.split("\\.");
        for (String wrong : new String[] {"", "x", parts[0] + "." + parts[1] + ".", parts[0] + "." + parts[1] + ".AAAA",
            made("/v1/sessions/" + session + "/tokens/convex", "{}", "jwt")}) {
            assertThat(letsIn("Bearer " + wrong, null)).as(wrong).isFalse();
        }
        assertThat(letsIn(token, null)).isFalse();
        assertThat(letsIn(null, null)).isFalse();
        assertThat(letsIn(null, "session=" + token)).isFalse();
        behind.set(600_000);
        assertThat(letsIn("Bearer " + token(), null)).as("expired").isFalse();
    }

    @Test
    void the_token_of_another_instance_lets_nobody_in() throws Exception {
        String token = token();
        try (ClerkServer other = ClerkServer.start(System::currentTimeMillis)) {
            AuthProvider elsewhere = new ClerkAuthFactory()
                    .open(Map.of(ClerkAuthFactory.ISSUER, other.address().toString()));
            assertThat(elsewhere.accountOf(new Credentials("Bearer " + token, null))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"NUXT_PUBLIC_CLERK_PUBLISHABLE_KEY,", "NUXT_PUBLIC_CLERK_PUBLISHABLE_KEY,sk_test_abc",
        "NUXT_PUBLIC_CLERK_PUBLISHABLE_KEY,pk_test_!",
        "OR3_CLERK_ISSUER,http://clerk.example.org", "OR3_CLERK_ISSUER,clerk"})
    void a_wrong_variable_is_named(String variable, String value) {
        assertThatThrownBy(() -> new ClerkAuthFactory().open(Map.of(variable, value == null ? "" : value)))
                .hasMessageContaining(variable).message().doesNotContain("abc");
    }

    @Test
    void the_publishable_key_holds_the_domain() {
        new ClerkAuthFactory().open(Map.of(ClerkAuthFactory.PUBLISHABLE_KEY, "pk_test_Y2xlcmsuZXhhbXBsZS5vcmck")).close();
    }
}
