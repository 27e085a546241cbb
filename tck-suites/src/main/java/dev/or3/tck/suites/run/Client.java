package dev.or3.tck.suites.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.SnapshotRequest;
import dev.or3.tck.suites.connect.Courier;
import dev.or3.tck.suites.line.LineFaults;
import dev.or3.tck.suites.plan.Action;
import dev.or3.tck.suites.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A device: its session, how far it has come in each workspace, and how it performs actions. Used by one thread at a time.
 */
final class Client {
    /** A failed push is sent twice more, a lost one three times more. */
    private static final int FAILED_ATTEMPTS = 3;
    private static final int LOST_ATTEMPTS = 4;
    /** Pages of a drain beyond one for each operation, before a provider counts as never ending. */
    private static final int SPARE_PAGES = 64;
    private static final int IDLE_PAGES = 3;
    /** Collections may be bounded to this many rows a call. */
    private static final int ROWS_PER_COLLECTION = 100;
    private static final int COLLECTIONS_AT_MOST = 40;

    final int index;
    final int instance;
    final String device;
    final String user;
    final String workspace;
    private final Run run;
    private final Request.Line direct;
    private final List<Scope> scopes;
    private final long[] positions;
    private final long[] seen;
    private final int pagesAtMost;
    private int calls;

    Client(Run run, int index, Plan.Client client, List<History.Space> spaces) {
        this.run = run;
        this.index = index;
        this.instance = index % run.target.instances();
        this.device = client.device();
        this.workspace = spaces.get(client.space()).workspaceId();
        this.user = spaces.get(client.space()).members().get(client.member()).userId();
        this.direct = new Request.Line(run.target, instance, Caller.of(user, workspace), null);
        this.scopes = spaces.stream().map(space -> new Scope(space.workspaceId())).toList();
        this.positions = new long[spaces.size()];
        this.seen = new long[spaces.size()];
        this.pagesAtMost = 2 * run.plan.operations() + SPARE_PAGES;
    }

    void perform(Action action, Lane lane) {
        if (action instanceof Action.Push push) {
            push(push, lane);
        } else if (action instanceof Action.Pull pull) {
            pull(pull.space(), pull.from(), cursor(pull.space(), pull.from()), pull.limit(), pull.tables(), lane);
        } else if (action instanceof Action.Drain drain) {
            drain(drain, lane);
        } else if (action instanceof Action.MoveCursor move) {
            String whose = move.device() == null ? device : move.device();
            persist(lane, new Request.MoveCursor(
                    new CursorUpdate(scopes.get(move.space()), whose, cursor(move.space(), move.to()))));
        } else if (action instanceof Action.Collect collect) {
            collect(collect, lane);
        } else if (action instanceof Action.Snapshot snapshot) {
            snapshot(snapshot, lane);
        } else if (action instanceof Action.Inspect inspect) {
            persist(lane, new Request.Inspect(scopes.get(inspect.space()), inspect.table(),
                    run.placeholders.text(inspect.pk())));
        } else if (action instanceof Action.Raw raw) {
            if (run.placeholders.isBound(raw.input())) {
                call(lane, 1, new Request.Raw(raw.component(), raw.method(),
                        new JsonText(run.placeholders.json(raw.input()))));
            }
        } else if (action instanceof Action.Ask ask) {
            ask(ask, lane);
        } else if (action instanceof Action.Transfer transfer) {
            transfer(transfer, lane);
        } else if (action instanceof Action.Arrange arrange) {
            Map<String, String> with = new TreeMap<>();
            arrange.with().forEach((name, value) -> with.put(name, run.placeholders.text(value)));
            lane.call(null, direct, 1, new Request.Arrange(run.backstage, arrange.what(), with));
        } else if (action instanceof Action.AdvanceClock advance) {
            lane.call(null, direct, 1, new Request.Clock(run.clockOffset() + advance.seconds()));
        } else if (action instanceof Action.Restart) {
            lane.call(null, direct, 1, new Request.Restart(run.schema(), Request.Restart.Ending.RESTART));
        } else if (action instanceof Action.Reopen reopen) {
            WireSchema schema = WireSchema.current().asOf(reopen.schema());
            run.serve(schema);
            lane.call(null, direct, 1, new Request.Restart(schema, Request.Restart.Ending.REOPEN));
        } else if (action instanceof Action.Kill kill) {
            lane.awaitLoad(kill, run.patienceNanos());
            run.killing(() -> lane.call(null, direct, 1, new Request.Restart(run.schema(), Request.Restart.Ending.KILL)));
        } else if (action instanceof Action.Disturb disturb) {
            run.disturb(disturb.faults());
            lane.call(null, direct, 1, new Request.Disturb(disturb.faults()));
        } else if (action instanceof Action.Barrier barrier) {
            lane.pass(barrier.number(), run.patienceNanos());
        }
    }

