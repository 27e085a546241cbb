package dev.or3.tck.suites.minimize;

import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** How much an event has to do with a violation: what is told first where a history is too long to be told whole. */
final class Relevance {
    private static final int WITNESS = 1000;
    private static final int PUSHES_A_WITNESSED_OPERATION = 100;
    private static final int SHOWS_A_WITNESSED_VERSION = 50;
    private static final int OVERLAPS_A_WITNESS = 20;
    private static final int CHANGES_THE_WORLD = 15;
    private static final int SAME_WORKSPACE = 10;

    private final Violation violation;
    private final String workspace;
    private final List<Event> witnesses;
    private final Set<Integer> operations = new HashSet<>();

    Relevance(Violation violation, History history, String workspace) {
        this.violation = violation;
        this.workspace = workspace;
        this.witnesses = history.events().stream().filter(event -> violation.witnesses().contains(event.seq())).toList();
        // Not the list itself: an immutable list cannot be asked for null.
        Set<Long> versions = new HashSet<>(violation.versions());
        for (Event event : history.events()) {
            if (event.call() instanceof Call.Push push && push.results() != null && isHere(event)) {
                for (int i = 0; i < Math.min(push.results().size(), push.operations().length); i++) {
                    if (push.results().get(i) != null && versions.contains(push.results().get(i).serverVersion())) {
                        operations.add(push.operations()[i]);
                    }
                }
            }
        }
    }

    int of(Event event) {
        if (violation.witnesses().contains(event.seq())) {
            return WITNESS;
        }
        int relevance = isHere(event) ? SAME_WORKSPACE : 0;
        if (event.call() instanceof Call.Push push && IntStream.of(push.operations()).anyMatch(operations::contains)) {
            relevance += PUSHES_A_WITNESSED_OPERATION;
        }
        if (isHere(event) && !Collections.disjoint(Storyteller.versions(event), violation.versions())) {
            relevance += SHOWS_A_WITNESSED_VERSION;
        }
        if (event.call() instanceof Call.Clock || event.call() instanceof Call.Restart
                || event.call() instanceof Call.Disturb || event.call() instanceof Call.Arranged) {
            relevance += CHANGES_THE_WORLD;
        }
        boolean overlaps = witnesses.stream().anyMatch(witness -> witness.invoked() <= event.returned()
                && event.invoked() <= witness.returned());
        return overlaps && isHere(event) ? relevance + OVERLAPS_A_WITNESS : relevance;
    }

    /** How many events lie between this one and the nearest witness. */
    int distance(Event event) {
        return witnesses.stream().mapToInt(witness -> Math.abs(witness.seq() - event.seq())).min().orElse(event.seq());
    }

    private boolean isHere(Event event) {
        return workspace != null && workspace.equals(event.call().scope());
    }

    static String opId(History history, int index) {
        Stamp stamp = history.operations().get(index).operation().stamp();
        return stamp == null ? null : stamp.opId();
    }
}
