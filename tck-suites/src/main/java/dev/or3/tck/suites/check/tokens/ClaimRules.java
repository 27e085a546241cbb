package dev.or3.tck.suites.check.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.Seal.Signature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a JWT claims holds, and does not hold for ever (TOK-03). Tokens that say nothing are let be. */
final class ClaimRules {
    /** Clocks may differ by so many milliseconds, and claims are rounded to seconds. */
    private static final long SLACK = 2_000;
    /** What is issued in a future further away than this was dated by another clock, in milliseconds. */
    private static final long SKEW = 60_000;
    /** No token lives longer: ten years and a bit, in milliseconds. */
    private static final long LONGEST = 3_700L * 24 * 3600 * 1000;

    private ClaimRules() {
    }

    static void judge(List<TokenCall> calls, AskFindings found) {
        // Each backend may know its users by names of its own.
        Map<Object, TokenCall> bySubject = new HashMap<>();
        Map<Object, TokenCall> byUser = new HashMap<>();
        double firstExpiry = Double.MAX_VALUE;
        for (TokenCall call : calls) {
            if (!call.isJwt() || call.user() == null) {
                continue;
            }
            trouble(call).ifPresent(trouble -> report(call, null, trouble, found));
            TokenCall same = call.subject() == null ? null
                    : bySubject.putIfAbsent(List.of(call.kind(), call.subject()), call);
            TokenCall own = call.subject() == null ? null : byUser.putIfAbsent(List.of(call.kind(), call.user()), call);
            if (same != null && !same.user().equals(call.user())) {
                report(call, same, "has the subject that the token of user " + same.user() + " has", found);
            } else if (own != null && !own.subject().equals(call.subject())) {
                report(call, own, "has another subject than the one before", found);
            }
            if (call.asked().began() > firstExpiry) {
                found.premise("TOK-03", 1);
            }
            firstExpiry = Math.min(firstExpiry, call.expiry().orElse(Double.MAX_VALUE));
        }
    }

    private static void report(TokenCall call, TokenCall other, String trouble, AskFindings found) {
        found.violated("TOK-03", null, "Because " + call.asked().called() + " asks for a token of user " + call.user()
                + (call.template() == null ? "" : " by the template '" + call.template() + "'") + ", yet the one that came "
                + trouble + ".", "a token that is signed, expires, and names its caller and template",
                call.asked().answer().path("claims") + " (" + call.signature() + ")",
                other == null ? null : other.asked(), call.asked());
    }

    private static Optional<String> trouble(TokenCall call) {
        if (call.signature() == Signature.NONE) {
            return Optional.of("is not signed");
        }
        if (call.signature() == Signature.WRONG) {
            return Optional.of("does not verify by the key of the manifest that it names");
        }
        if (call.signature() == Signature.UNKNOWN_KEY) {
            return Optional.of("names a key or an algorithm that the manifest does not tell");
        }
        if (call.subject() == null || call.subject().isBlank()) {
            return Optional.of("has no subject");
        }
        JsonNode template = call.claim("template");
        // A backend may have a template of its own for requests that name none.
        if (call.template() != null && template.isTextual() && !template.textValue().equals(call.template())) {
            return Optional.of("is of the template '" + template.textValue() + "'");
        }
        return untimely(call);
    }

    private static Optional<String> untimely(TokenCall call) {
        Optional<Double> expiry = call.expiry();
        if (expiry.isEmpty()) {
            return Optional.of("never expires");
        }
        boolean answered = call.asked().event().returnedMicros() != Event.NEVER;
        if (expiry.get() + SLACK < call.asked().began()) {
            return Optional.of("had expired before it was asked for");
        }
        if (answered && expiry.get() > call.asked().ended() + LONGEST) {
            return Optional.of("lives more than ten years: are its times in seconds?");
        }
        for (String begin : List.of("iat", "nbf")) {
            if (answered && call.claim(begin).asDouble() * 1000 > call.asked().ended() + SKEW) {
                return Optional.of("begins in the future (" + begin + ")");
            }
        }
        return Optional.empty();
    }
}
