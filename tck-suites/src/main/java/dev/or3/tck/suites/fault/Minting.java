package dev.or3.tck.suites.fault;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.shape.Shape;
import dev.or3.tck.api.tokens.Tokens;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Tokens signed by a key of the disk, and kept for a while for each caller (TOK rules). */
class Minting implements Tokens {
    /** In milliseconds. */
    static final long LIFE = 60_000;
    /** In milliseconds: a token that is handed out lives for some seconds more. */
    private static final long KEPT = 55_000;
    private static final int KEPT_AT_MOST = 2000;
    private static final Set<String> BACKENDS = Set.of("memory", "convex");

    final Parts parts;
    private final Map<Object, Minted> kept = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Minted> eldest) {
            return size() > KEPT_AT_MOST;
        }
    });

    private volatile JsonText told;

    /**
     * @param at when, in milliseconds of provider time
     */
    record Minted(String token, long at) {
    }

    Minting(Parts parts) {
        this.parts = parts;
    }

    @Override
    public final String getProviderToken(Caller caller, TokenRequest input) {
        return parts.life.live(() -> {
            admit(caller, input);
            if (caller == null) {
                return nobodys(input);
            }
            return input.providerId() != null && BACKENDS.contains(input.providerId()) ? kept(caller, input)
                    : unknown(input);
        });
    }

    /** Refuses malformed input (TOK-04). */
    void admit(Caller caller, TokenRequest input) {
        Shape.check(caller, input);
    }

    String nobodys(TokenRequest input) {
        return null;
    }

    /** What is answered about a backend that nobody knows. */
    String unknown(TokenRequest input) {
        return null;
    }

    String kept(Caller caller, TokenRequest input) {
        long now = parts.clock.millis();
        Object key = key(caller, input);
        Minted minted = kept.get(key);
        if (minted == null || !isFresh(minted, now)) {
            minted = new Minted(mint(caller, input, now), now);
            kept.put(key, minted);
        }
        return minted.token();
    }

    /** What tokens are kept under. */
    Object key(Caller caller, TokenRequest input) {
        return List.of(caller.userId(), input);
    }

    boolean isFresh(Minted minted, long now) {
        return now - minted.at() < KEPT;
    }

    String mint(Caller caller, TokenRequest input, long now) {
        return sign(claims(caller, input, now).build());
    }

    JWTClaimsSet.Builder claims(Caller caller, TokenRequest input, long now) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().issuer("memory").audience(input.providerId())
                .subject(caller.userId()).issueTime(new Date(now)).expirationTime(new Date(now + LIFE))
                .jwtID(UUID.randomUUID().toString());
        return input.template() == null ? claims : claims.claim("template", input.template());
    }

    String sign(JWTClaimsSet claims) {
        return signed(key(), claims);
    }

    static String signed(ECKey key, JWTClaimsSet claims) {
        SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
        try {
            jwt.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    ECKey key() {
        return parts.disk.extra("token key", Minting::freshKey);
    }

    static ECKey freshKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("memory").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the manifest tells of the keys; null for nothing. */
    JsonText jwks() {
        if (told == null) {
            told = new JsonText(new JWKSet(key().toPublicJWK()).toString());
        }
        return told;
    }
}
