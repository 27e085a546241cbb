package dev.or3.tck.suites.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import dev.or3.tck.api.sync.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The rows of a page within a readable history: {@code [version, operation]}, or {@code [version, {the change}]}. */
final class ReadableRows {
    private ReadableRows() {
    }

    /** Writes rows. */
    static final class Writer extends JsonSerializer<Call.Rows> {
        @Override
        public void serialize(Call.Rows rows, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartArray();
            for (int i = 0; i < rows.size(); i++) {
                json.writeStartArray();
                json.writeNumber(rows.versions()[i]);
                if (rows.isAsSent(i)) {
                    json.writeNumber(rows.operations()[i]);
                } else {
                    provider.defaultSerializeValue(rows.other(i), json);
                }
                json.writeEndArray();
            }
            json.writeEndArray();
        }
    }

    /** Reads rows. */
    static final class Reader extends JsonDeserializer<Call.Rows> {
        @Override
        public Call.Rows deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            List<Long> versions = new ArrayList<>();
            List<Integer> operations = new ArrayList<>();
            List<Change> others = new ArrayList<>();
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                parser.nextToken();
                versions.add(parser.getLongValue());
                if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                    operations.add(parser.getIntValue());
                } else {
                    boolean nothing = parser.currentToken() == JsonToken.VALUE_NULL;
                    others.add(nothing ? null : context.readValue(parser, Change.class));
                    operations.add(-others.size());
                }
                if (parser.nextToken() != JsonToken.END_ARRAY) {
                    throw JsonMappingException.from(parser, "a row is more than a version and what it shows");
                }
            }
            return new Call.Rows(versions.stream().mapToLong(Long::longValue).toArray(),
                    operations.stream().mapToInt(Integer::intValue).toArray(), Collections.unmodifiableList(others));
        }
    }
}