    private Entry call(Lane lane, int attempt, Request request) {
        LineFaults faults = run.faults();
        boolean exposed = request.isSync() && faults.disturb();
        return lane.call(this, exposed ? direct.with(faults.of(run.lineSeed(), index, calls++)) : direct, attempt, request);
    }

    private long cursor(int space, Action.Position position) {
        return position.offset() + switch (position.base()) {
            case ZERO -> 0;
            case OWN -> positions[space];
            case HEAD -> seen[space];
        };
    }

    /** Makes a call, again if it failed or was lost: what a provider cannot do three times it cannot do. */
    private Entry persist(Lane lane, Request request) {
        Entry entry = call(lane, 1, request);
        for (int attempt = 2; attempt <= FAILED_ATTEMPTS && isUnsettled(entry); attempt++) {
            entry = call(lane, attempt, request);
        }
        return entry;
    }

    private static boolean isUnsettled(Entry entry) {
        return entry.outcome == Outcome.FAILED || entry.outcome == Outcome.LOST;
    }

    private void push(Action.Push push, Lane lane) {
        Script.Batch batch = run.script.batch(push);
        int failed = 0;
        int lost = 0;
        for (int attempt = 1; ; attempt++) {
            Entry entry = call(lane, attempt, new Request.Push(attempt == 1 ? batch : batch.again(attempt - 1)));
            if (entry.answer instanceof Request.Push.Answer answer) {
                for (OperationResult result : answer.results()) {
                    if (result != null && result.success() && result.serverVersion() != null) {
                        see(push.space(), result.serverVersion());
                    }
                }
            }
            boolean again = entry.outcome == Outcome.FAILED && ++failed < FAILED_ATTEMPTS
                    || entry.outcome == Outcome.LOST && ++lost < LOST_ATTEMPTS && !push.leaveOpen();
            if (!again) {
                return;
            }
        }
    }

    private void see(int space, long version) {
        seen[space] = Math.max(seen[space], version);
    }

    private Request.Pull.Page pull(int space, Action.Position from, long cursor, int limit, List<String> tables, Lane lane) {
        PullRequest request = new PullRequest(scopes.get(space), cursor, limit, tables);
        Entry entry = call(lane, 1, new Request.Pull(request));
        for (int attempt = 2; attempt <= FAILED_ATTEMPTS && isUnsettled(entry); attempt++) {
            entry = call(lane, attempt, new Request.Pull(request));
        }
        if (!(entry.answer instanceof Request.Pull.Page page)) {
            return null;
        }
        for (Change change : page.changes()) {
            if (change != null) {
                see(space, change.serverVersion());
            }
        }
        if (from.base() == Action.Base.OWN) {
            positions[space] = page.response().nextCursor();
        }
        return page;
    }

    private void drain(Action.Drain drain, Lane lane) {
        long cursor = cursor(drain.space(), drain.from());
        int idle = 0;
        for (int pages = 0; pages < pagesAtMost && idle < IDLE_PAGES; pages++) {
            Request.Pull.Page page = pull(drain.space(), drain.from(), cursor, drain.limit(), drain.tables(), lane);
            if (page == null || !page.response().hasMore()) {
                return;
            }
            idle = page.response().nextCursor() > cursor ? 0 : idle + 1;
            cursor = page.response().nextCursor();
        }
    }

    private void collect(Action.Collect collect, Lane lane) {
        Scope scope = scopes.get(collect.space());
        Request request = new Request.Collect(collect.tombstones(), new CollectRequest(scope, collect.retentionSeconds()));
        if (!collect.untilSettled()) {
            persist(lane, request);
            return;
        }
        long floor = floor(collect.space(), lane);
        int unmoved = collect.tombstones() ? run.plan.operations() / ROWS_PER_COLLECTION + 1 : 1;
        for (int i = 0; i < COLLECTIONS_AT_MOST && unmoved > 0; i++) {
            if (!persist(lane, request).isOk()) {
                return;
            }
            long now = floor(collect.space(), lane);
            unmoved = now == floor ? unmoved - 1 : unmoved;
            floor = now;
        }
    }

