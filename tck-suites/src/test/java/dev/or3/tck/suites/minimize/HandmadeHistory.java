package dev.or3.tck.suites.minimize;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Builds histories of one workspace event by event. */
final class HandmadeHistory {
    static final String WORKSPACE = "7d1f0c52-9c58-4f52-8a20-0d4f8f4b7a01";

    private final List<History.Sent> operations = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    static String opId(int index) {
        return String.format("0000000%x-aaaa-4aaa-8aaa-aaaaaaaaaaaa", index);
    }

    int operation(String pk, long clock) {
        Stamp stamp = new Stamp("device-1", opId(operations.size()), "0ks3n7x0g:000:abc12345", clock);
        operations.add(new History.Sent(WORKSPACE, new Operation("o", "threads", "put", pk, new JsonText("{}"), stamp, 1, 0,
                "pending")));
        return operations.size() - 1;
    }

    /** A second operation under the id of another. */
    int likeness(int of, long clock) {
        Stamp stamp = new Stamp("device-1", opId(of), "0ks3n7x0g:000:abc12345", clock);
        operations.add(new History.Sent(WORKSPACE, new Operation("o", "threads", "put", "k", new JsonText("{}"), stamp, 1, 0,
                "pending")));
        return operations.size() - 1;
    }

    void push(int client, int operation, long version) {
        add(client, Outcome.OK, null, new Call.Push(WORKSPACE, new int[] {operation}, List.of(OperationResult.stored(
                operations.get(operation).operation().stamp().opId(), version, true, null)), version));
    }

    void lostPush(int client, int operation) {
        add(client, Outcome.LOST, new Event.Fault(0, null, "timeout"),
                new Call.Push(WORKSPACE, new int[] {operation}, null, null));
    }

    void pull(int client, long cursor, int... shown) {
        add(client, Outcome.OK, null, new Call.Pull(WORKSPACE, cursor, 100, null, new Call.Rows(
                LongStream.rangeClosed(cursor + 1, cursor + shown.length).toArray(), shown, List.of()),
                cursor + shown.length, false, null, null));
    }

    void pullAltered(int client, long version, int operation) {
        Operation sent = operations.get(operation).operation();
        Change altered = new Change(version, "threads", sent.pk(), "put", new JsonText("{\"x\":1}"), sent.stamp());
        Call.Rows rows = new Call.Rows(new long[] {version}, new int[] {-1}, List.of(altered));
        add(client, Outcome.OK, null, new Call.Pull(WORKSPACE, 0, 100, null, rows, version, true, null, null));
    }

    private void add(int client, Outcome outcome, Event.Fault fault, Call call) {
        int seq = events.size();
        events.add(new Event(seq, 2L * seq, outcome == Outcome.LOST ? Event.NEVER : 2L * seq + 1, 0, 0, client, 0,
                "device-" + client, "11111111-0000-4000-8000-00000000000" + client, WORKSPACE, 1, outcome, fault, call));
    }

    History history() {
        Manifest manifest = new Manifest(1, new Manifest.Identity("p", "p", "1"), Profile.V1_1,
                Map.of("sync", Manifest.Component.with()), null, null, false, null);
        List<History.Member> members = IntStream.range(0, 2)
                .mapToObj(i -> new History.Member("11111111-0000-4000-8000-00000000000" + i, Role.OWNER)).toList();
        return new History(new History.Header("test", manifest, Profile.V1_1, 2, 5, 17, "handmade", 1,
                List.of(new History.Space(WORKSPACE, members)), "{}"), operations, events);
    }
}
