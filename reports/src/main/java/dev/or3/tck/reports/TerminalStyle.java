package dev.or3.tck.reports;

import dev.or3.tck.api.result.Conclusion;
import dev.or3.tck.api.result.Status;

/**
 * How a terminal is written to.
 *
 * @param colour  whether ANSI colours are used
 * @param columns how wide a line gets at most; never less than 80
 */
public record TerminalStyle(boolean colour, int columns) {

    /** For pipes and files: no colours, 100 columns. */
    public static final TerminalStyle PLAIN = new TerminalStyle(false, 100);
    /** For a terminal: colours, 100 columns. */
    public static final TerminalStyle COLOURED = new TerminalStyle(true, 100);

    private static final String BOLD = "1";
    private static final String FAINT = "2";
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String CYAN = "36";

    public TerminalStyle {
        columns = Math.max(80, columns);
    }

    String bold(String text) {
        return ink(BOLD, text);
    }

    String faint(String text) {
        return ink(FAINT, text);
    }

    String accent(String text) {
        return ink(CYAN, text);
    }

    String bad(String text) {
        return ink(RED, text);
    }

    String good(String text) {
        return ink(GREEN, text);
    }

    String of(Status status, String text) {
        return switch (status) {
            case PASSED -> ink(GREEN, text);
            case FAILED -> ink(RED, text);
            case ERROR -> ink(BOLD + ";" + RED, text);
            case NOT_VERIFIABLE -> ink(YELLOW, text);
            case NOT_APPLICABLE -> ink(FAINT, text);
        };
    }

    String of(Conclusion conclusion, String text) {
        return switch (conclusion) {
            case CERTIFIED -> ink(BOLD + ";" + GREEN, text);
            case INCONCLUSIVE -> ink(BOLD + ";" + YELLOW, text);
            case NOT_CERTIFIED -> ink(BOLD + ";" + RED, text);
        };
    }

    private String ink(String code, String text) {
        return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
