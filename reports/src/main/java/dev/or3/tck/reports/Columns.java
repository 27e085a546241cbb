package dev.or3.tck.reports;

import java.util.ArrayList;
import java.util.List;

/** Text in columns of a terminal, where some characters take two columns and some none. */
final class Columns {

    private Columns() {
    }

    /** How many columns the text takes. */
    static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(c) ? 2 : 1;
    }

    /** East Asian wide and full-width blocks, and the pictographs. */
    private static boolean isWide(int c) {
        return c >= 0x1100 && (c <= 0x115F || c >= 0x2E80 && c <= 0x303E || c >= 0x3041 && c <= 0xA4CF
                || c >= 0xAC00 && c <= 0xD7A3 || c >= 0xF900 && c <= 0xFAFF || c >= 0xFE30 && c <= 0xFE6F
                || c >= 0xFF00 && c <= 0xFF60 || c >= 0xFFE0 && c <= 0xFFE6 || c >= 0x1F300 && c <= 0x1F64F
                || c >= 0x1F680 && c <= 0x1F9FF || c >= 0x20000 && c <= 0x3FFFD);
    }

    /** At most so many columns; a longer text ends in {@code …}. */
    static String cut(String text, int columns) {
        return width(text) <= columns ? text : prefix(text, columns - 1) + "…";
    }

    private static String prefix(String text, int columns) {
        int taken = 0;
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (taken + width(c) > columns) {
                break;
            }
            taken += width(c);
            at += Character.charCount(c);
        }
        return text.substring(0, at);
    }

    /** Exactly so many columns: cut or filled up with blanks. */
    static String fit(String text, int columns) {
        String cut = cut(text, columns);
        return cut + " ".repeat(columns - width(cut));
    }

    /** Exactly so many columns, or more if the text is longer, at the right edge. */
    static String right(String text, int columns) {
        return " ".repeat(Math.max(0, columns - width(text))) + text;
    }

    /** Lines of at most so many columns, broken at blanks where there are any. */
    static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            wrapParagraph(paragraph, columns, lines);
        }
        return lines;
    }

    /** The same, in at most so many lines; the last one is cut. */
    static List<String> wrap(String text, int columns, int most) {
        List<String> lines = wrap(text, columns);
        if (lines.size() <= most) {
            return lines;
        }
        List<String> kept = new ArrayList<>(lines.subList(0, most));
        kept.set(most - 1, cut(kept.get(most - 1) + " …", columns));
        return kept;
    }

    private static void wrapParagraph(String paragraph, int columns, List<String> lines) {
        String rest = paragraph;
        while (width(rest) > columns) {
            String fits = prefix(rest, columns);
            int blank = rest.charAt(fits.length()) == ' ' ? fits.length() : fits.lastIndexOf(' ');
            int end = blank > fits.length() / 3 ? blank : Math.max(fits.length(), Character.charCount(rest.codePointAt(0)));
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
    }
}
