package dev.or3.tck.suites.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.or3.tck.api.JsonText;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** How faulty twins change payloads on their way. */
final class Payloads {
    private Payloads() {
    }

    /** Changes, drops (by an empty answer) or keeps each value of an object, at every depth; arrays keep their places. */
    static JsonNode map(JsonNode value, BiFunction<String, JsonNode, Optional<JsonNode>> change) {
        if (value instanceof ObjectNode object) {
            ObjectNode mapped = object.objectNode();
            object.fields().forEachRemaining(field -> change.apply(field.getKey(), map(field.getValue(), change))
                    .ifPresent(kept -> mapped.set(field.getKey(), kept)));
            return mapped;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode mapped = array.arrayNode();
            array.forEach(element -> mapped.add(change.apply("", map(element, change)).orElseGet(mapped::nullNode)));
            return mapped;
        }
        return value;
    }

    /** Changes every text, at every depth. */
    static JsonNode texts(JsonNode value, UnaryOperator<String> change) {
        return map(value, (name, node) ->
                Optional.of(node.isTextual() ? TextNode.valueOf(change.apply(node.textValue())) : node));
    }

    /** Changes one field of an object, if it is there. */
    static JsonNode field(JsonNode value, String name, UnaryOperator<JsonNode> change) {
        if (!value.has(name)) {
            return value;
        }
        ObjectNode changed = value.deepCopy();
        changed.set(name, change.apply(value.get(name)));
        return changed;
    }

    /** The winner's fields over those of the loser. */
    static JsonText merged(JsonText loser, JsonText winner) {
        ObjectNode merged = loser.parse().deepCopy();
        merged.setAll((ObjectNode) winner.parse());
        return JsonText.of(merged);
    }
}
