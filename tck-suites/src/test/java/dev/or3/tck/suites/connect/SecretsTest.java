package dev.or3.tck.suites.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String CANARY = "c\u00e4nary\"/4711+xyz";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "API_TOKEN=abc node x.mjs | API_TOKEN=[hidden] node x.mjs",
        "DB_PASSWORD='a b' MODE=fast node | DB_PASSWORD=[hidden] MODE=fast node",
        "node x.mjs --auth-token \"a b\" -v | node x.mjs --auth-token [hidden] -v",
        "node tokens.mjs | node tokens.mjs",
        "node x.mjs --key-file f | node x.mjs --key-file f"})
    void a_command_is_shown_without_what_it_gives_away(String command, String shown) {
        assertThat(Secrets.hideIn(command)).isEqualTo(shown);
    }

    @Test
    void output_is_kept_without_the_values_of_secret_settings() {
        Output output = new Output(Secrets.of(Map.of("MODE", "visible", "CLERK_SECRET_KEY", "sk_live_canary",
                "SHORT_TOKEN", "abc", "HOME", "/home/me")));
        output.add("connecting with sk_live_canary from /home/me, abc\n");

        assertThat(output.text()).isEqualTo("connecting with [hidden] from /home/me, abc\n");
        assertThat(output.lastWords()).isEqualTo("connecting with [hidden] from /home/me, abc");
    }

    @ParameterizedTest
    @MethodSource("writings")
    void a_value_is_hidden_however_it_is_written(String writing) {
        Secrets secrets = Secrets.of(Map.of("API_TOKEN", CANARY));

        assertThat(secrets.hide("before " + writing + " after")).startsWith("before ").contains(Secrets.HIDDEN)
                .endsWith(" after").doesNotContain(writing);
        byte[] json = ("{\"message\":\"" + writing + "\"}").getBytes(StandardCharsets.UTF_8);
        if (!writing.equals(CANARY)) {
            assertThat(new String(secrets.hide(json), StandardCharsets.UTF_8)).contains(Secrets.HIDDEN);
        }
    }

    static Stream<String> writings() {
        byte[] pair = ("user:" + CANARY + ":end").getBytes(StandardCharsets.UTF_8);
        return Stream.of(CANARY, "c\u00e4nary\\\"/4711+xyz", "c\\u00e4nary\\\"/4711+xyz", "c\u00e4nary\\\"\\/4711+xyz",
                URLEncoder.encode(CANARY, StandardCharsets.UTF_8), "c%c3%a4nary%22%2f4711%2bxyz",
                Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8)),
                Base64.getEncoder().encodeToString(pair),
                Base64.getUrlEncoder().encodeToString(Arrays.copyOfRange(pair, 1, pair.length)),
                Base64.getUrlEncoder().encodeToString(Arrays.copyOfRange(pair, 2, pair.length)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"success", "serverVersion", "123456789012", "file_meta"})
    void a_value_that_could_be_a_word_or_number_of_the_protocol_leaves_answers_alone(String value) {
        byte[] json = ("{\"" + value + "\":123456789012}").getBytes(StandardCharsets.UTF_8);
        Secrets secrets = Secrets.of(Map.of("API_TOKEN", value));

        assertThat(secrets.hide(json)).isSameAs(json);
        assertThat(secrets.hide("the token " + value)).isEqualTo("the token [hidden]");
    }

    @Test
    void the_token_in_a_header_is_a_secret_of_its_own() {
        Secrets secrets = Secrets.of(new Headers(List.of(Headers.Header.of("authorization", "Bearer canary-4711"),
                Headers.Header.of("cookie", "session=canary-4712; theme=dark"),
                Headers.Header.of("proxy-authorization", "Basic " + Base64.getEncoder().encodeToString("me:canary-4713"
                        .getBytes(StandardCharsets.UTF_8))))));

        assertThat(secrets.hide("Bearer expected, not canary-4711, canary-4712 or canary-4713"))
                .isEqualTo("Bearer expected, not [hidden], [hidden] or [hidden]");
    }

    @Test
    void users_and_queries_of_addresses_are_secrets() {
        Secrets secrets = Secrets.inAddress("http://someone:p%40ssword@host/?key=canary-4711&x=1");

        assertThat(secrets.hide("someone p@ssword p%40ssword canary-4711 host x=1"))
                .isEqualTo("[hidden] [hidden] [hidden] [hidden] host x=1");
        assertThat(Secrets.hideIn("node x.mjs https://me:pw@host/x")).isEqualTo("node x.mjs https://[hidden]@host/x");
    }
}
