package dev.or3.tck.suites.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.config.Configuration.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What configurations look like: as much of JSON Schema as types of backends need. Immutable. */
final class BackendForms {
    /** The built-in types, with what their backends can do. */
    static final Map<String, Set<String>> CAPABILITIES = Map.of(
            "convex", Set.of("auth", "realtime", "storage", "functions", "search"),
            "wordpress", Set.of("cms", "rest_api", "plugins", "media_library"),
            "notion", Set.of("cms", "search"),
            "supabase", Set.of("auth", "storage", "realtime", "edge_functions"));

    private static final String URL =
            "\"type\":\"string\",\"pattern\":\"^https?://[^\\\\s/]+.*$\",\"description\":\"a URL\"";
    private static final Map<String, String> SCHEMAS = Map.of(
            "convex", """
                    {"type":"object","required":["deploymentUrl","deploymentName"],"properties":{"deploymentUrl":{%s},\
                    "deploymentName":{"type":"string","pattern":"^(dev|prod):.+$",\
                    "description":"dev: or prod: and a name"}}}"""
                    .formatted(URL),
            "wordpress", """
                    {"type":"object","required":["baseUrl","username","applicationPassword"],"properties":{\
                    "baseUrl":{"type":"string","pattern":"^https?://[^\\\\s/]+.*/wp-json$",\
                    "description":"a URL that ends in /wp-json"},\
                    "username":{"type":"string","pattern":".+","description":"a name"},\
                    "applicationPassword":{"type":"string","pattern":"^[a-zA-Z0-9]{24}$|^([a-zA-Z0-9]{4} ?){6}$",\
                    "writeOnly":true,"description":"24 letters or digits, in groups of four or not"}}}""",
            "notion", """
                    {"type":"object","required":["token","databaseId"],"properties":{"token":{"type":"string",\
                    "pattern":"^secret_.+$","writeOnly":true,"description":"secret_ and more"},\
                    "databaseId":{"type":"string","description":"an id"},"baseUrl":{%s}}}""".formatted(URL),
            "supabase", """
                    {"type":"object","required":["url","anonKey"],"properties":{"url":{%s},"anonKey":{"type":"string",\
                    "pattern":".+","writeOnly":true,"description":"a key"},"serviceKey":{"type":"string","pattern":".+",\
                    "writeOnly":true,"description":"a key"}}}""".formatted(URL));

    private final JsonNode schema;

    BackendForms(JsonText schema) {
        this.schema = schema.parse();
    }

    static JsonText schemaOf(String type) {
        return new JsonText(SCHEMAS.get(type));
    }

    /** The fields that hold credentials. */
    Set<String> secrets() {
        Set<String> secrets = new TreeSet<>();
        schema.path("properties").fields().forEachRemaining(field -> {
            if (field.getValue().path("writeOnly").asBoolean()) {
                secrets.add(field.getKey());
            }
        });
        return secrets;
    }

    /** One for each wrong field, without its value. */
    List<FieldError> errors(JsonNode config) {
        List<FieldError> errors = new ArrayList<>();
        schema.path("properties").fields().forEachRemaining(field -> {
            String name = field.getKey();
            JsonNode value = config.path(name);
            boolean missing = value.isMissingNode() || value.isNull();
            boolean required = false;
            for (JsonNode one : schema.path("required")) {
                required |= one.asText().equals(name);
            }
            if (missing ? required : !fits(field.getValue(), value)) {
                errors.add(new FieldError(name, "expected " + field.getValue().path("description").asText("a text")
                        + (missing ? ", and nothing is there" : "")));
            }
        });
        return errors;
    }

    private static boolean fits(JsonNode form, JsonNode value) {
        return value.isTextual() && value.textValue().matches(form.path("pattern").asText("(?s).*"))
                && value.textValue().length() >= form.path("minLength").asInt(0);
    }
}
