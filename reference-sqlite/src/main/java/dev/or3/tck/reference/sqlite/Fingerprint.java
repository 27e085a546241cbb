package dev.or3.tck.reference.sqlite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * What makes two operations the same content: table, operation, key, payload as JSON, clock, hlc and device, whatever the
 * order of keys and the spelling of numbers (PUSH-02, PUSH-04).
 */
final class Fingerprint {
    private Fingerprint() {
    }

    static byte[] of(Entry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            text(out, entry.table());
            text(out, entry.op());
            text(out, entry.pk());
            text(out, entry.hlc());
            text(out, entry.deviceId());
            out.writeLong(entry.clock());
            // What a delete carries is free, so it is no content.
            if (entry.payload() != null && !entry.isDelete()) {
                payload(out, entry.payload());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sha256(bytes.toByteArray());
    }

    private static void payload(DataOutputStream out, String payload) throws IOException {
        ByteArrayOutputStream canonical = new ByteArrayOutputStream();
        try {
            value(new DataOutputStream(canonical), Json.parse(payload));
            canonical.writeTo(out);
        } catch (IllegalArgumentException | ArithmeticException e) {
            // A number beyond what Java can hold: then only the same text is the same content.
            text(out, payload);
        }
    }

    private static void value(DataOutputStream out, JsonNode node) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                out.writeByte('{');
                Map<String, JsonNode> sorted = new TreeMap<>();
                for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
                    Map.Entry<String, JsonNode> field = fields.next();
                    sorted.put(field.getKey(), field.getValue());
                }
                out.writeInt(sorted.size());
                for (Map.Entry<String, JsonNode> field : sorted.entrySet()) {
                    text(out, field.getKey());
                    value(out, field.getValue());
                }
            }
            case ARRAY -> {
                out.writeByte('[');
                out.writeInt(node.size());
                for (JsonNode element : node) {
                    value(out, element);
                }
            }
            case NUMBER -> {
                out.writeByte('0');
                BigDecimal number = node.decimalValue();
                text(out, number.signum() == 0 ? "0" : number.stripTrailingZeros().toString());
            }
            case STRING -> {
                out.writeByte('"');
                text(out, node.textValue());
            }
            default -> text(out, node.toString());
        }
    }

    /** By code units: a lone surrogate has no UTF-8. */
    private static void text(DataOutputStream out, String text) throws IOException {
        out.writeInt(text.length());
        out.writeChars(text);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
