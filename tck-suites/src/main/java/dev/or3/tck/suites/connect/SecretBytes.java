package dev.or3.tck.suites.connect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds secrets in answers, at about a nanosecond a byte: a table tells for almost every place that none begins there.
 * Immutable.
 */
final class SecretBytes {
    private static final byte[] HIDDEN = Secrets.HIDDEN.getBytes(StandardCharsets.US_ASCII);
    private static final int LOOK = 4;
    private static final int TABLE = 1 << 16;
    private static final int SHORTEST = 8;

    private final byte[][] patterns;
    private final BitSet beginnings = new BitSet(TABLE);

    /**
     * @param texts the longest first
     */
    SecretBytes(List<String> texts) {
        patterns = texts.stream().filter(text -> staysWithinText(text)).map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        for (byte[] pattern : patterns) {
            beginnings.set(beginning(pattern, 0));
        }
    }

    /**
     * Whether a value cannot be mistaken for what answers consist of: names and words have letters alone, numbers none. Were
     * they replaced, a judgement would not be about the provider any more.
     */
    static boolean isUnlikeWords(String value) {
        return value.length() >= SHORTEST && value.chars().anyMatch(c -> !Character.isLetter(c) && c != '_')
                && value.chars().anyMatch(c -> Character.isLetter(c) && c != 'e' && c != 'E');
    }

    /** What holds a quote as it stands would reach beyond a text of JSON. */
    private static boolean staysWithinText(String text) {
        return !text.replaceAll("\\\\.", "").contains("\"") && text.getBytes(StandardCharsets.UTF_8).length >= LOOK;
    }

    private static int beginning(byte[] bytes, int at) {
        int word = bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
        return word * 0x9E3779B1 >>> 16;
    }

    /** The same array where nothing is to be hidden. */
    byte[] hide(byte[] bytes) {
        if (patterns.length == 0) {
            return bytes;
        }
        ByteArrayOutputStream out = null;
        int kept = 0;
        for (int i = 0; i + LOOK <= bytes.length; ) {
            byte[] found = beginnings.get(beginning(bytes, i)) ? at(bytes, i) : null;
            if (found == null) {
                i++;
                continue;
            }
            out = out == null ? new ByteArrayOutputStream(bytes.length) : out;
            out.write(bytes, kept, i - kept);
            out.writeBytes(HIDDEN);
            i += found.length;
            kept = i;
        }
        if (out == null) {
            return bytes;
        }
        out.write(bytes, kept, bytes.length - kept);
        return out.toByteArray();
    }

    private byte[] at(byte[] bytes, int place) {
        for (byte[] pattern : patterns) {
            if (place + pattern.length <= bytes.length
                    && Arrays.equals(bytes, place, place + pattern.length, pattern, 0, pattern.length)) {
                return pattern;
            }
        }
        return null;
    }
}
