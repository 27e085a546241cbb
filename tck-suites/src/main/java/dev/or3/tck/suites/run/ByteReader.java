package dev.or3.tck.suites.run;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote. Reading past the end, or a reference to a text never seen, throws an
 * {@link IndexOutOfBoundsException}. Not safe for use by several threads.
 */
final class ByteReader {
    private String[] table = new String[64];
    private int remembered;
    private byte[] bytes = new byte[0];
    private int position;
    private int end;

    /** Goes on with other bytes; remembered texts stay remembered. */
    void reset(byte[] nextBytes, int from, int to) {
        bytes = nextBytes;
        position = from;
        end = to;
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    int readByte() {
        if (position >= end) {
            throw pastEnd();
        }
        return bytes[position++];
    }

    long readLong() {
        byte first = (byte) readByte();
        if (first >= 0) {
            return first;
        }
        long value = first & 0x7F;
        for (int shift = 7; shift < 64; shift += 7) {
            byte next = (byte) readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("a number of more than ten bytes");
    }

    long readSigned() {
        long value = readLong();
        return value >>> 1 ^ -(value & 1);
    }

    int readInt() {
        return Math.toIntExact(readLong());
    }

    int readSignedInt() {
        return Math.toIntExact(readSigned());
    }

    /** How many things follow, each of at least one byte. */
    int readCount() {
        long count = readLong();
        if (count < 0 || count > remaining()) {
            throw pastEnd();
        }
        return (int) count;
    }

    String readText() {
        long head = readLong();
        int kind = (int) head & TextCoding.MASK;
        int value = Math.toIntExact(head >>> TextCoding.SHIFT);
        if (kind == TextCoding.NULL) {
            return null;
        }
        if (kind == TextCoding.REFERENCE) {
            return known(value);
        }
        if (value > remaining()) {
            throw pastEnd();
        }
        String text = switch (kind & ~TextCoding.REMEMBERED) {
            case TextCoding.LATIN_1 -> new String(bytes, position, value, StandardCharsets.ISO_8859_1);
            case TextCoding.UTF_8 -> new String(bytes, position, value, StandardCharsets.UTF_8);
            default -> codeUnits(value);
        };
        position += value;
        if ((kind & TextCoding.REMEMBERED) != 0) {
            remember(text);
        }
        return text;
    }

    private String known(int index) {
        if (index >= remembered) {
            throw new IndexOutOfBoundsException("a text that was never written");
        }
        return table[index];
    }

    private void remember(String text) {
        if (remembered == table.length) {
            table = Arrays.copyOf(table, 2 * remembered);
        }
        table[remembered++] = text;
    }

    /** By hand, because the JDK's decoder replaces lone surrogates. */
    private String codeUnits(int length) {
        char[] units = new char[length / 2];
        for (int i = 0; i < units.length; i++) {
            units[i] = (char) ((bytes[position + 2 * i] & 0xFF) << 8 | bytes[position + 2 * i + 1] & 0xFF);
        }
        return new String(units);
    }

    private static IndexOutOfBoundsException pastEnd() {
        return new IndexOutOfBoundsException("more than there is");
    }
}
