package dev.or3.tck.matrix.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.or3.tck.matrix.yaml.InvalidYamlException.Complaint;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A published JSON Schema that YAML files are held against. Immutable, and safe for use by several threads. */
public final class SchemaFile {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final JsonSchema schema;

    private SchemaFile(JsonSchema schema) {
        this.schema = schema;
    }

    /** The schema in a resource beside a class. */
    public static SchemaFile beside(Class<?> owner, String name) {
        try (InputStream json = owner.getResourceAsStream(name)) {
            return new SchemaFile(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a text.
     *
     * @return what it says; an empty text says an empty object
     * @throws InvalidYamlException if it is no YAML or not as the schema asks
     */
    public JsonNode read(String text) throws InvalidYamlException {
        Optional<Node> composed = compose(text);
        if (composed.isEmpty()) {
            return YAML.createObjectNode();
        }
        JsonNode value = parse(text);
        List<Complaint> complaints = schema.validate(value).stream().map(message -> complaint(message, composed.get()))
                .sorted(Comparator.comparingInt(Complaint::line).thenComparingInt(Complaint::column)).distinct().toList();
        if (!complaints.isEmpty()) {
            throw new InvalidYamlException(complaints, null);
        }
        return value;
    }

    /** Composed beside the value, for the marks. */
    private static Optional<Node> compose(String text) throws InvalidYamlException {
        try {
            return Optional.ofNullable(new Yaml().compose(new StringReader(text)));
        } catch (MarkedYAMLException e) {
            throw new InvalidYamlException(List.of(at(e.getProblemMark(), e.getProblem())), e);
        }
    }

    private static JsonNode parse(String text) throws InvalidYamlException {
        try {
            return YAML.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION).readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidYamlException(List.of(new Complaint(e.getLocation().getLineNr(), e.getLocation().getColumnNr(),
                    e.getOriginalMessage().lines().findFirst().orElse(""))), e);
        }
    }

    private static Complaint complaint(ValidationMessage message, Node root) {
        JsonNodePath path = message.getInstanceLocation();
        Node at = root;
        for (int i = 0; i < path.getNameCount(); i++) {
            at = child(at, path.getElement(i)).orElse(at);
        }
        Node node = at;
        Mark mark = (message.getProperty() == null ? Optional.<Node>empty()
                : tuple(node, message.getProperty()).map(NodeTuple::getKeyNode)).orElse(at).getStartMark();
        return at(mark, words(message.getMessage()));
    }

    /** Without what the place says already. */
    private static String words(String message) {
        return message.replaceFirst("^\\$(\\.|: )?", "")
                .replace("is not defined in the schema and the schema does not allow additional properties", "is not known");
    }

    private static Complaint at(Mark mark, String text) {
        return new Complaint(mark.getLine() + 1, mark.getColumn() + 1, text);
    }

    private static Optional<Node> child(Node node, Object step) {
        if (node instanceof SequenceNode list && step instanceof Integer index && index < list.getValue().size()) {
            return Optional.of(list.getValue().get(index));
        }
        return tuple(node, step.toString()).map(NodeTuple::getValueNode);
    }

    private static Optional<NodeTuple> tuple(Node node, String name) {
        return node instanceof MappingNode mapping ? mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)).findFirst()
                : Optional.empty();
    }
}
