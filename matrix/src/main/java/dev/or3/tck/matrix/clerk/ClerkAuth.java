package dev.or3.tck.matrix.clerk;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.or3.tck.matrix.host.AuthProvider;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Sessions of a Clerk instance: its session tokens, as a bearer token or in the cookie {@code __session}, verified by its
 * key set, which is fetched when it is first needed and then kept for a while. Safe for use by several threads.
 */
final class ClerkAuth implements AuthProvider {
    private static final String BEARER = "Bearer ";
    private static final String COOKIE = "__session=";

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    private ClerkAuth(JWKSource<SecurityContext> keys, String issuer) {
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
        // Tokens made for others, by a template, are signed with the same key, but belong to no session.
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(new JWTClaimsSet.Builder().issuer(issuer).build(),
                Set.of("sub", "sid", "exp")));
    }

    /**
     * @param issuer the address of the instance
     */
    static ClerkAuth of(URI issuer) {
        try {
            JWKSource<SecurityContext> keys = JWKSourceBuilder.create(URI.create(issuer + ClerkServer.JWKS).toURL()).build();
            return new ClerkAuth(keys, issuer.toString());
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no key set can be at " + issuer, e);
        }
    }

    @Override
    public Optional<Account> accountOf(Credentials credentials) {
        return token(credentials).flatMap(token -> {
            try {
                JWTClaimsSet claims = processor.process(token, null);
                return Optional.of(new Account(claims.getSubject(), claims.getStringClaim("email"),
                        claims.getStringClaim("name")));
            } catch (BadJOSEException | JOSEException | ParseException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<String> token(Credentials credentials) {
        String authorization = credentials.authorization();
        if (authorization != null) {
            return Optional.of(authorization).filter(given -> given.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                    .map(given -> given.substring(BEARER.length()).strip());
        }
        return credentials.cookie() == null ? Optional.empty() : Arrays.stream(credentials.cookie().split(";"))
                .map(String::strip).filter(cookie -> cookie.startsWith(COOKIE))
                .map(cookie -> cookie.substring(COOKIE.length())).findFirst();
    }
}
