package dev.or3.tck.reference.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
    private static final String ONE = EncryptionKey.generate();
    private static final String OTHER = EncryptionKey.generate();
    private static final BackendConfig CONFIG =
            BackendConfig.of(new JsonText("{\"type\":\"notion\",\"token\":\"secret_abc\",\"databaseId\":\"d\"}"));

    private static Vault vault(String... keys) {
        return Vault.of(keys.length == 1 ? Map.of(Vault.KEY, keys[0])
                : Map.of(Vault.KEY, keys[0], Vault.PREVIOUS_KEY, keys[1])).orElseThrow();
    }

    @Test
    void whatIsSealedOpensForTheSameAlone() {
        Sealed sealed = vault(ONE).seal(CONFIG, "org/1");
        assertThat(vault(ONE).open(sealed, "org/1").json()).isEqualTo(CONFIG.json());
        assertThatThrownBy(() -> vault(ONE).open(sealed, "org/2")).isInstanceOf(Vault.DecryptionException.class)
                .hasMessageContaining("was changed");
    }

    @Test
    void everyTextComesBackAsItWas() {
        for (String name : new String[] {"a\u0000b", "\ud83d\ude00 é", "\ud800", "\udc00x"}) {
            String json = "{\"type\":\"notion\",\"databaseId\":" + Json.write(name) + "}";
            Sealed sealed = vault(ONE).seal(BackendConfig.of(new JsonText(json)), "org/1");
            assertThat(vault(ONE).open(sealed, "org/1").json().parse().get("databaseId").asText()).isEqualTo(name);
        }
    }

    @Test
    void everySealingHasAnIvOfItsOwnOfTwelveBytes() {
        Vault vault = vault(ONE);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            Sealed sealed = vault.seal(CONFIG, "org/1");
            assertThat(sealed.iv()).hasSize(12);
            assertThat(seen.add(Arrays.toString(sealed.iv()))).isTrue();
            assertThat(seen.add(Arrays.toString(sealed.ciphertext()))).isTrue();
            assertThat(new String(sealed.ciphertext(), StandardCharsets.ISO_8859_1)).doesNotContain("secret_abc");
        }
    }

    @Test
    void aChangeOfAnyByteIsFound() {
        Sealed sealed = vault(ONE).seal(CONFIG, "org/1");
        for (int i = 0; i < sealed.ciphertext().length; i++) {
            Sealed changed = new Sealed(sealed.keyId(), sealed.iv(), flipped(sealed.ciphertext(), i));
            assertThatThrownBy(() -> vault(ONE).open(changed, "org/1")).isInstanceOf(Vault.DecryptionException.class);
        }
        for (int i = 0; i < sealed.iv().length; i++) {
            Sealed changed = new Sealed(sealed.keyId(), flipped(sealed.iv(), i), sealed.ciphertext());
            assertThatThrownBy(() -> vault(ONE).open(changed, "org/1")).isInstanceOf(Vault.DecryptionException.class);
        }
        Sealed cut = new Sealed(sealed.keyId(), sealed.iv(), Arrays.copyOf(sealed.ciphertext(), 8));
        assertThatThrownBy(() -> vault(ONE).open(cut, "org/1")).isInstanceOf(Vault.DecryptionException.class);
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 1;
        return changed;
    }

    @Test
    void theKeyBeforeStillOpensAndTheCurrentOneSeals() {
        Sealed old = vault(ONE).seal(CONFIG, "org/1");
        Vault rotated = vault(OTHER, ONE);
        assertThat(rotated.open(old, "org/1").json()).isEqualTo(CONFIG.json());
        Sealed renewed = rotated.seal(rotated.open(old, "org/1"), "org/1");
        assertThat(renewed.keyId()).isEqualTo(vault(OTHER).keyId()).isNotEqualTo(old.keyId());
        assertThat(vault(OTHER).open(renewed, "org/1").json()).isEqualTo(CONFIG.json());
        assertThatThrownBy(() -> vault(OTHER).open(old, "org/1")).isInstanceOf(Vault.DecryptionException.class)
                .hasMessageContaining(old.keyId()).hasMessageNotContaining(ONE).hasMessageNotContaining(OTHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0123456789abcdef", "zz23456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0"})
    void aMalformedKeyIsRefusedWithoutBeingShown(String key) {
        assertThatThrownBy(() -> vault(key)).isInstanceOf(ProviderException.class).hasMessageContaining(Vault.KEY)
                .hasMessageContaining("64 hexadecimal digits").hasMessageNotContaining(key.repeat(key.length() > 1 ? 1 : 9));
        assertThatThrownBy(() -> vault(ONE, key)).hasMessageContaining(Vault.PREVIOUS_KEY);
    }

    @Test
    void withoutAKeyThereIsNoVaultAndAKeyCanBeMade() {
        assertThat(Vault.of(Map.of())).isEmpty();
        assertThat(ONE).matches("[0-9a-f]{64}").isNotEqualTo(OTHER);
        assertThat(CONFIG.toString() + vault(ONE)).doesNotContain("secret_abc").doesNotContain(ONE);
    }
}
