package dev.or3.tck.suites.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
        try (JsonParser parser = Json.mapper().createParser(text)) {
            return parser.nextToken() != null && copy(parser).equals(text) && parser.nextToken() == null;
        } catch (IOException notJson) {
            return false;
        }
    }

    /** One value, token by token, so that numbers keep their digits. */
    private static String copy(JsonParser parser) throws IOException {
        StringWriter copy = new StringWriter();
        try (JsonGenerator json = parser.getCodec().getFactory().createGenerator(copy)) {
            int depth = 0;
            do {
                JsonToken token = parser.currentToken();
                if (token.isNumeric()) {
                    json.writeNumber(parser.getText());
                } else {
                    json.copyCurrentEvent(parser);
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            } while (depth > 0 && parser.nextToken() != null);
        }
        return copy.toString();
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
            String text = copy(parser);
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
