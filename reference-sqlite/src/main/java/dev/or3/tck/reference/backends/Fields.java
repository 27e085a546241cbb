package dev.or3.tck.reference.backends;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import dev.or3.tck.api.config.Configuration.FieldError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The fields of one type, by its JSON Schema: what is wrong in a configuration, and which of them are credentials. */
final class Fields {
    static final String MASK = "***";

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig PLAIN = SchemaValidatorsConfig.builder().locale(Locale.ENGLISH)
            .regularExpressionFactory(Fields::regularExpression).build();

    private final JsonNode schema;
    private final JsonSchema validator;

    Fields(JsonNode schema) {
        this.schema = schema;
        this.validator = FACTORY.getSchema(schema, PLAIN);
    }

    /** In Java, {@code $} also stands before a line break at the end, which in JSON Schema it does not. */
    private static RegularExpression regularExpression(String regex) {
        boolean toTheEnd = regex.endsWith("$") && !regex.endsWith("\\$");
        Pattern pattern = Pattern.compile(toTheEnd ? regex.substring(0, regex.length() - 1) + "\\z" : regex);
        return value -> pattern.matcher(value).find();
    }

    /** One error for each wrong field, in the order of their names. */
    List<FieldError> errors(ObjectNode config) {
        Map<String, FieldError> byField = new TreeMap<>();
        for (ValidationMessage wrong : validator.validate(config)) {
            FieldError error = error(wrong);
            byField.putIfAbsent(error.field(), error);
        }
        return List.copyOf(byField.values());
    }

    private FieldError error(ValidationMessage wrong) {
        StringBuilder field = new StringBuilder();
        JsonNode described = schema;
        int depth = wrong.getInstanceLocation().getNameCount();
        for (int i = 0; i <= depth; i++) {
            Object step = i < depth ? wrong.getInstanceLocation().getElement(i) : wrong.getProperty();
            if (step != null) {
                field.append(field.isEmpty() ? "" : ".").append(step);
                described = described.path("properties").path(step.toString());
            }
        }
        return new FieldError(field.toString(), switch (wrong.getType()) {
            case "additionalProperties", "unevaluatedProperties" -> "is no field of this type";
            default -> described.hasNonNull("description") ? "must be " + described.get("description").asText()
                    : withoutValue(wrong);
        });
    }

    /** What the library says names schemas, not values; should it once name the value, that is not repeated. */
    private static String withoutValue(ValidationMessage wrong) {
        JsonNode value = wrong.getInstanceNode();
        return value != null && value.isValueNode() && wrong.getError().contains(value.asText()) ? "does not fit the schema"
                : wrong.getError();
    }

    /** The configuration with its credentials masked. */
    ObjectNode masked(ObjectNode config) {
        ObjectNode masked = config.deepCopy();
        mask(masked, schema);
        return masked;
    }

    private static void mask(ObjectNode config, JsonNode schema) {
        schema.path("properties").fields().forEachRemaining(field -> {
            JsonNode value = config.path(field.getKey());
            if (field.getValue().path("writeOnly").asBoolean() && !value.isMissingNode()) {
                config.put(field.getKey(), MASK);
            } else if (value instanceof ObjectNode inner) {
                mask(inner, field.getValue());
            }
        });
    }
}
