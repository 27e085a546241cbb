package dev.or3.tck.matrix.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.or3.tck.api.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The description of the protocol, as a judge of what travels. */
final class ProtocolFile {
    static final Path PATH = Path.of("..", "tck-api", "protocol", "openapi.yaml");
    private static final String NAME = "https://example.org/openapi.json";

    private final JsonNode document;
    private final JsonSchemaFactory schemas;

    ProtocolFile() {
        try {
            document = new YAMLMapper().readTree(Files.readString(PATH));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(NAME, Json.write(document)))));
    }

    /** The methods of a component, as calls may name them. */
    Set<String> methods(String component) {
        Set<String> methods = new TreeSet<>();
        for (JsonNode call : document.at("/components/schemas/Call/oneOf")) {
            if (call.at("/properties/component/const").asText().equals(component)) {
                String method = call.at("/properties/method/const").asText();
                assertThat(call.at("/properties/input/$ref").asText())
                        .isEqualTo("#/components/schemas/" + component + "." + method + ".input");
                methods.add(method);
            }
        }
        return methods;
    }

    Set<String> controls() {
        Set<String> names = new TreeSet<>();
        document.at("/paths").path("/tck/v1/control/{name}").at("/post/parameters/1/schema/enum")
                .forEach(name -> names.add(name.asText()));
        return names;
    }

    boolean has(String schema) {
        return document.at("/components/schemas").has(schema);
    }

    /** What is wrong with a value, by the schema of that name. */
    List<String> complaints(String schema, JsonNode value) {
        assertThat(has(schema)).as("the schema " + schema).isTrue();
        List<String> complaints = new ArrayList<>();
        for (ValidationMessage message : schemas.getSchema(SchemaLocation.of(NAME + "#/components/schemas/" + schema))
                .validate(value)) {
            complaints.add(message.getMessage());
        }
        return complaints;
    }
}
