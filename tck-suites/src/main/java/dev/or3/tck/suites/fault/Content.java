package dev.or3.tck.suites.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.sync.Operation;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What makes two operations the same one: their content, whatever the order of keys. */
final class Content {
    private Content() {
    }

    /** Compact JSON with sorted keys and numbers in one form. */
    static String canonical(JsonNode value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    /** A digest of what counts: table, operation, key, payload and stamp. */
    static String fingerprint(Operation operation, String canonicalPayload) {
        String content = String.join("\u0000", operation.tableName(), operation.operation(), operation.pk(),
                operation.stamp().deviceId(), operation.stamp().hlc(), Long.toString(operation.stamp().clock()),
                canonicalPayload);
        try {
            // UTF-16 keeps lone surrogates apart, which UTF-8 would not.
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_16BE));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void write(JsonNode value, StringBuilder text) {
        if (value.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            value.fields().forEachRemaining(field -> sorted.put(field.getKey(), field.getValue()));
            String separator = "{";
            for (Map.Entry<String, JsonNode> field : sorted.entrySet()) {
                text.append(separator).append(Json.write(field.getKey())).append(':');
                write(field.getValue(), text);
                separator = ",";
            }
            text.append(sorted.isEmpty() ? "{}" : "}");
        } else if (value.isArray()) {
            String separator = "[";
            for (JsonNode element : value) {
                text.append(separator);
                write(element, text);
                separator = ",";
            }
            text.append(value.isEmpty() ? "[]" : "]");
        } else if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            text.append(number.signum() == 0 ? "0" : number.stripTrailingZeros().toString());
        } else {
            text.append(Json.write(value));
        }
    }
}
