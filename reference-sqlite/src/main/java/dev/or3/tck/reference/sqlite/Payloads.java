package dev.or3.tck.reference.sqlite;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.or3.tck.api.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;

/**
 * Reads payloads once, as a stream, and leaves their text alone: it goes into the log as it came (PUSH-12).
 */
final class Payloads {
    static final String REF_COUNT = "ref_count";
    static final String USER_ID = "user_id";
    private static final JsonFactory FACTORY = Json.mapper().getFactory();

    private Payloads() {
    }

    /** Whom a payload must not contradict (PUSH-15). */
    record Identity(String keyField, String pk, long clock, String workspaceId) {
    }

    /**
     * What was found in a payload.
     *
     * @param error    why it is refused, or null
     * @param refCount whether it carries {@code ref_count}
     */
    record Finding(String error, boolean refCount) {
        static Finding refused(String error) {
            return new Finding(error, false);
        }
    }

    /**
     * Reads the whole text.
     *
     * @param identity what key field, clock and workspace must be where the payload has them; null: anything
     */
    static Finding read(String text, Identity identity) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Finding.refused("the payload is no object");
            }
            boolean refCount = false;
            for (String field; (field = parser.nextFieldName()) != null; ) {
                JsonToken value = parser.nextToken();
                if (identity != null) {
                    if (field.equals(identity.keyField) && !isText(parser, value, identity.pk)) {
                        return Finding.refused("the payload's " + field + " is not the pk");
                    }
                    if (field.equals("clock") && !isNumber(parser, value, identity.clock)) {
                        return Finding.refused("the payload's clock is not the stamp's");
                    }
                    if (field.equals("workspace_id") && !isText(parser, value, identity.workspaceId)) {
                        return Finding.refused("the payload's workspace_id is not the scope's");
                    }
                }
                refCount |= field.equals(REF_COUNT);
                parser.skipChildren();
            }
            return parser.nextToken() == null ? new Finding(null, refCount)
                    : Finding.refused("the payload is followed by something else");
        } catch (IOException e) {
            return Finding.refused("the payload is not valid JSON, or nested too deeply");
        }
    }

    private static boolean isText(JsonParser parser, JsonToken value, String expected) throws IOException {
        return value == JsonToken.VALUE_STRING && parser.getText().equals(expected);
    }

    private static boolean isNumber(JsonParser parser, JsonToken value, long expected) throws IOException {
        if (value == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue() == expected;
        }
        return value.isNumeric() && parser.getDecimalValue().compareTo(BigDecimal.valueOf(expected)) == 0;
    }

    /** The object without one of its fields. */
    static String without(String text, String dropped) {
        return rewrite(text, dropped, null);
    }

    /** The object with one field set to a text. */
    static String with(String text, String field, String value) {
        return rewrite(text, field, value);
    }

    private static String rewrite(String text, String replaced, String value) {
        StringWriter written = new StringWriter(text.length() + 64);
        try (JsonParser parser = FACTORY.createParser(text); JsonGenerator generator = FACTORY.createGenerator(written)) {
            parser.nextToken();
            generator.writeStartObject();
            boolean done = value == null;
            for (String field; (field = parser.nextFieldName()) != null; ) {
                parser.nextToken();
                if (!field.equals(replaced)) {
                    generator.writeFieldName(field);
                    generator.copyCurrentStructureExact(parser);
                    continue;
                }
                parser.skipChildren();
                if (!done) {
                    generator.writeStringField(field, value);
                    done = true;
                }
            }
            if (!done) {
                generator.writeStringField(replaced, value);
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written.toString();
    }

    /** The same JSON with lone surrogates, which can only stand in strings, as escapes: UTF-8 cannot hold them. */
    static String storable(String text) {
        if (!CodeUnits.hasLoneSurrogate(text)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                escaped.append(String.format("\\u%04x", point));
            } else {
                escaped.appendCodePoint(point);
            }
            i += Character.charCount(point);
        }
        return escaped.toString();
    }

    /** Whether the text takes more than so many bytes in UTF-8. */
    static boolean exceeds(String text, int bytes) {
        if (text.length() * 3L <= bytes) {
            return false;
        }
        long size = 0;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            // Each half of a surrogate pair counts half of its four bytes.
            size += unit < 0x80 ? 1 : unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
        }
        return size > bytes;
    }
}
