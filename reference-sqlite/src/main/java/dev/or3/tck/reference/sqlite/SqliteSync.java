package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.SnapshotRequest;
import dev.or3.tck.api.sync.Sync;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** The sync component: refuses malformed requests, and hands the rest to the store. */
final class SqliteSync implements Sync {
    private final Store store;
    private final WireSchema schema;
    private final Limits limits;
    private final Profile profile;
    private final ProviderTime time;
    private final Admission admission;
    private final Collector collector;
    private final Snapshots snapshots;

    SqliteSync(Store store, WireSchema schema, Limits limits, Profile profile, ProviderTime time) {
        this.store = store;
        this.schema = schema;
        this.limits = limits;
        this.profile = profile;
        this.time = time;
        this.admission = new Admission(schema, limits.payloadBytes());
        this.collector = new Collector(store, time, profile);
        this.snapshots = new Snapshots(store, time, limits.snapshotLifeSeconds());
    }

    @Override
    public PushResponse push(Caller caller, PushRequest request) {
        check(caller, request == null ? null : request.scope());
        List<Operation> ops = request.ops();
        if (ops == null) {
            throw ProviderException.badRequest("ops is missing");
        }
        if (ops.size() > limits.opsPerPush()) {
            throw new ProviderException(413, "OVERSIZED", "more than " + limits.opsPerPush() + " operations in one push");
        }
        List<Admission.Verdict> batch = new ArrayList<>(ops.size());
        for (Operation op : ops) {
            // Without its opId a result could not be told apart from another, so the whole batch is refused.
            if (op == null || op.stamp() == null || op.stamp().opId() == null || op.stamp().opId().isEmpty()) {
                throw ProviderException.badRequest("an operation has no stamp.opId");
            }
            batch.add(admission.judge(op, caller.userId(), caller.workspaceId()));
        }
        return store.write(new Push(caller, batch, profile.includes(Profile.V1_1), time));
    }

    @Override
    public PullResponse pull(Caller caller, PullRequest request) {
        check(caller, request == null ? null : request.scope());
        if (request.cursor() < 0) {
            throw ProviderException.badRequest("cursor is negative");
        }
        if (request.limit() < 1) {
            throw ProviderException.badRequest("limit is less than 1");
        }
        return store.read(new Pull(caller, request.cursor(), Math.min(request.limit(), limits.pullLimit()),
                tables(request.tables())));
    }

    @Override
    public void updateCursor(Caller caller, CursorUpdate update) {
        check(caller, update == null ? null : update.scope());
        if (update.deviceId() == null || update.deviceId().isBlank()) {
            throw ProviderException.badRequest("deviceId is empty");
        }
        if (update.version() < 0) {
            throw ProviderException.badRequest("version is negative");
        }
        collector.updateCursor(caller, update.deviceId(), update.version());
    }

    @Override
    public void gcTombstones(Caller caller, CollectRequest request) {
        collector.collectTombstones(caller, retention(caller, request));
    }

    @Override
    public void gcChangeLog(Caller caller, CollectRequest request) {
        collector.collectLog(caller, retention(caller, request));
    }

    @Override
    public SnapshotPage snapshot(Caller caller, SnapshotRequest request) {
        if (!profile.includes(Profile.V1_1)) {
            throw ProviderException.unsupported("sync.snapshot in profile " + profile.wireName());
        }
        check(caller, request == null ? null : request.scope());
        if (request.pageSize() < 1) {
            throw ProviderException.badRequest("pageSize is less than 1");
        }
        int pageSize = Math.min(request.pageSize(), limits.pullLimit());
        return request.pageToken() == null ? snapshots.first(caller, pageSize, tables(request.tables()))
                : snapshots.next(caller, pageSize, request.pageToken());
    }

    private static void check(Caller caller, Scope scope) {
        Access.check(caller, scope);
    }

    private long retention(Caller caller, CollectRequest request) {
        check(caller, request == null ? null : request.scope());
        long seconds = request.retentionSeconds();
        if (seconds < limits.minRetentionSeconds()) {
            throw ProviderException.badRequest("retentionSeconds is less than " + limits.minRetentionSeconds());
        }
        if (seconds > limits.maxRetentionSeconds()) {
            throw ProviderException.badRequest("retentionSeconds is more than " + limits.maxRetentionSeconds());
        }
        return seconds;
    }

    /** The tables of a filter, each once; empty for all of them. */
    private List<String> tables(List<String> wanted) {
        if (wanted == null || wanted.isEmpty()) {
            return List.of();
        }
        LinkedHashSet<String> distinct = new LinkedHashSet<>(wanted);
        for (String table : distinct) {
            if (schema.table(table).isEmpty()) {
                throw ProviderException.badRequest("no synced table is named '" + table + "'");
            }
        }
        return List.copyOf(distinct);
    }
}
