package dev.or3.tck.suites.check.notes;

import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.check.index.Fates;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Operations;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Rows that users push for themselves: nobody else reads or overwrites them, and all devices of their owner get them
 * (NOTE-02). What others are shown by pulls is judged with the pages.
 */
final class PrivateRowRules {
    private final HistoryIndex index;
    private final Operations operations;
    private final Fates fates;
    private final boolean whole;
    private final Findings findings;
    /** Operations on private rows whose pusher is known, by op id. */
    private final Map<String, Integer> known = new HashMap<>();
    /** Those that were acknowledged, by workspace and version. */
    private final Map<Integer, NavigableMap<Long, Integer>> logged = new HashMap<>();
    private final Set<Integer> arrived = new HashSet<>();
    private final Set<Integer> hidden = new HashSet<>();

    /**
     * @param whole whether nothing was collected, so that all that was logged must still be there
     */
    PrivateRowRules(HistoryIndex index, boolean whole, Findings findings) {
        this.index = index;
        this.operations = index.operations();
        this.fates = index.fates();
        this.whole = whole;
        this.findings = findings;
    }

    void judge() {
        int table = operations.tableNumber(Operations.PRIVATE_TABLE);
        for (int op = 0; op < operations.count(); op++) {
            if (operations.table(op) == table && index.pusher(op) != null && operations.get(op).stamp() != null) {
                known.put(operations.get(op).stamp().opId(), op);
                if (fates.is(op, Fates.ACKED) && fates.version(op) > 0) {
                    logged.computeIfAbsent(operations.space(op), space -> new TreeMap<>()).put(fates.version(op), op);
                }
            }
        }
        if (known.isEmpty()) {
            return;
        }
        judgeTakeovers();
        for (Event event : index.events()) {
            if (event.isOk() && event.call() instanceof Call.Pull pull && whole) {
                judgePage(event, pull);
            } else if (event.isOk() && event.call() instanceof Call.Snapshot snapshot && snapshot.page() != null) {
                snapshot.page().items().stream().filter(item -> item.tableName().equals(Operations.PRIVATE_TABLE))
                        .forEach(item -> judgeItem(event, item));
            }
        }
        findings.premise("NOTE-02", arrived.stream().filter(hidden::contains).count());
    }

    /** The first operation that was logged under each key says whose it is. */
    private void judgeTakeovers() {
        Map<Integer, List<Integer>> byKey = new HashMap<>();
        logged.values().forEach(log -> log.values().forEach(
                op -> byKey.computeIfAbsent(operations.key(op), key -> new ArrayList<>()).add(op)));
        byKey.values().forEach(ops -> {
            int first = ops.get(0);
            for (int op : ops) {
                boolean other = !index.pusher(op).equals(index.pusher(first));
                if (other && whole && !deletedBefore(ops, op)
                        && (Boolean.TRUE.equals(fates.applied(op)) || isStored(op))) {
                    violated(first, fates.versionEvent(op), index.pusher(op) + "'s op " + op + " on the same key won",
                            "a refusal, or no effect", "the row of another");
                }
            }
        });
    }

    /** Whether its owner had deleted the row before: then the key may be free. */
    private boolean deletedBefore(List<Integer> ops, int op) {
        String owner = index.pusher(ops.get(0));
        return ops.stream().anyMatch(other -> operations.isDelete(other) && index.pusher(other).equals(owner)
                && fates.version(other) < fates.version(op));
    }

    /** Whether a look at the record showed it. */
    private boolean isStored(int op) {
        String opId = operations.get(op).stamp().opId();
        return index.events().stream().anyMatch(event -> event.isOk() && event.call() instanceof Call.Inspect inspect
                && inspect.answer() != null && shows(inspect.answer(), opId));
    }

    private static boolean shows(Controls.Inspection seen, String opId) {
        return seen.record() != null && opId.equals(seen.record().opId()) || seen.tombstones() != null
                && seen.tombstones().stream().anyMatch(tombstone -> opId.equals(tombstone.opId()));
    }

    private void judgePage(Event event, Call.Pull pull) {
        int space = index.workspaceNumber(pull.scope());
        boolean covers = pull.tables() == null || pull.tables().contains(Operations.PRIVATE_TABLE);
        if (!covers || !logged.containsKey(space) || Boolean.TRUE.equals(pull.requiresSnapshot())
                || pull.nextCursor() <= pull.cursor()) {
            return;
        }
        Set<Integer> shown = new HashSet<>();
        for (int row = 0; row < pull.rows().size(); row++) {
            shown.add(pull.rows().isAsSent(row) ? pull.rows().operations()[row]
                    : numberOf(pull.rows().other(row).stamp() == null ? null : pull.rows().other(row).stamp().opId()));
        }
        logged.get(space).subMap(pull.cursor(), false, pull.nextCursor(), true).values().forEach(op -> {
            if (!index.pusher(op).equals(event.user())) {
                hidden.add(op);
            } else if (shown.contains(op)) {
                if (event.client() != index.event(fates.firstPush(op)).client()) {
                    arrived.add(op);
                }
            } else if (index.before(fates.versionEvent(op), event.seq())) {
                violated(op, event.seq(), "a pull of " + event.user() + "'s from " + pull.cursor() + " to "
                        + pull.nextCursor() + " leaves it out", "every device of its owner gets it", "no such change");
            }
        });
    }

    private int numberOf(String opId) {
        return known.getOrDefault(opId, -1);
    }

    private void judgeItem(Event event, SnapshotPage.Item item) {
        int op = item.revision() == null ? -1 : numberOf(item.revision().opId());
        if (op >= 0 && !index.pusher(op).equals(event.user())) {
            violated(op, event.seq(), "a snapshot shows it to " + event.user(), "private rows for their user only",
                    item.tableName() + "/" + item.pk());
        }
    }

    private void violated(int op, int event, String yet, String expected, String actual) {
        findings.add(new Violation("NOTE-02", "Because " + index.pusher(op) + " pushed " + operations.get(op).operation()
                + " " + operations.get(op).tableName() + "/" + operations.get(op).pk() + " (op " + op + "), yet " + yet + ".",
                expected, actual, index.event(fates.firstPush(op)).workspace(),
                IntStream.of(fates.firstPush(op), event).distinct().sorted().boxed().toList(),
                fates.version(op) > 0 ? List.of(fates.version(op)) : List.of()));
    }
}
