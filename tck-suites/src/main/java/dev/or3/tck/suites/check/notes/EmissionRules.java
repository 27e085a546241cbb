package dev.or3.tck.suites.check.notes;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.check.ask.InputJudgement;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.index.Operations;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What was emitted is among the rows that its user pulls, and is shown to nobody else (NOTE-01). */
final class EmissionRules {
    private final HistoryIndex index;
    private final boolean whole;
    private final Findings findings;
    /** What was emitted, by the workspace and the id of the row. */
    private final Map<Row, AskCall> emitted = new LinkedHashMap<>();
    private final Map<List<Object>, Drain> drains = new HashMap<>();
    private final Set<AskCall> found = new HashSet<>();
    private final Set<AskCall> hidden = new HashSet<>();

    private record Row(String workspace, String id) {
    }

    /** A pull of everything, page by page, as far as it came. */
    private static final class Drain {
        final int first;
        final Set<String> rows = new HashSet<>();
        long next;

        Drain(int first) {
            this.first = first;
        }
    }

    /**
     * @param whole whether nothing was collected, so that all that was logged must still be there
     */
    EmissionRules(HistoryIndex index, boolean whole, Findings findings) {
        this.index = index;
        this.whole = whole;
        this.findings = findings;
    }

    void judge() {
        AskCall.of(index.history(), "notifications").stream()
                .filter(call -> call.isOk() && call.answer().isTextual() && !InputJudgement.isMalformed(call))
                .forEach(call -> emitted.putIfAbsent(new Row(call.text("workspaceId"), call.answer().asText()), call));
        if (emitted.isEmpty()) {
            return;
        }
        for (Event event : index.events()) {
            if (event.isOk() && event.call() instanceof Call.Pull pull) {
                judge(event, pull);
            } else if (event.isOk() && event.call() instanceof Call.Snapshot snapshot && snapshot.page() != null) {
                judge(event, snapshot);
            }
        }
        findings.premise("NOTE-01", found.stream().filter(hidden::contains).count());
    }

    private void judge(Event event, Call.Pull pull) {
        Drain drain = drain(event, pull);
        for (int row = 0; row < pull.rows().size(); row++) {
            Change change = pull.rows().isAsSent(row) ? null : pull.rows().other(row);
            if (change != null && Operations.PRIVATE_TABLE.equals(change.tableName())) {
                drain.rows.add(change.pk());
                shown(event, pull.scope(), change.pk(), change.payload(), !Operation.PUT.equals(change.op()));
            }
        }
        drain.next = pull.nextCursor();
        boolean covers = pull.tables() == null || pull.tables().contains(Operations.PRIVATE_TABLE);
        if (!pull.hasMore() && covers && whole && drain.first >= 0) {
            emitted.forEach((row, call) -> compare(row, call, event, pull.scope(), drain));
        }
    }

    /** Begins with a pull from the start, and goes on where the page before ended. */
    private Drain drain(Event event, Call.Pull pull) {
        List<Object> reader = List.of(event.client(), pull.scope(), String.valueOf(pull.tables()));
        Drain before = drains.get(reader);
        if (pull.cursor() != 0 && before != null && before.next == pull.cursor()) {
            return before;
        }
        Drain fresh = new Drain(pull.cursor() == 0 ? event.seq() : -1);
        drains.put(reader, fresh);
        return fresh;
    }

    private void compare(Row row, AskCall call, Event event, String workspace, Drain drain) {
        if (!row.workspace().equals(workspace) || !index.before(call.seq(), drain.first)) {
            return;
        }
        boolean shows = drain.rows.contains(row.id());
        if (!call.event().user().equals(event.user())) {
            hidden.add(call);
        } else if (shows) {
            found.add(call);
        } else {
            violated(call, event, "told " + call.event().user() + " by row " + row.id(),
                    "the pull of everything that began after it does not show that row", "the row", "no such row");
        }
    }

    private void judge(Event event, Call.Snapshot snapshot) {
        for (SnapshotPage.Item item : snapshot.page().items()) {
            if (Operations.PRIVATE_TABLE.equals(item.tableName())) {
                shown(event, snapshot.scope(), item.pk(), item.payload(), false);
            }
        }
    }

    /** A row of the table, as somebody is shown it. */
    private void shown(Event event, String workspace, String id, JsonText payload, boolean deleted) {
        AskCall call = emitted.get(new Row(workspace, id));
        if (call == null) {
            return;
        }
        String user = call.event().user();
        String named = payload == null ? null : payload.parse().path("user_id").textValue();
        if (!user.equals(event.user())) {
            violated(call, event, "told " + user + " by row " + id, "it is shown to " + event.user(), "nothing of it",
                    "the row");
        } else if (deleted || named != null && !named.equals(user)) {
            violated(call, event, "told " + user + " by row " + id, "that row is shown as "
                    + (deleted ? "a delete" : "one of " + named), "a put of " + user + "'s", String.valueOf(payload));
        }
    }

    private void violated(AskCall call, Event event, String because, String yet, String expected, String actual) {
        findings.add(new Violation("NOTE-01", "Because " + call.called() + " " + because + ", yet in event " + event.seq()
                + " " + yet + ".", expected, actual, call.event().workspace(),
                IntStream.of(call.seq(), event.seq()).boxed().toList(), List.of()));
    }
}
