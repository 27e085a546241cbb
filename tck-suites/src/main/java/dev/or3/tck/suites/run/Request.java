package dev.or3.tck.suites.run;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.SnapshotRequest;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.suites.connect.Courier;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.line.LineFault;
import dev.or3.tck.suites.line.LineFaults;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A request: how it is sent, and how it is told in the history once the plan has run. */
sealed interface Request {

    /**
     * Where it goes and on whose behalf.
     *
     * @param fault what the line does to it; null while the line is calm
     */
    record Line(Target target, int instance, Caller caller, LineFault fault) {
        Provider provider() {
            return target.instance(instance);
        }

        Sync sync() {
            return fault == null ? provider().sync() : target.disturbed(instance, fault);
        }

        Line with(LineFault other) {
            return new Line(target, instance, caller, other);
        }
    }

    /**
     * Sends it. What is returned does not change any more, even if the provider goes on writing into its answer.
     *
     * @throws GarbageException if the answer is none
     */
    Object send(Line line);

    /**
     * @param answer what {@link #send} returned, or null if the outcome is not ok
     */
    Call told(Object answer, Transcript transcript, Entry entry);

    /** Whether it goes to the sync component as any device sends it: what a faulty line happens to. */
    default boolean isSync() {
        return false;
    }

    /** How long it may take at that target, where a call may take so long as a rule. */
    default Duration limit(Duration usual, Target target) {
        return usual;
    }

    /** An answer that cannot be told: null where something must be. */
    final class GarbageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GarbageException(String message) {
            super(message);
        }

