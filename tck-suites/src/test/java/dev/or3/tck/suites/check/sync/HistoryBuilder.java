package dev.or3.tck.suites.check.sync;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.OperationResult.ErrorCodes;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes small histories by hand. Calls follow each other unless {@link #at} says otherwise; client n is device d(n) of user
 * u(n), at home in workspace {@code w-one}, or {@code w-two} for clients from 10 on. Provider time stands still unless
 * {@link #later} moves it.
 */
final class HistoryBuilder {
    static final String ONE = "w-one-workspace";
    static final String TWO = "w-two-workspace";
    private static final int STEP = 10;
    private static final long EPOCH = 1_760_000_000L;

    private final List<History.Sent> operations = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final Map<String, Integer> log = new HashMap<>();
    private Profile profile = Profile.V1_1;
    private Limits limits = new Limits(10, 100, 2000, 600L, null, null);
    private List<String> normalizes = List.of();
    private boolean notifications;
    private String scope = ONE;
    private int attempt = 1;
    private long seconds;
    private Long oldest = 1L;
    private long[] interval;

    static HistoryBuilder history() {
        return new HistoryBuilder();
    }

    HistoryBuilder profile(Profile other) {
        profile = other;
        oldest = other == Profile.V1_0 ? null : oldest;
        return this;
    }

    HistoryBuilder normalizing(String... what) {
        normalizes = List.of(what);
        return this;
    }

    HistoryBuilder withNotifications() {
        notifications = true;
        return this;
    }

    /** The workspace that operations and calls are about from here on. */
    HistoryBuilder in(String workspace) {
        scope = workspace;
        return this;
    }

    HistoryBuilder later(long more) {
        seconds += more;
        return this;
    }

    /** What pages tell from here on. */
    HistoryBuilder oldest(Long version) {
        oldest = version;
        return this;
    }

    /** The counter of the next call, and of that call only. */
    HistoryBuilder at(long invoked, long returned) {
        interval = new long[] {invoked, returned};
        return this;
    }

    HistoryBuilder attempt(int number) {
        attempt = number;
        return this;
    }

    int put(String pk, long clock) {
        return put("kv", pk, clock, payload(pk, clock, ""));
    }

    static String payload(String pk, long clock, String more) {
        return "{\"id\":\"" + pk + "\",\"name\":\"n\",\"created_at\":1,\"updated_at\":1,\"clock\":" + clock + more + "}";
    }

    int put(String table, String pk, long clock, String payload) {
        return operation(id(operations.size()), table, "put", pk, payload, hlc(operations.size()), clock);
    }

    int delete(String pk, long clock) {
        return operation(id(operations.size()), "kv", "delete", pk, null, hlc(operations.size()), clock);
    }

    static String id(int number) {
        return String.format("%08x-0000-4000-8000-000000000000", number + 1);
    }

    static String hlc(int number) {
        return String.format("0mh7a2f00:%03x:device01", number);
    }

    int operation(String opId, String table, String kind, String pk, String payload, String hlc, long clock) {
        operations.add(new History.Sent(scope, new Operation("b" + operations.size(), table, kind, pk,
                payload == null ? null : new JsonText(payload), new Stamp("d1", opId, hlc, clock), EPOCH, 0, "pending")));
        return operations.size() - 1;
    }

    Operation operation(int number) {
        return operations.get(number).operation();
    }

    /** A push that stores each operation at the version given with it. */
    HistoryBuilder push(int client, long version, int... batch) {
        List<OperationResult> results = new ArrayList<>();
        for (int i = 0; i < batch.length; i++) {
            results.add(stored(batch[i], version + i, null));
        }
        return answered(client, version + batch.length - 1, results, batch);
    }

    OperationResult stored(int operation, long version, Boolean applied) {
        log.put(scope + "@" + version, operation);
        return OperationResult.stored(operation(operation).stamp().opId(), version, applied == null ? Boolean.TRUE : applied,
                operation(operation).payload());
    }

    OperationResult refused(int operation, String code) {
        return OperationResult.refused(operation(operation).stamp().opId(), code, "it is not valid");
    }

    HistoryBuilder answered(int client, long serverVersion, List<OperationResult> results, int... batch) {
        return add(client, Outcome.OK, null, new Call.Push(scope, batch, results, serverVersion));
    }

    HistoryBuilder pushRefused(int client, int... batch) {
        return add(client, Outcome.REFUSED, new Event.Fault(400, ErrorCodes.VALIDATION_ERROR, "not accepted"),
                new Call.Push(scope, batch, List.of(), null));
    }

    HistoryBuilder pushFailed(int client, int... batch) {
        return add(client, Outcome.FAILED, new Event.Fault(500, "ERROR", "something broke"),
                new Call.Push(scope, batch, List.of(), null));
    }

    HistoryBuilder pushLost(int client, int... batch) {
        return add(client, Outcome.LOST, null, new Call.Push(scope, batch, List.of(), null));
    }

    /** Something is in the log that no answer told of. */
    HistoryBuilder holds(long version, int operation) {
        log.put(scope + "@" + version, operation);
        return this;
    }

    /** A page from the log: these versions, nextCursor the last of them, nothing more. */
    HistoryBuilder pull(int client, long cursor, long... versions) {
        return page(client, cursor, 100, null, versions.length == 0 ? cursor : versions[versions.length - 1], false,
                versions);
    }

    HistoryBuilder page(int client, long cursor, int limit, List<String> tables, long next, boolean more,
            long... versions) {
        int[] shown = new int[versions.length];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = log.get(scope + "@" + versions[i]);
        }
        Boolean flag = oldest == null ? null : cursor < oldest - 1;
        return add(client, Outcome.OK, null, new Call.Pull(scope, cursor, limit, tables,
                new Call.Rows(versions, shown, List.of()), next, more, oldest, flag));
    }

    /** A page of one row that differs from what was sent. */
    HistoryBuilder pullOther(int client, long cursor, Change change) {
        return add(client, Outcome.OK, null, new Call.Pull(scope, cursor, 100, null, new Call.Rows(
                new long[] {change.serverVersion()}, new int[] {-1}, List.of(change)), change.serverVersion(), false, oldest,
                oldest == null ? null : cursor < oldest - 1));
    }

    /** The change that shows an operation with another payload. */
    Change shown(long version, int operation, String payload) {
        Operation sent = operation(operation);
        return new Change(version, sent.tableName(), sent.pk(), sent.operation(),
                payload == null ? null : new JsonText(payload), sent.stamp());
    }

    HistoryBuilder move(int client, String device, long version) {
        return add(client, Outcome.OK, null, new Call.MoveCursor(scope, device, version));
    }

    HistoryBuilder collect(int client, boolean tombstones, long retention) {
        return add(client, Outcome.OK, null, new Call.Collect(scope, tombstones, retention));
    }

    HistoryBuilder refuse(int client, Call call) {
        return add(client, Outcome.REFUSED, new Event.Fault(400, "BAD_REQUEST", "not accepted"), call);
    }

    HistoryBuilder fail(int client, Call call) {
        return add(client, Outcome.FAILED, new Event.Fault(500, "ERROR", "database is locked"), call);
    }

    /** A record that is there, as an operation left it. */
    HistoryBuilder looksLike(int client, int operation) {
        Operation sent = operation(operation);
        Stamp stamp = sent.stamp();
        Controls.StoredRecord record = sent.isDelete() ? null
                : new Controls.StoredRecord(sent.payload(), false, stamp.clock(), stamp.hlc(), stamp.opId());
        List<Controls.Tombstone> tombstones = sent.isDelete()
                ? List.of(new Controls.Tombstone(stamp.clock(), stamp.hlc(), stamp.opId(), null)) : List.of();
        return look(client, sent.tableName(), sent.pk(), record, tombstones);
    }

    HistoryBuilder look(int client, String table, String pk, Controls.StoredRecord record,
            List<Controls.Tombstone> tombstones) {
        return add(client, Outcome.OK, null, new Call.Inspect(scope, table, pk,
                new Controls.Inspection(record, tombstones)));
    }

    SnapshotPage.Item item(int operation) {
        Operation sent = operation(operation);
        return new SnapshotPage.Item(sent.isDelete() ? "tombstone" : "row", sent.tableName(), sent.pk(), sent.payload(),
                new SnapshotPage.Revision(sent.stamp().clock(), sent.stamp().hlc(), sent.stamp().opId()),
                sent.isDelete() ? EPOCH : null);
    }

    /** A page of snapshot s at a watermark; {@code token} is the one sent, {@code source} the event it came from. */
    HistoryBuilder snapshot(int client, long watermark, String token, int source, String next, SnapshotPage.Item... items) {
        return add(client, Outcome.OK, null, new Call.Snapshot(scope, 2, token, source,
                new SnapshotPage(scope, "s", watermark, List.of(items), next)));
    }

    HistoryBuilder restart() {
        return add(-1, Outcome.OK, null, new Call.Restart(false, WireSchema.current().version()));
    }

    HistoryBuilder add(int client, Outcome outcome, Event.Fault error, Call call) {
        long count = events.size();
        long invoked = interval == null ? count * STEP : interval[0];
        long returned = outcome == Outcome.LOST ? Event.NEVER : interval == null ? count * STEP + STEP / 2 : interval[1];
        interval = null;
        long micros = (EPOCH + seconds) * 1_000_000;
        boolean kit = client < 0;
        events.add(new Event((int) count, invoked, returned, micros + invoked,
                outcome == Outcome.LOST ? Event.NEVER : micros + returned, client, kit ? -1 : 0, kit ? null : "d" + client,
                kit ? null : "u" + client % 10, kit ? null : client < 10 ? ONE : TWO, attempt, outcome, error, call));
        attempt = 1;
        return this;
    }

    History build() {
        List<Event> ordered = new ArrayList<>(events);
        ordered.sort(Comparator.comparingLong(Event::invoked));
        for (int i = 0; i < ordered.size(); i++) {
            Event event = ordered.get(i);
            ordered.set(i, new Event(i, event.invoked(), event.returned(), event.invokedMicros(), event.returnedMicros(),
                    event.client(), event.instance(), event.device(), event.user(), event.workspace(), event.attempt(),
                    event.outcome(), event.error(), event.call()));
        }
        Map<String, Manifest.Component> components = new HashMap<>();
        components.put("sync", Manifest.Component.with("gc", "snapshot", "applied", "cursorOwnership"));
        if (notifications) {
            components.put("notifications", Manifest.Component.with());
        }
        Manifest manifest = new Manifest(1, new Manifest.Identity("handmade", "handmade", "1"), profile, components, limits,
                normalizes, false, List.of("clock", "inspect", "restart"));
        List<History.Member> members = new ArrayList<>();
        for (int user = 0; user < 10; user++) {
            members.add(new History.Member("u" + user, Role.OWNER));
        }
        return new History(new History.Header("test", manifest, profile, WireSchema.current().version(), 1, -1, "handmade",
                1,
                List.of(new History.Space(ONE, members), new History.Space(TWO, members)), null), operations, ordered);
    }

    Verdict verdict() {
        return HistoryChecker.check(build());
    }
}
