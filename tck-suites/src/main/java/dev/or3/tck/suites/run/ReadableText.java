package dev.or3.tck.suites.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import java.io.IOException;
import java.io.StringWriter;

/**
 * JSON texts within a readable history: as the JSON they are, or, where reading that back would give another text (spaces,
 * escapes, numbers in other notations, no JSON at all), as <code>{"$text": "…"}</code>.
 */
final class ReadableText {
    private static final String TEXT = "$text";

    private ReadableText() {
    }

    private static boolean survives(String text) {
        if (text.startsWith("{\"" + TEXT)) {
            return false;
        }
        try {
            return Json.mapper().readValue(text, JsonText.class).text().equals(text);
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }

    /** Writes either form. */
    static final class Writer extends JsonSerializer<JsonText> {
        @Override
        public void serialize(JsonText value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (survives(value.text())) {
                json.writeRawValue(value.text());
            } else {
                json.writeStartObject();
                json.writeStringField(TEXT, value.text());
                json.writeEndObject();
            }
        }
    }

    /** Reads either form. */
    static final class Reader extends JsonDeserializer<JsonText> {
        @Override
        public JsonText deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            StringWriter copy = new StringWriter();
            try (JsonGenerator json = parser.getCodec().getFactory().createGenerator(copy)) {
                json.copyCurrentStructureExact(parser);
            }
            String text = copy.toString();
            return new JsonText(text.startsWith("{\"" + TEXT) ? Json.parse(text).path(TEXT).asText() : text);
        }

        @Override
        public JsonText getNullValue(DeserializationContext context) {
            return new JsonText("null");
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}
