package dev.or3.tck.suites.certify;

import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers that were lost although nobody killed the provider or cut the line. Used by one thread. */
final class Losses {
    /** So few calls can tell that next to nothing comes back. */
    private static final int FEW = 10;
    /** So many can tell that too much is lost to go on. */
    private static final int MANY = 100;
    private static final double TOO_MUCH = 0.05;

    private static final Set<String> CODES = Set.of("LOST", "TIMEOUT");

    private final Map<String, Integer> reasons = new HashMap<>();
    private int calls;
    private int lost;

    void add(History history) {
        if (history.events().stream().anyMatch(Losses::isDisturbance)) {
            return;
        }
        for (Event event : history.events()) {
            calls++;
            if (event.outcome() == Outcome.LOST && event.error() != null && CODES.contains(event.error().code())) {
                lost++;
                reasons.merge(String.valueOf(event.error().message()), 1, Integer::sum);
            }
        }
    }

    private static boolean isDisturbance(Event event) {
        return event.call() instanceof Call.Disturb || event.call() instanceof Call.Restart restart && restart.killed();
    }

    /**
     * Whether a verdict would be about the line rather than about the provider.
     *
     * @param over whether there is no time to see more
     */
    boolean areTooMany(boolean over) {
        return calls >= (over ? 1 : FEW) && lost > calls / 2 || calls >= (over ? 2 * FEW : MANY) && lost > calls * TOO_MUCH;
    }

    /** How many there are. */
    int count() {
        return lost;
    }

    /** How many there are, and what was said most often; empty if there are none. */
    Optional<String> sentence() {
        return reasons.entrySet().stream().max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(most -> lost + " of " + calls + " answers were lost; most often: " + most.getKey());
    }
}
