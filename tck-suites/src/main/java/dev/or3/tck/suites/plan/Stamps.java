package dev.or3.tck.suites.plan;

import dev.or3.tck.api.sync.Hlc;
import java.util.List;

/** Clocks and hlcs: those that real devices make, and those at the edges of how they are compared. */
final class Stamps {
    private static final long REAL = Payloads.EPOCH * 1000;
    private static final List<Long> SMALL = List.of(1L, 2L, 3L);
    private static final List<Long> EDGES = List.of(0L, 1L, 2L, 9L, 10L, 11L, 99L, 100L, 1000L, (1L << 31) - 1, 1L << 31,
            1L << 40, (1L << 53) - 2, (1L << 53) - 1);
    /** Other shapes that real data holds: text order differs from that of numbers, dates, or words. */
    private static final List<String> ODD = List.of("1000-0-a", "999-0-a", "1000-0-A", "1000-0-b", "1000-0_b", "0", "Z", "a",
            "2026-01-01T00:00:00Z", "1e3", "10:5:n", "9:5:n", "~");

    /** How the stamps of a plan look. */
    enum Style { REAL, CLOSE, EDGY, ODD, FUTURE }

    private final Style style;
    private final Dice dice;
    private int tick;

    Stamps(Style style, Dice dice) {
        this.style = style;
        this.dice = dice;
    }

    static Style draw(Dice dice) {
        return dice.pick(List.of(Style.REAL, Style.CLOSE, Style.CLOSE, Style.CLOSE, Style.EDGY, Style.EDGY, Style.ODD,
                Style.FUTURE));
    }

    long clock() {
        return switch (style) {
            case REAL, FUTURE -> dice.between(1, 12);
            case CLOSE, ODD -> dice.pick(SMALL);
            case EDGY -> dice.pick(EDGES);
        };
    }

    String hlc() {
        tick++;
        return switch (style) {
            case REAL -> real(tick, "dev00001");
            case CLOSE -> dice.percent(25) ? dice.pick(ODD) : real(dice.below(3), dice.pick(NODES));
            case EDGY -> real(dice.below(4), dice.pick(NODES));
            case ODD -> dice.pick(ODD);
            case FUTURE -> new Hlc(dice.percent(30) ? Hlc.MAX_MILLIS : REAL + 3_000_000_000_000L + dice.below(3),
                    dice.below(3), dice.pick(NODES)).toString();
        };
    }

    /** Nodes whose order by code units is not that of words: upper case comes before lower case, and _ between them. */
    private static final List<String> NODES = List.of("aaaaaaaa", "AAAAAAAA", "aaaa_aaa", "aaaa-aaa", "Bbbbbbbb",
            "zzzzzzzz");

    /** A device's reading so many milliseconds after the beginning of 2026. */
    static String real(long millis, String node) {
        return new Hlc(REAL + millis, 0, node).toString();
    }
}
