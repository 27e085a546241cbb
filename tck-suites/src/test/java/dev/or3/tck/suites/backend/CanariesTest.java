package dev.or3.tck.suites.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CanariesTest {
    private static final String PASSWORD = new Canaries("4711").of("password", "a");

    @Test
    void they_have_the_forms_of_credentials_and_are_the_same_again() {
        Canaries canaries = new Canaries("4711");
        assertThat(PASSWORD).matches("[a-zA-Z0-9]{24}").isEqualTo(canaries.of("password", "a"))
                .isNotEqualTo(canaries.of("password", "b")).isNotEqualTo(new Canaries("4712").of("password", "a"));
        assertThat(canaries.of("token", "a")).startsWith("secret_");
        assertThat(canaries.of("long", "a")).hasSizeGreaterThan(800);
        assertThat(canaries.of("feather", "a")).isNull();
    }

    @Test
    void they_are_found_however_they_are_written() {
        byte[] plain = PASSWORD.getBytes(StandardCharsets.UTF_8);
        assertThat(CanarySearch.in("user:" + PASSWORD + "@host")).contains("plain");
        assertThat(CanarySearch.in(HexFormat.of().formatHex(plain))).contains("hex");
        assertThat(CanarySearch.in(HexFormat.of().withUpperCase().formatHex(plain))).contains("upper case hex");
        assertThat(CanarySearch.in(PASSWORD.getBytes(StandardCharsets.UTF_16BE))).contains("UTF-16");
        assertThat(CanarySearch.in(PASSWORD.getBytes(StandardCharsets.UTF_16LE))).contains("UTF-16");
        for (String before : new String[] {"", "a", "ab", "abc:"}) {
            assertThat(CanarySearch.in(Base64.getEncoder().encodeToString((before + PASSWORD)
                    .getBytes(StandardCharsets.UTF_8))))
                    .as("after %d bytes", before.length()).get().asString().startsWith("base 64");
        }
        assertThat(CanarySearch.in("nothing of that kind")).isEmpty();
        assertThat(CanarySearch.in((String) null)).isEmpty();
    }

    @Test
    void silenced_they_keep_their_form_and_nothing_else() {
        String silent = Canaries.silence("{\"applicationPassword\":\"" + PASSWORD + "\"}");
        assertThat(silent).hasSize(PASSWORD.length() + 26).contains(Canaries.SONG + "0000000000000")
                .doesNotContain(PASSWORD);
        assertThat(CanarySearch.in(silent)).contains("plain");
    }
}
