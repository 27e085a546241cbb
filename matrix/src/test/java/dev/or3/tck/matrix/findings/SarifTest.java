package dev.or3.tck.matrix.findings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.or3.tck.matrix.source.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SarifTest {
    private static final Finding FINDING = new Finding(Requirements.of("WIR-04"), "app/my page/ä.vue", new Place(3, 8, 16),
            "names 'convex' in an import", "Take it away");
    private static final Finding WITHOUT_END = new Finding(Requirements.of("PKG-05"), "/tree/package.json", Place.TOP,
            "has no init command", "Add one");

    private static JsonNode sarif(Finding... findings) {
        return Sarif.of(new Review("guard", Map.of("files", 1), List.of(findings), List.of("a note")), "1.2.3");
    }

    /** The schema as OASIS publishes it. */
    static JsonSchema schema() throws IOException {
        try (InputStream json = SarifTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(json);
        }
    }

    @Test
    void it_is_what_the_standard_asks_for() throws IOException {
        assertThat(schema().validate(sarif(FINDING, WITHOUT_END, FINDING.allowedBecause("until the next release"))))
                .isEmpty();
        assertThat(schema().validate(sarif())).isEmpty();
    }

    @Test
    void the_schema_would_tell_what_is_wrong() throws IOException {
        JsonNode wrong = sarif(FINDING);
        ((ObjectNode) wrong.at("/runs/0/results/0")).remove("message");

        assertThat(schema().validate(wrong)).isNotEmpty();
    }

    @Test
    void results_have_rule_level_and_place() {
        JsonNode result = sarif(FINDING, WITHOUT_END).at("/runs/0/results/1");

        assertThat(result.get("ruleId").asText()).isEqualTo("WIR-04");
        assertThat(result.get("level").asText()).isEqualTo("error");
        assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").asText())
                .isEqualTo("app/my%20page/%C3%A4.vue");
        assertThat(result.at("/locations/0/physicalLocation/region").toString())
                .isEqualTo("{\"startLine\":3,\"startColumn\":8,\"endColumn\":16}");
    }

    @Test
    void what_is_allowed_is_suppressed_with_its_reason() {
        assertThat(sarif(FINDING.allowedBecause("until the next release"))
                .at("/runs/0/results/0/suppressions/0/justification")
                .asText()).isEqualTo("until the next release");
    }
}
