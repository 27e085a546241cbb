package dev.or3.tck.matrix.packages;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.or3.tck.matrix.source.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A JSON file and the lines of its fields. Comments and trailing commas are read too, as the tools for them do.
 *
 * @param root  the value
 * @param lines the line of each field, by its JSON pointer
 */
record JsonDocument(JsonNode root, Map<String, Integer> lines) {
    private static final JsonMapper LENIENT = JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build();

    /** One without anything in it. */
    static final JsonDocument EMPTY = new JsonDocument(LENIENT.createObjectNode(), Map.of());

    /**
     * @throws com.fasterxml.jackson.core.JsonProcessingException if it is no JSON; it knows the line
     * @throws IOException if it cannot be read
     */
    static JsonDocument read(Path file) throws IOException {
        byte[] text = Files.readAllBytes(file);
        JsonNode root = LENIENT.readTree(text);
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = LENIENT.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME || token.isScalarValue()) {
                    lines.putIfAbsent(parser.getParsingContext().pathAsPointer().toString(),
                            parser.currentTokenLocation().getLineNr());
                }
            }
        }
        return new JsonDocument(root instanceof MissingNode ? LENIENT.createObjectNode() : root, lines);
    }

    JsonNode at(String... path) {
        return root.at(pointer(path));
    }

    /** Where a field stands, or the nearest field around it that is there. */
    Place place(String... path) {
        String pointer = pointer(path);
        while (!pointer.isEmpty() && !lines.containsKey(pointer)) {
            pointer = pointer.substring(0, pointer.lastIndexOf('/'));
        }
        return Place.line(lines.getOrDefault(pointer, 1));
    }

    private static String pointer(String... path) {
        StringBuilder pointer = new StringBuilder();
        for (String step : path) {
            pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
