package dev.or3.tck.suites.check.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.ask.InputJudgement;
import dev.or3.tck.suites.run.Seal;
import dev.or3.tck.suites.run.Seal.Signature;
import java.util.List;
import java.util.Optional;

/** A well-formed question for a token. */
record TokenCall(AskCall asked) {

    static Optional<TokenCall> of(AskCall asked) {
        return asked.is(Seal.COMPONENT, "getProviderToken") && !InputJudgement.isMalformed(asked)
                ? Optional.of(new TokenCall(asked)) : Optional.empty();
    }

    /** Who is signed in; null for nobody. */
    String user() {
        return asked.event().user();
    }

    String template() {
        return asked.text("template");
    }

    /** What it is a token for; a list, because there may be no template. */
    List<Optional<String>> kind() {
        return List.of(Optional.ofNullable(asked.text("providerId")), Optional.ofNullable(template()));
    }

    /** Whether there was an answer that is a token. */
    boolean isToken() {
        return asked.isOk() && asked.answer().path("length").asInt() > 0;
    }

    /** What tells this token from others. */
    String hash() {
        return asked.answer().path("hash").asText();
    }

    boolean isJwt() {
        return isToken() && asked.answer().has("claims");
    }

    JsonNode claim(String name) {
        return asked.answer().path("claims").path(name);
    }

    String subject() {
        return claim("sub").textValue();
    }

    Signature signature() {
        return Signature.valueOf(asked.answer().path("signature").asText());
    }

    /** When it ends, in milliseconds since the epoch; empty if it says nothing of the kind. */
    Optional<Double> expiry() {
        return claim("exp").isNumber() ? Optional.of(claim("exp").asDouble() * 1000) : Optional.empty();
    }
}
