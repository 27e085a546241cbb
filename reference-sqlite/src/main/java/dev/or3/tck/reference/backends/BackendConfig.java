package dev.or3.tck.reference.backends;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import java.nio.charset.StandardCharsets;

/**
 * A configuration with its credentials in the clear; it is never logged, and tells no more than its type. Immutable.
 */
public final class BackendConfig {
    static final String TYPE = "type";
    private static final int LONGEST = 64 * 1024;

    private final String type;
    private final JsonText json;

    private BackendConfig(String type, JsonText json) {
        this.type = type;
        this.json = json;
    }

    /**
     * @throws ProviderException 400 if it is no object with a type, or far too long; its fields are not looked at
     */
    public static BackendConfig of(JsonText json) {
        ObjectNode object = object(json);
        if (!object.path(TYPE).isTextual()) {
            throw ProviderException.badRequest("config.type must be the name of a type");
        }
        return of(object.get(TYPE).asText(), object);
    }

    static BackendConfig of(String type, ObjectNode fields) {
        // As bytes once, which is how it is sealed: half a surrogate pair becomes an escape.
        byte[] utf8 = Json.writeUtf8(fields.deepCopy().put(TYPE, type));
        return new BackendConfig(type, new JsonText(new String(utf8, StandardCharsets.UTF_8)));
    }

    static ObjectNode object(JsonText json) {
        if (json == null || json.text().length() > LONGEST) {
            throw ProviderException.badRequest("config " + (json == null ? "is missing" : "is too long"));
        }
        JsonNode parsed;
        try {
            parsed = json.parse();
        } catch (IllegalArgumentException e) {
            // Without its cause, which may quote the text.
            throw ProviderException.badRequest("config is no JSON");
        }
        if (!(parsed instanceof ObjectNode object)) {
            throw ProviderException.badRequest("config must be an object");
        }
        return object;
    }

    public String type() {
        return type;
    }

    /** The whole configuration, its type and credentials included. */
    public JsonText json() {
        return json;
    }

    /** The fields beside the type. */
    ObjectNode fields() {
        return ((ObjectNode) json.parse()).without(TYPE);
    }

    @Override
    public String toString() {
        return "a configuration of type " + type;
    }
}
