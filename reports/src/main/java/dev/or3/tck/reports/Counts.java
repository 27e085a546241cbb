package dev.or3.tck.reports;

import java.util.Locale;

/** Numbers as people read them, the same on every machine. */
final class Counts {

    private Counts() {
    }

    /** {@code 1,234,567}. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 plan}, {@code 1,204 plans}. */
    static String of(long number, String noun) {
        return grouped(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 850 ms}, {@code 41.2 s}, {@code 12 min 5 s}. */
    static String duration(long millis) {
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        return millis / 60_000 + " min " + millis / 1000 % 60 + " s";
    }
}