    /** The lowest version still in the log, as far as a pull tells. */
    private long floor(int space, Lane lane) {
        Request.Pull.Page page = pull(space, Action.Position.START, 0, 1, null, lane);
        if (page == null) {
            return -1;
        }
        Long told = page.response().oldestRetainedVersion();
        if (told != null) {
            return told;
        }
        return page.changes().length == 0 || page.changes()[0] == null ? Long.MAX_VALUE : page.changes()[0].serverVersion();
    }

    private void snapshot(Action.Snapshot action, Lane lane) {
        Run.Handle handle = run.snapshots.computeIfAbsent(action.handle(), name -> new Run.Handle());
        switch (action.reading()) {
            case FIRST -> page(action, handle, null, null, lane);
            case NEXT -> next(action, handle, lane);
            case REST -> rest(action, handle, lane);
            case FORGED -> page(action, null, run.placeholders.text("forged-${run}"), null, lane);
            case WHOLE -> {
                page(action, handle, null, null, lane);
                rest(action, handle, lane);
            }
        }
    }

    private void rest(Action.Snapshot action, Run.Handle handle, Lane lane) {
        for (int pages = 0; pages < pagesAtMost && next(action, handle, lane); pages++) {
            // Each page is recorded as it comes.
        }
    }

    private boolean next(Action.Snapshot action, Run.Handle handle, Lane lane) {
        String token;
        Entry source;
        synchronized (handle) {
            token = handle.nextToken;
            source = handle.last;
        }
        return token != null && page(action, handle, token, source, lane);
    }

    /**
     * @param handle takes the next token; null where there is nothing to go on with
     * @return whether a page came
     */
    private boolean page(Action.Snapshot action, Run.Handle handle, String token, Entry source, Lane lane) {
        SnapshotRequest request = new SnapshotRequest(scopes.get(action.space()), action.pageSize(), token, null);
        Entry entry = persist(lane, new Request.Snapshot(request, source));
        if (!(entry.answer instanceof SnapshotPage page)) {
            return false;
        }
        see(action.space(), page.highWatermark());
        if (handle != null) {
            synchronized (handle) {
                handle.last = entry;
                handle.nextToken = page.nextPageToken();
            }
        }
        return true;
    }

    private void ask(Action.Ask ask, Lane lane) {
        Placeholders placeholders = run.placeholders;
        if (!placeholders.isBound(ask.input()) || !placeholders.isBound(ask.as()) || !placeholders.isBound(ask.in())) {
            return;
        }
        Caller caller = ask.as() == null ? null : Caller.of(placeholders.text(ask.as()), placeholders.text(ask.in()));
        JsonText input = new JsonText(placeholders.json(ask.input()));
        boolean pinned = run.target.manifest().isPerProcess(ask.component());
        Entry entry = call(lane, 1, new Request.Ask(ask.component(), ask.method(), input, caller, pinned));
        if (entry.answer instanceof JsonText answer && !ask.binds().isEmpty()) {
            JsonNode told = answer.parse();
            ask.binds().forEach((variable, pointer) -> {
                JsonNode value = Pointers.at(told, pointer);
                if (!value.isMissingNode() && !value.isNull()) {
                    placeholders.bind(variable, value.isTextual() ? value.textValue() : value.toString());
                    run.binders.put(variable, entry);
                }
            });
        }
    }

    private void transfer(Action.Transfer transfer, Lane lane) {
        Placeholders placeholders = run.placeholders;
        Entry presign = run.binders.get(transfer.url());
        if (presign == null || !(presign.answer instanceof JsonText answered)) {
            return;
        }
        JsonNode told = answered.parse();
        String url = told.path("url").asText();
        Action.Swap swap = transfer.swap();
        if (swap != null) {
            String from = placeholders.text(swap.from());
            if (!url.contains(from)) {
                return;
            }
            url = url.replace(from, placeholders.text(swap.to()));
        }
        Action.Body body = transfer.body();
        Courier.Address address = Courier.Address.of(url, told.path("method"), told.path("headers"));
        Entry entry = call(lane, 1, new Request.Transfer(address, presign, swap != null,
                body == null ? null : placeholders.content(body.size(), body.seed()), run.callLimit()));
        if (entry.answer instanceof Courier.Delivery delivery && delivery.storageId() != null && body != null) {
            placeholders.bind(transfer.url() + "/storageId", delivery.storageId());
        }
    }
}
