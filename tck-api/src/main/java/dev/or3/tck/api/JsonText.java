package dev.or3.tck.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;

/**
 * A JSON value kept as its text, so that a payload can pass through a provider without being parsed.
 *
 * <p>{@link #equals} compares the text; {@link #sameAs} compares the JSON values (PUSH-12): the order of keys does not
 * count, and numbers are equal when their values are. Immutable and safe for use by several threads.
 *
 * @param text the JSON text, never null; {@code "null"} is the JSON null, which differs from an absent value
 */
@JsonDeserialize(using = JsonText.FromTokens.class)
public record JsonText(@JsonValue @JsonRawValue String text) {

    public JsonText {
        Objects.requireNonNull(text, "text");
    }

    public static JsonText of(JsonNode node) {
        return new JsonText(Json.write(node));
    }

    /**
     * Parses the text.
     *
     * @throws IllegalArgumentException if the text is not one JSON value
     */
    public JsonNode parse() {
        return Json.parse(text);
    }

    /** The size that limits speak of: bytes of the text in UTF-8 (PUSH-11). */
    public int utf8Bytes() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Whether both are the same JSON value; false if either text is no JSON and the texts differ. */
    public boolean sameAs(JsonText other) {
        if (other == null) {
            return false;
        }
        if (text.equals(other.text)) {
            return true;
        }
        try {
            return same(parse(), other.parse());
        } catch (IllegalArgumentException notJson) {
            return false;
        }
    }

    private static boolean same(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue()) == 0;
        }
        if (a.getNodeType() != b.getNodeType() || a.size() != b.size()) {
            return false;
        }
        if (a.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> fields = a.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> field = fields.next();
                JsonNode theirs = b.get(field.getKey());
                if (theirs == null || !same(field.getValue(), theirs)) {
                    return false;
                }
            }
            return true;
        }
        if (a.isArray()) {
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return a.equals(b);
    }

    @Override
    public String toString() {
        return text;
    }

    /** Copies the tokens of one value, or the bytes where they are at hand, so that numbers keep the digits that were sent. */
    static final class FromTokens extends JsonDeserializer<JsonText> {
        @Override
        public JsonText deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken().isStructStart()) {
                JsonLocation start = parser.currentTokenLocation();
                if (start.contentReference().getRawContent() instanceof byte[] source && start.getByteOffset() >= 0) {
                    parser.skipChildren();
                    int from = (int) start.getByteOffset();
                    int to = (int) parser.currentLocation().getByteOffset();
                    return new JsonText(new String(source, from, to - from, StandardCharsets.UTF_8));
                }
            }
            StringWriter text = new StringWriter();
            try (JsonGenerator generator = parser.getCodec().getFactory().createGenerator(text)) {
                int depth = 0;
                do {
                    depth += copy(parser, generator);
                } while (depth > 0 && parser.nextToken() != null);
            }
            return new JsonText(text.toString());
        }

        private static int copy(JsonParser parser, JsonGenerator generator) throws IOException {
            JsonToken token = parser.currentToken();
            if (token.isNumeric()) {
                generator.writeNumber(parser.getText());
            } else {
                generator.copyCurrentEvent(parser);
            }
            return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
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
