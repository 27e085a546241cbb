package dev.or3.tck.reference.sqlite;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.shape.Shape;
import dev.or3.tck.api.tokens.Tokens;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The tokens component: JWTs signed with RS256 by a key that the database keeps, so that those of all instances verify by
 * one key set. Any backend that trusts the key set can be named; it becomes the audience.
 */
final class SqliteTokens implements Tokens {
    private static final String KEY = "SELECT jwk FROM token_keys ORDER BY created_at DESC, kid LIMIT 1";
    private static final String ADD = "INSERT INTO token_keys (kid, jwk, created_at) VALUES (?, ?, ?)";
    private static final String ISSUER = "or3-provider-sqlite";
    private static final int BITS = 2048;
    /** In milliseconds. */
    private static final long LIFE = 60_000;
    /** In milliseconds: what is handed out still lives for some seconds. */
    private static final long KEPT = 55_000;
    static final int KEPT_AT_MOST = 2000;

    /** What tells one token from another; the caller above all (TOK-02). */
    private record Wanted(String userId, TokenRequest request) {
    }

    /**
     * @param at when, in milliseconds of provider time
     */
    private record Minted(String token, long at) {
    }

    private final Store store;
    private final ProviderTime time;
    private final Map<Wanted, Minted> kept = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Wanted, Minted> eldest) {
            return size() > KEPT_AT_MOST;
        }
    });
    /** Read, or made, when it is first needed: a pair of RSA keys takes a while. */
    private volatile RSAKey key;

    SqliteTokens(Store store, ProviderTime time) {
        this.store = store;
        this.time = time;
    }

    @Override
    public String getProviderToken(Caller caller, TokenRequest input) {
        Shape.check(caller, input);
        Texts.wellFormed("providerId", input.providerId());
        Texts.wellFormed("template", input.template());
        if (input.providerId().isBlank()) {
            throw ProviderException.badRequest("providerId is blank");
        }
        if (caller == null) {
            return null;
        }
        long now = time.millis();
        Wanted wanted = new Wanted(caller.userId(), input);
        Minted minted = kept.get(wanted);
        if (minted == null || now - minted.at() >= KEPT || now < minted.at()) {
            minted = new Minted(mint(wanted, now), now);
            kept.put(wanted, minted);
        }
        return minted.token();
    }

    /** How many tokens are kept. */
    int kept() {
        return kept.size();
    }

    /** The public keys, for the manifest. */
    JsonText jwks() {
        return new JsonText(new JWKSet(key().toPublicJWK()).toString());
    }

    private String mint(Wanted wanted, long now) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().issuer(ISSUER).subject(wanted.userId())
                .audience(wanted.request().providerId()).issueTime(new Date(now)).expirationTime(new Date(now + LIFE))
                .jwtID(UUID.randomUUID().toString());
        if (wanted.request().template() != null) {
            claims.claim("template", wanted.request().template());
        }
        RSAKey signing = key();
        SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(signing.getKeyID()).build(),
                claims.build());
        try {
            jwt.sign(new RSASSASigner(signing));
        } catch (JOSEException e) {
            throw failed(e);
        }
        return jwt.serialize();
    }

    private RSAKey key() {
        RSAKey known = key;
        if (known == null) {
            known = store.read(SqliteTokens::find);
            if (known == null) {
                RSAKey fresh = fresh();
                // Another instance may have been faster.
                known = store.write(session -> {
                    RSAKey faster = find(session);
                    if (faster == null) {
                        session.update(ADD, fresh.getKeyID(), fresh.toJSONString(), time.millis());
                    }
                    return faster == null ? fresh : faster;
                });
            }
            key = known;
        }
        return known;
    }

    private static RSAKey find(Session session) throws SQLException {
        try (ResultSet row = session.query(KEY)) {
            return row.next() ? RSAKey.parse(row.getString(1)) : null;
        } catch (ParseException e) {
            throw failed(e);
        }
    }

    private static RSAKey fresh() {
        try {
            return new RSAKeyGenerator(BITS).keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.RS256)
                    .keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw failed(e);
        }
    }

    /** Says nothing of keys or tokens (TOK-01), and does not carry what would. */
    private static ProviderException failed(Exception e) {
        Failures.log(new IllegalStateException("no token can be signed: " + e.getClass().getSimpleName()));
        return new ProviderException(500, "SERVER_ERROR", "no token can be signed");
    }
}
