package dev.or3.tck.suites.run;

/**
 * How texts stand in a history file: a number whose low three bits say how, and whose other bits are a length in bytes or
 * an index into the texts to remember. Latin-1 is what the JVM itself keeps, so reading it is a copy; UTF-16 is for texts
 * with lone surrogates, which UTF-8 cannot hold.
 */
final class TextCoding {
    static final int SHIFT = 3;
    static final int MASK = 7;

    static final int NULL = 0;
    static final int REFERENCE = 1;
    static final int LATIN_1 = 2;
    static final int UTF_8 = 4;
    static final int UTF_16 = 6;
    /** Added to one of the three codings above for a text that later references count on. */
    static final int REMEMBERED = 1;

    private TextCoding() {
    }

    static int of(String text) {
        int bits = 0;
        for (int i = 0; i < text.length(); i++) {
            bits |= text.charAt(i);
        }
        return bits <= 0xFF ? LATIN_1 : hasLoneSurrogate(text) ? UTF_16 : UTF_8;
    }

    static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
