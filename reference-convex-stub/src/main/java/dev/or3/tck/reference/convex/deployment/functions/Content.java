package dev.or3.tck.reference.convex.deployment.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.reference.convex.deployment.Values;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A digest of what an operation says, whatever the order of keys and the spelling of numbers. */
final class Content {
    private static final List<String> PARTS = List.of("tableName", "operation", "pk", "hlc", "deviceId", "clock");

    private Content() {
    }

    /** The payload, or null if it is no JSON. */
    static JsonNode parse(String payload) {
        try {
            return Values.mapper().readTree(payload);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /**
     * @param parsed the payload as far as it is content, or null
     * @param text   the payload, should it not be JSON
     */
    static String of(Args op, JsonNode parsed, String text) {
        ObjectNode parts = Values.object();
        for (String part : PARTS) {
            parts.set(part, op.values().path(part));
        }
        StringBuilder canonical = new StringBuilder(256);
        write(parts, canonical);
        if (parsed != null) {
            try {
                StringBuilder payload = new StringBuilder(256);
                write(parsed, payload);
                canonical.append(payload);
            } catch (ArithmeticException e) {
                // A number beyond what Java can hold: then only the same text is the same content.
                canonical.append(text);
            }
        }
        return Base64.getEncoder().withoutPadding().encodeToString(sha256(canonical.toString()));
    }

    private static void write(JsonNode node, StringBuilder out) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, JsonNode> sorted = new TreeMap<>();
                node.fields().forEachRemaining(field -> sorted.put(field.getKey(), field.getValue()));
                out.append('{');
                sorted.forEach((name, value) -> {
                    text(name, out);
                    write(value, out);
                });
                out.append('}');
            }
            case ARRAY -> {
                out.append('[');
                node.forEach(value -> write(value, out));
                out.append(']');
            }
            case NUMBER -> {
                BigDecimal number = node.decimalValue();
                out.append(number.signum() == 0 ? "0" : number.stripTrailingZeros().toString()).append(',');
            }
            case STRING -> text(node.textValue(), out);
            default -> out.append(node);
        }
    }

    private static void text(String text, StringBuilder out) {
        out.append('"').append(text.length()).append(':').append(text);
    }

    private static byte[] sha256(String text) {
        try {
            // By code units: half a surrogate pair has no UTF-8.
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_16BE));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
