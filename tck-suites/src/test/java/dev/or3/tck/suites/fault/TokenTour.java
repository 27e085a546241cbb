package dev.or3.tck.suites.fault;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.tokens.Tokens.TokenRequest;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;

/** The part of the tour that is about tokens: what they say, and whether one comes twice. */
record TokenTour(Notes notes, Provider provider) {

    void walk() {
        for (Caller caller : Arrays.asList(Caller.of("u", "w"), Caller.of("v", "w"), null)) {
            for (String template : Arrays.asList(null, "convex")) {
                TokenRequest request = new TokenRequest("memory", template);
                notes.note("token", () -> said(provider.tokens().getProviderToken(caller, request)));
                notes.note("kept", () -> caller != null && provider.tokens().getProviderToken(caller, request)
                        .equals(provider.tokens().getProviderToken(caller, request)));
            }
        }
        notes.note("unknown", () -> provider.tokens().getProviderToken(Caller.of("u", "w"), new TokenRequest("none", null)));
        notes.note("malformed", () -> provider.tokens().getProviderToken(null, new TokenRequest(null, null)));
    }

    private static Object said(String token) {
        try {
            JWTClaimsSet claims = token == null ? null : JWTParser.parse(token).getJWTClaimsSet();
            return claims == null ? "none" : List.of(claims.getSubject(), String.valueOf(claims.getClaim("template")));
        } catch (ParseException opaque) {
            return "opaque";
        }
    }
}
