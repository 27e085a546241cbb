package dev.or3.tck.suites.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

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
}
