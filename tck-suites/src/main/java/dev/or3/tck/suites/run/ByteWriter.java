package dev.or3.tck.suites.run;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A growing buffer of varints and texts, the counterpart of {@link ByteReader}. Not safe for use by several threads. */
final class ByteWriter {
    /** So many texts are remembered at most; later ones are written out each time. */
    private static final int TABLE_SIZE = 1 << 16;

    private final Map<String, Integer> table = new HashMap<>();
    private byte[] bytes = new byte[1 << 16];
    private int size;

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** Empties the buffer; remembered texts stay remembered. */
    void clear() {
        size = 0;
    }

    void writeByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /** Unsigned: seven bits a byte, the low ones first. */
    void writeLong(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Zig-zag, so that small negative numbers are short too. */
    void writeSigned(long value) {
        writeLong(value << 1 ^ value >> 63);
    }

    /** A text that comes once, or null. */
    void writeText(String text) {
        if (text == null) {
            writeLong(TextCoding.NULL);
        } else {
            writeLiteral(text, 0);
        }
    }

    /** A text that is likely to come again, or null. */
    void writeName(String name) {
        Integer known = name == null ? null : table.get(name);
        if (name == null) {
            writeLong(TextCoding.NULL);
        } else if (known != null) {
            writeLong((long) known << TextCoding.SHIFT | TextCoding.REFERENCE);
        } else if (table.size() < TABLE_SIZE) {
            table.put(name, table.size());
            writeLiteral(name, TextCoding.REMEMBERED);
        } else {
            writeLiteral(name, 0);
        }
    }

    private void writeLiteral(String text, int remembered) {
        int coding = TextCoding.of(text);
        byte[] encoded = switch (coding) {
            case TextCoding.LATIN_1 -> text.getBytes(StandardCharsets.ISO_8859_1);
            case TextCoding.UTF_8 -> text.getBytes(StandardCharsets.UTF_8);
            default -> codeUnits(text);
        };
        writeLong((long) encoded.length << TextCoding.SHIFT | coding | remembered);
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    private static byte[] codeUnits(String text) {
        byte[] units = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            units[2 * i] = (byte) (text.charAt(i) >> 8);
            units[2 * i + 1] = (byte) text.charAt(i);
        }
        return units;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int) Math.min(2L * bytes.length, 1 << 30)));
        }
    }
}
