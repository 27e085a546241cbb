package dev.or3.tck.reports;

/**
 * Untrusted text made fit to be shown: what a provider answers may hold terminal escapes, marks that turn the direction of
 * writing, characters without width, half surrogates, or a megabyte. All of them become visible, harmless and short.
 */
final class Visible {

    private Visible() {
    }

    /** One line: line breaks and tabs are shown as {@code \n}, {@code \t}. Cut to so many characters. */
    static String line(String text, int most) {
        return escape(text, most, false);
    }

    /** Several lines: line breaks stay. Cut to so many characters. */
    static String block(String text, int most) {
        return escape(text, most, true);
    }

    private static String escape(String text, int most, boolean breaks) {
        if (text == null) {
            return "";
        }
        StringBuilder shown = new StringBuilder(Math.min(text.length(), most) + 16);
        int at = 0;
        while (at < text.length() && at < most) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            append(shown, c, breaks);
        }
        if (at < text.length()) {
            shown.append("… (").append(Counts.grouped(text.length() - at)).append(" more characters)");
        }
        return shown.toString();
    }

    private static void append(StringBuilder shown, int c, boolean breaks) {
        if (c == '\n') {
            shown.append(breaks ? "\n" : "\\n");
        } else if (c == '\r') {
            shown.append("\\r");
        } else if (c == '\t') {
            shown.append(breaks ? "    " : "\\t");
        } else if (isHidden(c)) {
            shown.append(c > 0xFFFF ? String.format("\\u{%x}", c) : String.format("\\u%04x", c));
        } else {
            shown.appendCodePoint(c);
        }
    }

    /** JSON text in which what is hidden stands as JSON escapes: the same value, harmless on a terminal. */
    static String escaped(String json) {
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(c -> {
            if (c != '\n' && isHidden(c)) {
                for (char unit : Character.toChars(c)) {
                    escaped.append(String.format("\\u%04x", (int) unit));
                }
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    /** Controls, direction marks, joiners, tags, separators of lines, half surrogates, and what is no character. */
    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED, Character.PRIVATE_USE -> true;
            default -> false;
        };
    }
}
