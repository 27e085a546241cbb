package dev.or3.tck.matrix.cli;

import java.util.StringJoiner;

/** Breaks text into lines. */
final class Paragraph {
    private static final int NARROWEST = 30;

    private Paragraph() {
    }

    /** The text with its second and further lines indented by so many spaces; the first line starts there already. */
    static String hanging(String text, int indent, int width) {
        int room = Math.max(NARROWEST, width - indent);
        StringJoiner lines = new StringJoiner(System.lineSeparator() + " ".repeat(indent));
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > room) {
                lines.add(line);
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        return lines.add(line).toString();
    }

    /** The text with every line indented by so many spaces. */
    static String indented(String text, int indent, int width) {
        return " ".repeat(indent) + hanging(text, indent, width);
    }
}