        static <T> T unless(T answer, String what) {
            if (answer == null) {
                throw new GarbageException("the provider answered null in place of " + what);
            }
            return answer;
        }
    }

    record Push(Script.Batch batch) implements Request {
        record Answer(List<OperationResult> results, Long serverVersion) {
        }

        @Override
        public Answer send(Line line) {
            PushResponse response = GarbageException.unless(
                    line.sync().push(line.caller(), batch.request()), "a push response");
            OperationResult[] results =
                    GarbageException.unless(response.results(), "results").toArray(new OperationResult[0]);
            for (int i = 0; i < results.length; i++) {
                if (results[i] != null && results[i].error() != null) {
                    results[i] = results[i].withError(line.target().secrets().hide(results[i].error()));
                }
            }
            return new Answer(Collections.unmodifiableList(Arrays.asList(results)), response.serverVersion());
        }

        @Override
        public boolean isSync() {
            return true;
        }

        @Override
        public Call told(Object answer, Transcript transcript, Entry entry) {
            Answer told = answer instanceof Answer there ? there : new Answer(List.of(), null);
            return new Call.Push(batch.request().scope().workspaceId(), transcript.numbers(batch), told.results(),
                    told.serverVersion());
        }
    }

    record Pull(PullRequest request) implements Request {
        record Page(Change[] changes, PullResponse response) {
        }

        @Override
        public Page send(Line line) {
            PullResponse response =
                    GarbageException.unless(line.sync().pull(line.caller(), request), "a pull response");
            return new Page(GarbageException.unless(response.changes(), "changes").toArray(new Change[0]), response);
        }

        @Override
        public boolean isSync() {
            return true;
        }

        @Override
        public Call told(Object answer, Transcript transcript, Entry entry) {
            String scope = request.scope().workspaceId();
            if (answer instanceof Page page) {
                PullResponse response = page.response();
                return new Call.Pull(scope, request.cursor(), request.limit(), request.tables(),
                        transcript.rows(scope, page.changes()), response.nextCursor(), response.hasMore(),
                        response.oldestRetainedVersion(), response.requiresSnapshot());
            }
            return new Call.Pull(scope, request.cursor(), request.limit(), request.tables(), Call.Rows.NONE, 0, false,
                    null, null);
        }
    }

    record MoveCursor(CursorUpdate update) implements Request {
        @Override
        public Object send(Line line) {
            line.sync().updateCursor(line.caller(), update);
            return null;
        }

        @Override
        public boolean isSync() {
            return true;
        }

        @Override
        public Call told(Object answer, Transcript transcript, Entry entry) {
            return new Call.MoveCursor(update.scope().workspaceId(), update.deviceId(), update.version());
        }
    }

    record Collect(boolean tombstones, CollectRequest request) implements Request {
        @Override
        public Object send(Line line) {
            if (tombstones) {
                line.sync().gcTombstones(line.caller(), request);
            } else {
                line.sync().gcChangeLog(line.caller(), request);
            }
            return null;
        }

        @Override
        public boolean isSync() {
            return true;
        }

        @Override
        public Call told(Object answer, Transcript transcript, Entry entry) {
            return new Call.Collect(request.scope().workspaceId(), tombstones, request.retentionSeconds());
        }
    }

    /**
     * @param source the call whose answer held the token, or null
     */
    record Snapshot(SnapshotRequest request, Entry source) implements Request {
        @Override
        public SnapshotPage send(Line line) {
            SnapshotPage page = GarbageException.unless(line.sync().snapshot(line.caller(), request),
                    "a snapshot page");
            SnapshotPage.Item[] items =
                    GarbageException.unless(page.items(), "items").toArray(new SnapshotPage.Item[0]);
            return new SnapshotPage(page.workspaceId(), page.snapshotId(), page.highWatermark(),
                    Collections.unmodifiableList(Arrays.asList(items)), page.nextPageToken());
        }

        @Override
        public boolean isSync() {
            return true;
        }

        @Override
        public Call told(Object answer, Transcript transcript, Entry entry) {
            return new Call.Snapshot(request.scope().workspaceId(), request.pageSize(), request.pageToken(),
                    source == null ? -1 : source.seq, (SnapshotPage) answer);
        }
    }

    record Inspect(Scope scope, String table, String pk) implements Request {
        @Override
        public Controls.Inspection send(Line line) {
            Controls.Inspection seen = GarbageException.unless(
                    line.provider().controls().inspect(scope.workspaceId(), table, pk), "an inspection");
            Controls.Tombstone[] tombstones =
                    GarbageException.unless(seen.tombstones(), "tombstones").toArray(new Controls.Tombstone[0]);
            return new Controls.Inspection(seen.record(), Collections.unmodifiableList(Arrays.asList(tombstones)));
        }

        @Override
        public Call told(Object answer, Transcript transcript, Entry entry) {
            return new Call.Inspect(scope.workspaceId(), table, pk, (Controls.Inspection) answer);
        }
    }

    record Raw(String component, String method, JsonText input) implements Request {
        @Override
        public JsonText send(Line line) {
            return JsonText.of(line.target().call(line.instance(), component, method, line.caller(), input.parse()));
        }

        @Override
        public Call told(Object answer, Transcript transcript, Entry entry) {
            return new Call.Raw(component, method, input, (JsonText) answer);
        }
    }

    /**
     * @param pinned whether the component's state lives in one process, so that all clients stay on the first instance
     */
    record Ask(String component, String method, JsonText input, Caller caller, boolean pinned) implements Request {
        @Override
        public JsonText send(Line line) {
            int instance = pinned ? 0 : line.instance();
            return JsonText.of(line.target().call(instance, component, method, caller, input.parse()));
        }

        @Override
        public Call told(Object answer, Transcript transcript, Entry entry) {
            return new Call.Ask(component, method, Transcript.silenced(input), transcript.kept(entry, (JsonText) answer));
        }
    }

    /**
     * @param presign the call whose answer held the URL
     * @param altered whether the URL was changed since
     * @param body    what is sent; null to fetch
     */
    record Transfer(Courier.Address address, Entry presign, boolean altered, Content body, Duration limit)
            implements Request {
        @Override
        public Courier.Delivery send(Line line) {
            return body == null ? Courier.fetch(address, limit) : Courier.bring(address, body.size(), body::stream, limit);
        }

        @Override
        public Call told(Object answer, Transcript transcript, Entry entry) {
            Call.Bytes sent = body == null ? null : new Call.Bytes(body.size(), body.sha256());
            if (!(answer instanceof Courier.Delivery delivery)) {
                return new Call.Transfer(presign.seq, altered, sent, 0, null);
            }
            return new Call.Transfer(presign.seq, altered, sent, delivery.status(),
                    body == null ? new Call.Bytes(delivery.size(), delivery.sha256()) : null);
        }
    }

    /** Something around the provider: see {@link Backstage}. */
    record Arrange(Backstage backstage, String what, Map<String, String> with) implements Request {
        @Override
        public JsonText send(Line line) {
            return backstage.arrange(what, with);
        }

        @Override
        public Duration limit(Duration usual, Target target) {
            return target.canKill() ? Restart.STARTING : usual.multipliedBy(Restart.REOPENING);
        }

        @Override
        public Call told(Object answer, Transcript transcript, Entry entry) {
            return new Call.Arranged(what, new JsonText(Json.write(with)), (JsonText) answer);
        }
    }

    record Clock(long offsetSeconds) implements Request {
        @Override
        public Object send(Line line) {
            line.target().setClock(offsetSeconds);
            return null;
        }

        @Override
        public Call told(Object answer, Transcript transcript, Entry entry) {
            return new Call.Clock(offsetSeconds);
        }
    }

    record Disturb(LineFaults faults) implements Request {
        @Override
        public Object send(Line line) {
            if (!faults.disturb()) {
                line.target().calm();
            }
            return null;
        }

        @Override
        public Call told(Object answer, Transcript transcript, Entry entry) {
            return new Call.Disturb(faults);
        }
    }

    /**
     * @param schema what it serves from then on
     */
    record Restart(WireSchema schema, Ending ending) implements Request {
        /** In calls, where nothing but storage is opened anew. */
        private static final int REOPENING = 4;
        /** Processes take their time, above all on a busy machine, whatever a call may take. */
        static final Duration STARTING = Duration.ofSeconds(40);

        /** How it ends: asked to restart, closed and opened again, or killed. */
        enum Ending { RESTART, REOPEN, KILL }

        @Override
        public Object send(Line line) {
            switch (ending) {
                case RESTART -> line.target().restart();
                case REOPEN -> line.target().reopen(schema);
                case KILL -> line.target().kill();
            }
            return null;
        }

        @Override
        public Duration limit(Duration usual, Target target) {
            return target.canKill() ? STARTING : usual.multipliedBy(REOPENING);
        }

        @Override
        public Call told(Object answer, Transcript transcript, Entry entry) {
            return new Call.Restart(ending == Ending.KILL, schema.version());
        }
    }
}
