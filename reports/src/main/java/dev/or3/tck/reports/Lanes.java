package dev.or3.tck.reports;

import dev.or3.tck.api.result.Counterexample.Moment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A timeline laid out with a lane for each client, time running down: a row where a call begins, a row where it returns.
 * Rows keep the order of the history's counter, so that calls that overlap are seen to overlap.
 *
 * @param clients the lanes, from left to right
 * @param rows    from the earliest to the latest
 * @param left    how many calls were left out, because there are too many to be read
 */
record Lanes(List<String> clients, List<Row> rows, int left) {

    /** More calls than this are not read by anybody: witnesses stay, then what began nearest to them. */
    private static final int MOST = 24;

    private static final String SILENT = "no answer: ";

    enum Edge { CALL, ANSWER, SILENCE }

    /**
     * @param moment the call
     * @param lane   the index of its client
     * @param edge   whether it begins here, returns here, or never returned
     * @param open   for each lane, whether a call is under way between this row and the next
     */
    record Row(Moment moment, int lane, Edge edge, List<Boolean> open) {
        String text() {
            return switch (edge) {
                case CALL -> moment.call();
                case ANSWER -> moment.answer() == null || moment.answer().isBlank() ? moment.outcome() : moment.answer();
                case SILENCE -> isExplained() ? moment.answer() : SILENT + "it may have taken effect, or may yet";
            };
        }

        /** Whether it is known why no answer came. */
        private boolean isExplained() {
            return moment.answer() != null && moment.answer().startsWith(SILENT);
        }
    }

    private record Point(Moment moment, long at, Edge edge) {
    }

    static Lanes of(List<Moment> timeline) {
        List<Moment> all = timeline == null ? List.of() : timeline;
        List<Moment> shown = mostTelling(all);
        Set<String> clients = new LinkedHashSet<>();
        shown.forEach(moment -> clients.add(String.valueOf(moment.client())));
        List<String> lanes = List.copyOf(clients);

        List<Point> points = new ArrayList<>();
        for (Moment moment : shown) {
            boolean silent = moment.returned() == null;
            points.add(silent ? new Point(moment, givenUp(moment, shown), Edge.SILENCE)
                    : new Point(moment, moment.returned(), Edge.ANSWER));
            points.add(new Point(moment, moment.invoked(), Edge.CALL));
        }
        points.sort(Comparator.comparingLong(Point::at).thenComparing(Point::edge, Comparator.reverseOrder()));

        int[] underWay = new int[lanes.size()];
        List<Row> rows = new ArrayList<>();
        for (Point point : points) {
            int lane = lanes.indexOf(String.valueOf(point.moment().client()));
            underWay[lane] += point.edge() == Edge.CALL ? 1 : -1;
            List<Boolean> open = new ArrayList<>();
            for (int count : underWay) {
                open.add(count > 0);
            }
            rows.add(new Row(point.moment(), lane, point.edge(), List.copyOf(open)));
        }
        return new Lanes(lanes, List.copyOf(rows), all.size() - shown.size());
    }

    /** A client does one thing at a time: it gave up waiting at the latest when it went on. */
    private static long givenUp(Moment silent, List<Moment> timeline) {
        return timeline.stream()
                .filter(other -> Objects.equals(other.client(), silent.client()) && other.invoked() > silent.invoked())
                .mapToLong(Moment::invoked).min().orElse(Long.MAX_VALUE);
    }

    private static List<Moment> mostTelling(List<Moment> timeline) {
        if (timeline.size() <= MOST) {
            return timeline;
        }
        List<Integer> witnesses = new ArrayList<>();
        for (int i = 0; i < timeline.size(); i++) {
            if (timeline.get(i).witness()) {
                witnesses.add(i);
            }
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < timeline.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingInt(
                (Integer i) -> witnesses.stream().mapToInt(witness -> Math.abs(witness - i)).min().orElse(i)));
        return order.subList(0, MOST).stream().sorted().map(timeline::get).toList();
    }

    /** Whether a call is under way in the lane just before the row. */
    boolean openBefore(int row, int lane) {
        return row > 0 && rows.get(row - 1).open().get(lane);
    }
}
