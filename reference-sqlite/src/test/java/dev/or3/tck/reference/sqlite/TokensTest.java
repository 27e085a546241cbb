package dev.or3.tck.reference.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.tokens.Tokens.TokenRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    private static final Caller ALICE = Caller.of("alice", "w");
    private static final Caller BOB = Caller.of("bob", "w");
    private static final TokenRequest CONVEX = new TokenRequest("convex", "sync");

    @TempDir
    Path directory;

    private SqliteProvider open() {
        return new SqliteProvider(ProviderConfig.in(directory));
    }

    private static SignedJWT token(SqliteProvider provider, Caller caller) throws Exception {
        return SignedJWT.parse(provider.tokens().getProviderToken(caller, CONVEX));
    }

    private static boolean verifies(SignedJWT token, SqliteProvider provider) throws Exception {
        RSAKey key = (RSAKey) JWKSet.parse(provider.manifest().components().get("tokens").jwks().text())
                .getKeyByKeyId(token.getHeader().getKeyID());
        assertThat(key.isPrivate()).isFalse();
        return token.verify(new RSASSAVerifier(key));
    }

    @Test
    void tokensOfOneInstanceVerifyByTheKeysOfAnotherAndAfterARestart() throws Exception {
        SignedJWT token;
        try (SqliteProvider one = open(); SqliteProvider other = open()) {
            token = token(one, ALICE);
            assertThat(verifies(token, other)).isTrue();
            assertThat(verifies(token(other, BOB), one)).isTrue();
            assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("alice");
            assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("convex");
            assertThat(token.getJWTClaimsSet().getStringClaim("template")).isEqualTo("sync");
        }
        try (SqliteProvider again = open()) {
            assertThat(verifies(token, again)).isTrue();
        }
    }

    @Test
    void aTokenIsKeptForItsCallerAloneAndHandedOutWhileItLives() throws Exception {
        try (SqliteProvider provider = open()) {
            String first = token(provider, ALICE).serialize();
            assertThat(token(provider, ALICE).serialize()).isEqualTo(first);
            assertThat(token(provider, BOB).serialize()).isNotEqualTo(first);
            provider.controls().clock(40);
            assertThat(token(provider, ALICE).serialize()).isEqualTo(first);
            provider.controls().clock(56);
            SignedJWT second = token(provider, ALICE);
            assertThat(second.serialize()).isNotEqualTo(first);
            assertThat(second.getJWTClaimsSet().getExpirationTime())
                    .isAfter(SignedJWT.parse(first).getJWTClaimsSet().getExpirationTime());
        }
    }

    @Test
    void nobodyGetsNoneAndBadInputIsRefused() {
        try (SqliteProvider provider = open()) {
            assertThat(provider.tokens().getProviderToken(null, CONVEX)).isNull();
            for (TokenRequest bad : new TokenRequest[] {new TokenRequest(null, null), new TokenRequest(" ", null),
                new TokenRequest("x".repeat(9000), null), new TokenRequest("convex", "\ud800")}) {
                assertThat(catchThrowableOfType(ProviderException.class,
                        () -> provider.tokens().getProviderToken(ALICE, bad)).status()).isEqualTo(400);
            }
        }
    }

    @Test
    void noMoreTokensAreKeptThanTheLimit() {
        try (SqliteProvider provider = open()) {
            SqliteTokens tokens = (SqliteTokens) provider.tokens();
            for (int i = 0; i < SqliteTokens.KEPT_AT_MOST + 5; i++) {
                tokens.getProviderToken(Caller.of("user-" + i, "w"), CONVEX);
            }
            assertThat(tokens.kept()).isEqualTo(SqliteTokens.KEPT_AT_MOST);
        }
    }
}
