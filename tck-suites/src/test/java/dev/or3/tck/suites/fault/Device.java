package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.SnapshotRequest;
import dev.or3.tck.api.sync.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A device with a session, as short as tests want to write it. */
record Device(Provider provider, String userId, String workspaceId, String id) {

    static Operation put(String table, String pk, long clock, String hlc, String rest) {
        String key = table.equals("file_meta") ? "hash" : "id";
        return op(UUID.randomUUID().toString(), table, Operation.PUT, pk, clock, hlc,
                "{\"" + key + "\":\"" + pk + "\",\"clock\":" + clock + rest + "}");
    }

    static Operation put(String pk, long clock) {
        return put("messages", pk, clock, "0ks3n7x0g:000:abc12345", ",\"deleted\":false");
    }

    static Operation delete(String pk, long clock) {
        return op(UUID.randomUUID().toString(), "messages", Operation.DELETE, pk, clock, "0ks3n7x0g:000:abc12345", null);
    }

    static Operation op(String opId, String table, String operation, String pk, long clock, String hlc, String payload) {
        return new Operation(UUID.randomUUID().toString(), table, operation, pk,
                payload == null ? null : new JsonText(payload), new Stamp("d1", opId, hlc, clock), 1_700_000_000, 0,
                "pending");
    }

    static Operation withId(Operation op, String opId) {
        return op(opId, op.tableName(), op.operation(), op.pk(), op.stamp().clock(), op.stamp().hlc(),
                op.payload() == null ? null : op.payload().text());
    }

    Caller caller() {
        return Caller.of(userId, workspaceId);
    }

    PushResponse push(Operation... operations) {
        return push(List.of(operations));
    }

    PushResponse push(List<Operation> operations) {
        return provider.sync().push(caller(), new PushRequest(new Scope(workspaceId), operations));
    }

    OperationResult pushOne(Operation operation) {
        return push(operation).results().get(0);
    }

    PullResponse pull(long cursor, int limit, String... tables) {
        return provider.sync().pull(caller(), new PullRequest(new Scope(workspaceId), cursor, limit,
                tables.length == 0 ? null : List.of(tables)));
    }

    /** Everything above a cursor, in pages. */
    List<Change> drain(long cursor, int limit, String... tables) {
        List<Change> all = new ArrayList<>();
        PullResponse page;
        long next = cursor;
        do {
            page = pull(next, limit, tables);
            all.addAll(page.changes());
            next = page.nextCursor();
        } while (page.hasMore());
        return all;
    }

    void move(long version) {
        provider.sync().updateCursor(caller(), new CursorUpdate(new Scope(workspaceId), id, version));
    }

    void collect(long retentionSeconds) {
        provider.sync().gcChangeLog(caller(), new CollectRequest(new Scope(workspaceId), retentionSeconds));
        provider.sync().gcTombstones(caller(), new CollectRequest(new Scope(workspaceId), retentionSeconds));
    }

    SnapshotPage snapshot(int pageSize, String token) {
        return provider.sync().snapshot(caller(), new SnapshotRequest(new Scope(workspaceId), pageSize, token, null));
    }

    List<SnapshotPage.Item> snapshot(int pageSize) {
        SnapshotPage page = snapshot(pageSize, null);
        List<SnapshotPage.Item> items = new ArrayList<>(page.items());
        while (page.nextPageToken() != null) {
            page = snapshot(pageSize, page.nextPageToken());
            items.addAll(page.items());
        }
        return items;
    }

    Device as(String otherUser, String otherId) {
        return new Device(provider, otherUser, workspaceId, otherId);
    }
}
