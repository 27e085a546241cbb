package dev.or3.tck.suites.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurlTest {
    private static final URI ADDRESS = URI.create("http://127.0.0.1:4100");

    @Test
    void a_request_is_one_line() {
        assertThat(Curl.at(ADDRESS).call("sync", "pull", Caller.of("u1", "w1"), Map.of("cursor", 0)).command()).isEqualTo(
                "curl -sS -i -m 10 -H 'content-type: application/json' --data-raw '{\"component\":\"sync\",\"method\":\"pull\","
                        + "\"as\":{\"userId\":\"u1\",\"workspaceId\":\"w1\"},\"input\":{\"cursor\":0}}'"
                        + " http://127.0.0.1:4100/tck/v1/call");
        assertThat(Curl.at(ADDRESS).manifest().command()).isEqualTo("curl -sS -i -m 10 http://127.0.0.1:4100/tck/v1/manifest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's", "\"", "$(touch /tmp/pwned) `id` $HOME \\ !!", "a\nb\tc", "中 😀 é", "\u009b31m\u202e\u007f",
        "END", "@file", "\ud800", ""})
    void a_shell_hands_on_every_body_unharmed(String text) throws Exception {
        String command = Curl.at(ADDRESS).control("inspect", Map.of("pk", text)).command();

        List<String> words = words(command, Map.of());

        JsonNode body = Json.parse(words.get(words.indexOf("--data-raw") + 1));
        assertThat(body.get("pk").textValue()).isEqualTo(text);
        assertThat(words).endsWith("http://127.0.0.1:4100/tck/v1/control/inspect");
        assertThat(command).doesNotContain("\u009b", "\u202e", "\u007f", "\n");
    }

    @Test
    void a_body_too_long_for_an_argument_comes_by_standard_input() throws Exception {
        String text = "it's 中 ".repeat(60_000);

        List<String> words = words(Curl.at(ADDRESS).control("inspect", Map.of("pk", text)).command(), Map.of());

        assertThat(words).contains("--data-binary", "@-");
        assertThat(Json.parse(words.get(words.size() - 1)).get("pk").textValue()).isEqualTo(text);
    }

    @Test
    void secret_headers_and_addresses_yet_unknown_are_variables() throws Exception {
        Headers headers = new Headers(List.of(Headers.Header.of("x-api-key", "canary \"$HOME\""),
                new Headers.Header("Authorization", "Bearer canary", "BRIDGE_TOKEN")));
        String command = Curl.atVariable("URL").with(headers).manifest().command();

        assertThat(command).doesNotContain("canary");
        assertThat(words(command, Map.of("URL", "http://[::1]:1", "X_API_KEY", "a $b", "BRIDGE_TOKEN", "c")))
                .containsSubsequence("-H", "x-api-key: a $b", "-H", "Authorization: c", "http://[::1]:1/tck/v1/manifest");
        assertThat(headers.toString()).doesNotContain("canary");
        assertThatThrownBy(() -> Curl.atVariable("a b")).isInstanceOf(IllegalArgumentException.class);
    }

    /** What a shell makes of a command: its words, and last what came by standard input. */
    private static List<String> words(String command, Map<String, String> variables) throws IOException, InterruptedException {
        String spy = "curl() { printf '%s\\0' \"$@\"; case \"$*\" in *@-*) cat; printf '\\0';; esac; }\n";
        ProcessBuilder builder = new ProcessBuilder("sh", "-s").redirectErrorStream(true);
        builder.environment().putAll(variables);
        Process shell = builder.start();
        try (var in = shell.getOutputStream()) {
            in.write((spy + command + "\n").getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(output).isZero();
        return new ArrayList<>(List.of(output.split("\0")));
    }
}
