package dev.or3.tck.suites.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final JWTClaimsSet CLAIMS = new JWTClaimsSet.Builder().subject("alice").build();

    private static Seal with(JsonText jwks) {
        return new Seal(new Manifest(1, new Manifest.Identity("hand", "hand", "1"), Profile.V1_1,
                Map.of("tokens", new Manifest.Component(Set.of(), null, jwks)), Limits.UNKNOWN, List.of(), false,
                List.of()));
    }

    private static RSAKey key(String id) throws Exception {
        return new RSAKeyGenerator(2048).keyID(id).generate();
    }

    private static String signed(RSAKey key) throws Exception {
        SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), CLAIMS);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private static JsonNode sealed(Seal seal, String token) {
        JsonText kept = seal.seal(new JsonText(Json.write(token)));
        assertThat(kept.text()).as("the token itself, or its signature").doesNotContain(token)
                .doesNotContain(token.substring(token.lastIndexOf('.') + 1).isEmpty() ? token
                        : token.substring(token.lastIndexOf('.') + 1));
        return kept.parse();
    }

    @Test
    void a_signature_is_held_against_the_keys_of_the_manifest_and_not_kept() throws Exception {
        RSAKey ours = key("ours");
        Seal seal = with(new JsonText(new JWKSet(ours.toPublicJWK()).toString()));
        JsonNode sealed = sealed(seal, signed(ours));
        assertThat(sealed.path("signature").asText()).isEqualTo("VERIFIED");
        assertThat(sealed.at("/claims/sub").asText()).isEqualTo("alice");
        assertThat(sealed(seal, signed(key("ours"))).path("signature").asText()).isEqualTo("WRONG");
        assertThat(sealed(seal, signed(key("other"))).path("signature").asText()).isEqualTo("UNKNOWN_KEY");
        assertThat(sealed(seal, new PlainJWT(CLAIMS).serialize()).path("signature").asText()).isEqualTo("NONE");
        assertThat(sealed(with(null), signed(ours)).path("signature").asText()).isEqualTo("UNCHECKED");

        SignedJWT confused = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("ours").build(), CLAIMS);
        confused.sign(new MACSigner(ours.toPublicJWK().toJSONString().getBytes()));
        assertThat(sealed(seal, confused.serialize()).path("signature").asText()).isEqualTo("UNKNOWN_KEY");
    }

    @Test
    void of_what_says_nothing_the_hash_is_kept() {
        Seal seal = with(null);
        JsonNode one = sealed(seal, "opaque-token-1");
        assertThat(one.size()).isEqualTo(2);
        assertThat(one).isEqualTo(sealed(seal, "opaque-token-1")).isNotEqualTo(sealed(seal, "opaque-token-2"));
        assertThat(seal.seal(new JsonText("null")).text()).isEqualTo("null");
        assertThat(seal.seal(new JsonText("{\"token\":\"opaque-token-1\"}")).text()).doesNotContain("opaque");
        assertThat(sealed(seal, "not.a.jwt").has("claims")).isFalse();
    }

    @Test
    void errors_lose_tokens_and_private_keys() throws Exception {
        Seal seal = with(null);
        seal.learn(new JsonText("\"opaque-token-1\""));
        RSAKey key = key("k");
        assertThat(seal.hide("was opaque-token-1 wrong?")).isEqualTo("was " + Seal.TOKEN + " wrong?");
        assertThat(seal.hide("bad " + signed(key))).isEqualTo("bad " + Seal.TOKEN);
        assertThat(seal.hide(key.toJSONString())).contains(Seal.KEY).doesNotContain(key.getPrivateExponent().toString());
        assertThat(seal.hide("-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----")).isEqualTo(Seal.KEY);
        assertThat(seal.hide("no backend of that name")).isEqualTo("no backend of that name");
    }
}
