package dev.or3.tck.matrix.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what was meant by a name that does not exist. */
final class Nearest {
    private Nearest() {
    }

    /** {@code no level is called 'smok'; did you mean 'smoke'? Known are smoke, standard, deep}. */
    static String unknown(String kind, String given, Collection<String> known) {
        String hint = hint(given, known);
        return "no " + kind + " is called '" + given + "'" + hint + (hint.isEmpty() ? "; known are " : " Known are ")
                + String.join(", ", known);
    }

    /** {@code ; did you mean 'x'?}, or nothing if no known name is close. */
    static String hint(String given, Collection<String> known) {
        return to(given, known).map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    /** The closest of the known names, if at most a third of it would have to change. */
    static Optional<String> to(String given, Collection<String> known) {
        String wanted = given.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparingInt((String name) -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(wanted, name.toLowerCase(Locale.ROOT)) <= Math.max(1, (name.length() + 1) / 3));
    }

    /** How many characters must be inserted, deleted, replaced or swapped with their neighbour. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + same, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], 1 + cost[i - 2][j - 2]);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
