package dev.or3.tck.api.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueFileTest {

    private static final String SOUND = """
            version: 2
            rules:
              - id: PUSH-01
                component: sync
                level: must
                from: or3-sync/1.1
                needs: [gc, clock]
                text: "answers"
                source: ["contract"]
                checked: "By looking."
                causes: ["haste"]
                since: 1
                scored: 1
              - id: PUSH-02
                component: workspaces
                level: should
                text: "answers again"
                source: ["contract"]
                checked: "By looking twice."
                causes: ["haste"]
                since: 2
                scored: 3
            """;

    @Test
    void a_sound_file_is_read() throws IOException {
        assertThat(read(SOUND).rules()).extracting(Rule::id).containsExactly("PUSH-01", "PUSH-02");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "id: PUSH-02               | id: PUSH-01            | PUSH-01 is there twice",
            "id: PUSH-02               | id: Push-2             | 'Push-2' is no rule id",
            "id: PUSH-02               | id:                    | 'null' is no rule id",
            "component: workspaces     | component: wrokspaces  | PUSH-02: unknown component wrokspaces",
            "level: should             | level:                 | PUSH-02: no level",
            "text: \"answers again\"   | text: \"\"             | PUSH-02: no text that continues",
            "text: \"answers again\"   | text: \"… and more\"   | PUSH-02: no text that continues",
            "text: \"answers again\"   | text: \"answers.\"     | PUSH-02: no text that continues",
            "checked: \"By looking.\"  | checked: \"\"          | PUSH-01: no sentence under checked",
            "checked: \"By looking.\"  | checked: \"looking\"   | PUSH-01: no sentence under checked",
            "source: [\"contract\"]    | source: []             | PUSH-01: no source",
            "source: [\"contract\"]    | source: [\"\"]         | PUSH-01: no source",
            "causes: [\"haste\"]       | causes: []             | PUSH-01: no causes",
            "needs: [gc, clock]        | needs: [gc, clok]      | PUSH-01: unknown need clok",
            "since: 1                  | since: 0               | PUSH-01: since is not 1 to 2",
            "since: 2                  | since: 3               | PUSH-02: since is not 1 to 2",
            "scored: 1                 | scored: 0              | PUSH-01: scored is not 1 to 3",
            "scored: 3                 | scored: 4              | PUSH-02: scored is not 2 to 3",
            "version: 2                | version: 0             | the version is missing"})
    void a_flaw_is_named(String sound, String flaw, String problem) {
        assertThatThrownBy(() -> read(SOUND.replaceFirst(Pattern.quote(sound), flaw)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"level: shuold", "level: should\n    livel: must", "from: or3-sync/2.0\n    level: must",
            "level: should\n    level: must"})
    void unknown_and_repeated_keys_levels_and_profiles_are_refused(String flaw) {
        assertThatThrownBy(() -> read(SOUND.replace("level: should", flaw))).isInstanceOf(IOException.class);
    }

    @Test
    void an_empty_catalogue_is_refused() {
        assertThatThrownBy(() -> read("version: 1\nrules: []")).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there are no rules");
    }

    private static CatalogueFile read(String yaml) throws IOException {
        return CatalogueFile.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }
}
