package dev.or3.tck.suites.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The kills of a history, each with the calls that it left without an answer. Immutable.
 *
 * @param all in their order
 */
public record Kills(List<Kill> all) {

    /**
     * @param event    the event of the kill
     * @param inFlight the events of the calls that were under way for certain: sent before it, by a client that sent nothing
     *                 else before it, and never answered
     * @param missed   the events of those that got no answer either, sent before the provider was back
     */
    public record Kill(int event, List<Integer> inFlight, List<Integer> missed) {
        public Kill {
            inFlight = List.copyOf(inFlight);
            missed = List.copyOf(missed);
        }

        /** All calls that got no answer because of it. */
        public List<Integer> lost() {
            return Stream.concat(inFlight.stream(), missed.stream()).toList();
        }
    }

    public static Kills of(History history) {
        List<Kill> kills = new ArrayList<>(0);
        Map<Integer, Event> last = new TreeMap<>();
        for (Event event : history.events()) {
            if (event.client() >= 0) {
                last.put(event.client(), event);
            } else if (event.call() instanceof Call.Restart restart && restart.killed()) {
                List<Integer> inFlight = last.values().stream().filter(call -> call.outcome() == Outcome.LOST)
                        .map(Event::seq).sorted().toList();
                kills.add(new Kill(event.seq(), inFlight, missed(history, event)));
                last.clear();
            }
        }
        return new Kills(List.copyOf(kills));
    }

    private static List<Integer> missed(History history, Event kill) {
        return history.events().subList(kill.seq() + 1, history.events().size()).stream()
                .takeWhile(call -> call.invoked() < kill.returned())
                .filter(call -> call.client() >= 0 && call.outcome() == Outcome.LOST).map(Event::seq).toList();
    }

    /** How many calls were in flight at all of them. */
    public int inFlight() {
        return all.stream().mapToInt(kill -> kill.inFlight().size()).sum();
    }
}
