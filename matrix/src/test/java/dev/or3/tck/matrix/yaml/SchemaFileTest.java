package dev.or3.tck.matrix.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.or3.tck.matrix.guard.GuardRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaFileTest {
    private static final SchemaFile SCHEMA = SchemaFile.beside(GuardRules.class, "guard.schema.json");

    private static String complaints(String yaml) {
        return catchThrowableOfType(InvalidYamlException.class, () -> SCHEMA.read(yaml)).getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', value = {
        "exclude: [a\\nrules: b|2:",
        "exclude: []\\nexclude: []|2:8: Duplicate field 'exclude'",
        "\\n\\nexclud: []|3:1: property 'exclud' is not known",
        "exclude:\\n  - a\\n  - 3|3:5: exclude[1]: integer found, string expected",
        "rules:\\n  - id: A\\n    zones: [a]|2:5: rules[0]: required property 'banned' not found",
        "allow:\\n  - module: a\\n    in: [b]\\n    reason: short|4:13: allow[0].reason: must be at least 10 characters long",
        "- a|1:1: array found, object expected",
        "rules: []|1:8: rules: must have at least 1 items",
    })
    void each_complaint_has_its_line(String yaml, String complaint) {
        assertThat(complaints(yaml.replace("\\n", "\n"))).startsWith(complaint.strip());
    }

    @Test
    void all_complaints_are_told_in_their_order() {
        assertThat(complaints("a: 1\nexclude: 3\nb: 2")).matches("1:1: .*'a'.*; 2:10: .*; 3:1: .*'b'.*");
    }

    @Test
    void an_empty_file_says_nothing_and_that_is_fine() throws InvalidYamlException {
        assertThat(SCHEMA.read("# nothing yet\n")).isEmpty();
    }
}
