package dev.or3.tck.suites.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyConverter;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Manifest;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a history keeps of a token: all that tells whose it is and whether it is sound, and nothing that opens a door. In
 * place of the text stand its hash and, of a JWT, header, claims, and whether the signature verifies by the keys of the
 * manifest. For one thread.
 */
public final class Seal {
    /** Stands where an error told a token. */
    public static final String TOKEN = "\u00abtoken\u00bb";
    /** Stands where an error told a private key. */
    public static final String KEY = "\u00abprivate key\u00bb";
    /** The component whose answers are sealed. */
    public static final String COMPONENT = "tokens";

    /** What the kit found out about a signature. */
    public enum Signature { VERIFIED, WRONG, UNKNOWN_KEY, NONE, UNCHECKED }

    private static final Pattern ANY_JWT = Pattern.compile("eyJ[\\w-]{8,}\\.[\\w-]+\\.[\\w-]*");
    private static final Pattern ANY_KEY = Pattern.compile(
            "-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(-----END [A-Z ]*-----|$)"
                    + "|\"d\"\\s*:\\s*\"[\\w-]{20,}\"");
    /** A shorter one would hide words of everyday. */
    private static final int SHORTEST = 8;
    private static final int HASH = 32;

    private final JWKSet keys;
    private final Set<String> tokens = new TreeSet<>(Comparator.comparingInt(String::length).reversed()
            .thenComparing(Comparator.naturalOrder()));

    Seal(Manifest manifest) {
        Manifest.Component declared = manifest.components().get(COMPONENT);
        keys = declared == null || declared.jwks() == null ? null : parse(declared.jwks());
    }

    private static JWKSet parse(JsonText jwks) {
        try {
            return JWKSet.parse(jwks.text());
        } catch (ParseException e) {
            // Keys that nobody can read verify nothing.
            return new JWKSet();
        }
    }

    /** Notes what an answer must not show elsewhere. */
    void learn(JsonText answer) {
        JsonNode told = answer.parse();
        if (told.isTextual() && told.textValue().length() >= SHORTEST) {
            tokens.add(told.textValue());
        }
    }

    /** An error without tokens and private keys. */
    String hide(String message) {
        if (message == null) {
            return null;
        }
        String hidden = message;
        for (String token : tokens) {
            hidden = hidden.replace(token, TOKEN);
        }
        return ANY_KEY.matcher(ANY_JWT.matcher(hidden).replaceAll(TOKEN)).replaceAll(KEY);
    }

    /** An answer as it is kept. */
    JsonText seal(JsonText answer) {
        JsonNode told = answer.parse();
        if (told.isNull()) {
            return answer;
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        if (!told.isTextual()) {
            return JsonText.of(kept.put("other", told.getNodeType().name().toLowerCase(Locale.ROOT)));
        }
        String token = told.textValue();
        kept.put("hash", hash(token)).put("length", token.length());
        try {
            JWT jwt = JWTParser.parse(token);
            JsonNode claims = Json.parse(jwt instanceof SignedJWT signed ? signed.getPayload().toString()
                    : jwt instanceof PlainJWT plain ? plain.getPayload().toString() : "null");
            if (claims.isObject()) {
                kept.set("header", Json.parse(jwt.getHeader().toString()));
                kept.set("claims", claims);
                kept.put("signature", signature(jwt).name());
            }
        } catch (ParseException | IllegalArgumentException opaque) {
            // No JWT: nothing is known of it but that it is this one.
        }
        return JsonText.of(kept);
    }

    private Signature signature(JWT jwt) {
        if (!(jwt instanceof SignedJWT signed)) {
            return Signature.NONE;
        }
        if (keys == null) {
            return Signature.UNCHECKED;
        }
        List<JWK> fitting = new JWKSelector(JWKMatcher.forJWSHeader(signed.getHeader())).select(keys);
        try {
            for (Key key : KeyConverter.toJavaKeys(fitting)) {
                if (signed.verify(new DefaultJWSVerifierFactory().createJWSVerifier(signed.getHeader(), key))) {
                    return Signature.VERIFIED;
                }
            }
        } catch (JOSEException | LinkageError unsupported) {
            // A kind of key for which this library needs another.
            return Signature.UNCHECKED;
        }
        return fitting.isEmpty() ? Signature.UNKNOWN_KEY : Signature.WRONG;
    }

    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8))).substring(0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
