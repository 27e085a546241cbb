package dev.or3.tck.suites.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The kills of a history, each with the calls that were under way for certain: sent before it, by a client that sent nothing
 * else before it, and never answered. Immutable.
 *
 * @param all in their order
 */
public record Kills(List<Kill> all) {

    /**
     * @param event    the event of the kill
     * @param inFlight the events of the calls under way, ascending
     */
    public record Kill(int event, List<Integer> inFlight) {
    }

    public static Kills of(History history) {
        List<Kill> kills = new ArrayList<>(0);
        Map<Integer, Event> last = new TreeMap<>();
        for (Event event : history.events()) {
            if (event.client() >= 0) {
                last.put(event.client(), event);
            } else if (event.call() instanceof Call.Restart restart && restart.killed()) {
                kills.add(new Kill(event.seq(), last.values().stream()
                        .filter(call -> call.outcome() == Outcome.LOST && call.invoked() < event.invoked())
                        .map(Event::seq).sorted().toList()));
                last.clear();
            }
        }
        return new Kills(List.copyOf(kills));
    }

    /** How many calls were in flight at all of them. */
    public int inFlight() {
        return all.stream().mapToInt(kill -> kill.inFlight().size()).sum();
    }
}
