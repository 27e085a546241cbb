package dev.or3.tck.matrix.clerk;

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
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Users, sessions and keys of one instance, in memory. Safe for use by several threads. */
final class ClerkInstance {
    /** What tokens of each template claim beside what all do. */
    static final Map<String, Map<String, String>> TEMPLATES =
            Map.of("convex", Map.of("aud", "convex", "template", "convex"));

    /** In milliseconds. */
    private static final long SESSION = 7L * 24 * 3600 * 1000;
    /** In seconds. */
    private static final int TOKEN = 60;
    /** In milliseconds: how far the clock of who verifies may be behind. */
    private static final long SKEW = 10_000;
    private static final int BITS = 2048;

    /**
     * @param expireAt in milliseconds since the epoch
     */
    record Session(String id, String userId, String status, long expireAt) {
    }

    private final LongSupplier millis;
    private final RSAKey key;
    private final Set<String> users = ConcurrentHashMap.newKeySet();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /**
     * @param millis the time, in milliseconds since the epoch
     */
    ClerkInstance(LongSupplier millis) {
        this.millis = millis;
        try {
            this.key = new RSAKeyGenerator(BITS).keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.RS256)
                    .keyID(fresh("ins_")).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("no RSA keys can be made", e);
        }
    }

    private static String fresh(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }

    /** The public half of the key, as JSON. */
    String jwks() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    String addUser() {
        String id = fresh("user_");
        users.add(id);
        return id;
    }

    /** A session of a known user. */
    Optional<Session> signIn(String userId) {
        if (userId == null || !users.contains(userId)) {
            return Optional.empty();
        }
        Session session = new Session(fresh("sess_"), userId, "active", millis.getAsLong() + SESSION);
        sessions.put(session.id(), session);
        return Optional.of(session);
    }

    Optional<Session> revoke(String sessionId) {
        return Optional.ofNullable(sessions.computeIfPresent(sessionId,
                (id, session) -> new Session(id, session.userId(), "revoked", session.expireAt())));
    }

    /** A session in which tokens can be had. */
    Optional<Session> active(String sessionId) {
        return Optional.ofNullable(sessions.get(sessionId))
                .filter(session -> session.status().equals("active") && session.expireAt() > millis.getAsLong());
    }

    /**
     * @param template one of {@link #TEMPLATES}, or null for a session token
     * @param issuer   the address of the instance
     * @param seconds  how long it lives; null for a minute
     */
    String token(Session session, String template, String issuer, Integer seconds) {
        long now = millis.getAsLong();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().issuer(issuer).subject(session.userId())
                .issueTime(new Date(now)).notBeforeTime(new Date(now - SKEW)).jwtID(fresh(""))
                .expirationTime(new Date(now + 1000L * (seconds == null ? TOKEN : seconds)));
        if (template == null) {
            claims.claim("sid", session.id());
        } else {
            TEMPLATES.get(template).forEach(claims::claim);
        }
        SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                claims.build());
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("no token can be signed");
        }
        return jwt.serialize();
    }
}
