package dev.or3.tck.reference.sqlite;

/**
 * Texts as they stand in key columns, so that SQLite's byte order is the order of UTF-16 code units (LWW-04).
 *
 * <p>SQLite compares UTF-8 bytes, in which characters beyond the BMP follow U+E000 to U+FFFF; by code units they come
 * before. So every unit from U+D800 on is stored as a character of its own beyond the BMP, in the same order. That also
 * carries lone surrogates, which UTF-8 cannot. Texts without such units, nearly all, are stored as they are.
 */
final class CodeUnits {
    private static final char FIRST = Character.MIN_SURROGATE;

    private CodeUnits() {
    }

    static String encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST) {
                return lift(text, i);
            }
        }
        return text;
    }

    private static String lift(String text, int from) {
        StringBuilder lifted = new StringBuilder(text.length() + 8).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < FIRST) {
                lifted.append(unit);
            } else {
                lifted.appendCodePoint(Character.MIN_SUPPLEMENTARY_CODE_POINT + unit - FIRST);
            }
        }
        return lifted.toString();
    }

    static String decode(String stored) {
        for (int i = 0; i < stored.length(); i++) {
            if (stored.charAt(i) >= FIRST) {
                return lower(stored, i);
            }
        }
        return stored;
    }

    private static String lower(String stored, int from) {
        StringBuilder text = new StringBuilder(stored.length()).append(stored, 0, from);
        for (int i = from; i < stored.length(); ) {
            int point = stored.codePointAt(i);
            i += Character.charCount(point);
            text.append((char) (point < FIRST ? point : point - Character.MIN_SUPPLEMENTARY_CODE_POINT + FIRST));
        }
        return text.toString();
    }

    /** Whether a text holds half a surrogate pair, which no UTF-8 column can keep. */
    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                if (Character.isLowSurrogate(unit) || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
