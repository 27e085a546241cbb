package dev.or3.tck.matrix.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.schema.WireSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The shapes of request bodies: {@code requests.yaml}, with the wire schema's tables. Safe for use by several threads. */
final class RequestSchema {
    private static final int COMPLAINTS = 3;
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder().pathType(PathType.JSON_PATH)
            .locale(Locale.ENGLISH).build();

    private final JsonNode schema;
    private final Map<String, JsonSchema> shapes = new ConcurrentHashMap<>();

    RequestSchema(WireSchema wire) {
        this.schema = load();
        ObjectNode operation = (ObjectNode) schema.at("/$defs/operation");
        ArrayNode tables = operation.withObject("/properties/tableName").putArray("enum");
        ArrayNode rules = operation.putArray("allOf");
        wire.tableNames().forEach(name -> {
            tables.add(name);
            rules.add(puts(name, wire.tables().get(name)));
        });
    }

    private static JsonNode load() {
        try (InputStream file = RequestSchema.class.getResourceAsStream("requests.yaml")) {
            return YAMLMapper.builder().build().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the shapes of requests cannot be read", e);
        }
    }

    /** If it is a put into that table, then its payload has these fields. */
    private static ObjectNode puts(String name, WireSchema.Table table) {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        rule.withObject("/if/properties/tableName").put("const", name);
        rule.withObject("/if/properties/operation").put("const", "put");
        ObjectNode payload = rule.withObject("/then/properties/payload");
        table.fields().forEach((field, shape) -> {
            if (shape.type() != WireSchema.FieldType.json) {
                ArrayNode types = payload.withObject("/properties").withObject("/" + field).putArray("type");
                types.add(type(shape.type()));
                if (!shape.required()) {
                    types.add("null");
                }
            }
            if (shape.required()) {
                payload.withArray("/required").add(field);
            }
        });
        return rule;
    }

    private static String type(WireSchema.FieldType type) {
        return switch (type) {
            case text, json -> "string";
            case integer -> "integer";
            case number, time -> "number";
            case bool -> "boolean";
        };
    }

    /**
     * Refuses a body that does not look like that.
     *
     * @param shape a name under {@code $defs}
     * @throws ProviderException 400, naming the places
     */
    void check(String shape, JsonNode body) {
        String complaints = shapes.computeIfAbsent(shape, this::compile).validate(body).stream().limit(COMPLAINTS)
                .map(message -> message.getMessage()).collect(Collectors.joining("; "));
        if (!complaints.isEmpty()) {
            throw ProviderException.badRequest(complaints);
        }
    }

    private JsonSchema compile(String shape) {
        ObjectNode root = schema.deepCopy();
        root.put("$ref", "#/$defs/" + shape);
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(root, CONFIG);
    }
}
