package dev.or3.tck.matrix.clerk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.control.Controls.Provisioned;
import dev.or3.tck.api.tokens.Tokens.TokenRequest;
import dev.or3.tck.api.workspaces.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClerkTest {
    private static final long BEGIN = 1_700_000_000_000L;

    private final AtomicLong now = new AtomicLong(BEGIN);
    private final HttpClient client = HttpClient.newHttpClient();
    private ClerkServer clerk;

    @BeforeEach
    void start() throws Exception {
        clerk = ClerkServer.start(now::get);
    }

    @AfterEach
    void end() {
        clerk.close();
    }

    private HttpResponse<String> post(String key, String path, String body) throws Exception {
        return client.send(HttpRequest.newBuilder(clerk.address().resolve(path)).header("authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode post(String path, String body) throws Exception {
        HttpResponse<String> response = post(clerk.secretKey(), path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.parse(response.body());
    }

    private String session() throws Exception {
        String user = post("/v1/users", "{}").path("id").asText();
        return post("/v1/sessions", "{\"user_id\":\"" + user + "\"}").path("id").asText();
    }

    private JWTClaimsSet verified(String token) throws Exception {
        SignedJWT jwt = SignedJWT.parse(token);
        RSAKey key = (RSAKey) JWKSet.load(URI.create(clerk.address() + ClerkServer.JWKS).toURL())
                .getKeyByKeyId(jwt.getHeader().getKeyID());
        assertThat(key.isPrivate()).isFalse();
        assertThat(jwt.verify(new RSASSAVerifier(key))).isTrue();
        return jwt.getJWTClaimsSet();
    }

    @Test
    void tokensOfASessionVerifyByTheKeySetAndLiveAMinute() throws Exception {
        String session = session();
        JWTClaimsSet claims = verified(post("/v1/sessions/" + session + "/tokens", "{}").path("jwt").asText());
        assertThat(claims.getSubject()).startsWith("user_");
        assertThat(claims.getIssuer()).isEqualTo(clerk.address().toString());
        assertThat(claims.getStringClaim("sid")).isEqualTo(session);
        assertThat(claims.getExpirationTime().getTime()).isEqualTo(BEGIN + 60_000);
        JWTClaimsSet longer = verified(post("/v1/sessions/" + session + "/tokens", "{\"expires_in_seconds\":600}")
                .path("jwt").asText());
        assertThat(longer.getExpirationTime().getTime()).isEqualTo(BEGIN + 600_000);
    }

    @Test
    void aTemplateAddsItsClaims() throws Exception {
        JWTClaimsSet claims = verified(post("/v1/sessions/" + session() + "/tokens/convex", "").path("jwt").asText());
        assertThat(claims.getAudience()).containsExactly("convex");
        assertThat(claims.getStringClaim("template")).isEqualTo("convex");
    }

    @Test
    void whatIsNotThereOrNotAllowedIsRefusedInClerksWords() throws Exception {
        String session = session();
        assertThat(post("sk_test_wrong", "/v1/users", "{}").statusCode()).isEqualTo(401);
        String tokens = "/v1/sessions/" + session + "/tokens";
        for (String path : List.of(tokens + "/none", "/v1/sessions/sess_none/tokens", "/v1/else")) {
            HttpResponse<String> response = post(clerk.secretKey(), path, "{}");
            assertThat(response.statusCode()).as(path).isEqualTo(404);
            assertThat(Json.parse(response.body()).at("/errors/0/code").asText()).isEqualTo("resource_not_found");
        }
        assertThat(post(clerk.secretKey(), "/v1/sessions", "{\"user_id\":\"user_none\"}").statusCode()).isEqualTo(404);
        assertThat(post(clerk.secretKey(), tokens, "{\"expires_in_seconds\":1}").statusCode()).isEqualTo(422);
        assertThat(post(clerk.secretKey(), tokens, "{").statusCode()).isEqualTo(400);
    }

    @Test
    void aSessionThatIsRevokedOrTooOldGivesNoTokens() throws Exception {
        String revoked = session();
        assertThat(post("/v1/sessions/" + revoked + "/revoke", "").path("status").asText()).isEqualTo("revoked");
        assertThat(post(clerk.secretKey(), "/v1/sessions/" + revoked + "/tokens", "").statusCode()).isEqualTo(404);
        String old = session();
        now.addAndGet(8L * 24 * 3600 * 1000);
        assertThat(post(clerk.secretKey(), "/v1/sessions/" + old + "/tokens", "").statusCode()).isEqualTo(404);
    }

    @Test
    void theBrokerKeepsATokenForItsCallerAndOutlivesASession() {
        try (Provider provider = new ClerkProviderFactory().open(null)) {
            Provisioned made = provider.controls().provision(List.of(Role.OWNER, Role.EDITOR));
            Caller alice = Caller.of(made.userIds().get(0), made.workspaceId());
            Caller bob = Caller.of(made.userIds().get(1), made.workspaceId());
            TokenRequest convex = new TokenRequest("convex", null);
            String first = provider.tokens().getProviderToken(alice, convex);
            assertThat(provider.tokens().getProviderToken(alice, convex)).isEqualTo(first);
            assertThat(provider.tokens().getProviderToken(bob, convex)).isNotEqualTo(first);
            provider.controls().clock(30L * 24 * 3600);
            assertThat(provider.tokens().getProviderToken(alice, convex)).isNotNull().isNotEqualTo(first);
            assertThat(provider.tokens().getProviderToken(null, convex)).isNull();
            assertThat(provider.tokens().getProviderToken(Caller.of("stranger", null), convex)).isNull();
            for (String template : List.of("none", "../users", "a b")) {
                assertThat(provider.tokens().getProviderToken(alice, new TokenRequest("convex", template))).isNull();
            }
            assertThat(provider.tokens().getProviderToken(alice, new TokenRequest("elsewhere", null))).isNull();
        }
    }
}
