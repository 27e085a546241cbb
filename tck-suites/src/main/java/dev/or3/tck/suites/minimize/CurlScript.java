package dev.or3.tck.suites.minimize;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.SnapshotRequest;
import dev.or3.tck.api.workspaces.Workspaces;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.connect.Curl;
import dev.or3.tck.suites.connect.Headers;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A violation as a shell script that makes its calls by curl, in the order in which they were made, those that overlapped at
 * the same time, in workspaces of its own. It judges nothing: a person reads the answers beside what came before.
 */
public final class CurlScript {
    /** Where the addresses of the instances come from. */
    private static final String URL = "URL";
    /** A history that long is no reading for people. */
    private static final int MOST = 300;

    private final Violation violation;
    private final History history;
    private final Headers headers;
    private final ShortNames names;
    private final CallText texts;
    private final ScriptIds ids;
    private final ScriptText text;

    private CurlScript(Violation violation, History history, Plan plan, Headers headers) {
        this.violation = violation;
        this.history = history;
        this.headers = headers;
        this.names = new ShortNames(history);
        this.texts = new CallText(history, names);
        this.text = new ScriptText(violation.rule() + ".sh");
        this.ids = new ScriptIds(history, plan);
    }

    /**
     * @param history   a history of the plan in which the violation happened
     * @param addresses of the instances, where they are known; others can be given to the script
     * @param headers   sent along with each request; their values stay out of the script
     */
    public static String of(Violation violation, History history, Plan plan, List<URI> addresses, Headers headers) {
        CurlScript script = new CurlScript(violation, history, plan, headers);
        script.text.head(violation.rule(), script.names.in(violation.sentence()), script.names.in(violation.expected()),
                script.names.in(violation.actual()));
        script.text.addresses(history.header().instances(), addresses, headers);
        script.provision();
        script.calls();
        script.text.end(script.names.in(violation.expected()), script.names.in(violation.actual()));
        return script.text.toString();
    }

    private Curl.At at(int instance) {
        return Curl.atVariable(URL + (Math.max(0, instance) + 1)).with(headers);
    }

    private void provision() {
        for (int i = 0; i < history.header().spaces().size(); i++) {
            History.Space space = history.header().spaces().get(i);
            String name = ScriptIds.workspace(i);
            List<String> users = new ArrayList<>();
            for (int k = 0; k < space.members().size(); k++) {
                users.add(ScriptIds.user(i, k));
            }
            text.section("workspace " + names.workspace(space.workspaceId()) + " of " + space.members().stream()
                    .map(member -> names.user(member.userId()) + " (" + member.role().name().toLowerCase(Locale.ROOT)
                            + ")").distinct().collect(Collectors.joining(", ")));
            if (history.header().manifest().hasControl("provision")) {
                Curl made = at(0).control("provision", Map.of("members",
                        space.members().stream().map(History.Member::role).toList()));
                text.command(made.command(Map.of()), name, "provision");
                text.workspace(name, users);
            } else if (history.header().manifest().hasComponent("workspaces")) {
                create(space, name, users);
            } else {
                text.madeUp(name, users);
            }
        }
    }

    /** As the kit does it: the owner plays every member. */
    private void create(History.Space space, String name, List<String> users) {
        String owner = space.members().get(0).userId();
        String identity = "or3-tck-" + name;
        Curl user = at(0).call("workspaces", "getOrCreateUser", null,
                new Workspaces.NewUser("or3-tck", identity, null, null));
        text.command(user.command(Map.of(identity, ScriptIds.RUN)), users.get(0), "getOrCreateUser");
        text.user(users);
        Curl made = at(0).call("workspaces", "createWorkspace", Caller.of(owner, null),
                new Workspaces.NewWorkspace(owner, "Workspace of or3-tck", null));
        text.command(made.command(ids.variables()), name, "createWorkspace");
        text.workspace(name, List.of());
    }

    private void calls() {
        List<Event> shown = history.events().stream().limit(MOST).toList();
        for (List<Event> together : overlapping(shown)) {
            Map<Integer, List<Event>> lanes = new LinkedHashMap<>();
            together.forEach(event -> lanes.computeIfAbsent(event.client(), none -> new ArrayList<>()).add(event));
            if (lanes.size() == 1) {
                together.forEach(event -> text.lines(call(event)));
            } else {
                text.atOnce(lanes.values().stream()
                        .map(lane -> lane.stream().flatMap(event -> call(event).stream()).toList()).toList());
            }
        }
        if (shown.size() < history.events().size()) {
            text.section((history.events().size() - shown.size()) + " more calls are in the saved history");
        }
    }

    /** Calls in runs that overlap, each run after the one before. */
    private static List<List<Event>> overlapping(List<Event> events) {
        List<List<Event>> groups = new ArrayList<>();
        long end = Long.MIN_VALUE;
        for (Event event : events) {
            if (event.invoked() > end) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(event);
            // What was never answered was given up, and nobody waited for it.
            end = Math.max(end, event.returned() == Event.NEVER ? event.invoked() : event.returned());
        }
        return groups;
    }

    private List<String> call(Event event) {
        List<String> lines = new ArrayList<>();
        boolean witness = violation.witnesses().contains(event.seq());
        String who = event.client() < 0 ? "kit" : "c" + (event.client() + 1) + " (" + names.workspace(event.workspace()) + ")";
        String title = event.seq() + ": " + who + " " + texts.call(event);
        lines.add("");
        lines.add(ScriptText.comment(title));
        lines.add(ScriptText.comment("   came: " + texts.answer(event) + (witness ? "   <-- witness" : "")));
        Optional<Curl> curl = curl(event);
        if (curl.isPresent()) {
            String command = curl.get().command(ids.variables());
            ids.usedBy(command).forEach((name, given) ->
                    lines.add(name + "=$(field " + given.seq() + " " + given.field() + ")"));
            lines.add(ScriptText.answered(command, String.valueOf(event.seq()), title));
        } else if (event.call() instanceof Call.Restart restart) {
            lines.add(restart.killed() || !history.header().manifest().hasControl("restart") ? "by_hand" : "restart");
        } else {
            lines.add(ScriptText.comment("   no curl does that"));
        }
        return lines;
    }

    private Optional<Curl> curl(Event event) {
        Curl.At at = at(event.instance());
        Caller caller = event.user() == null ? null : Caller.of(event.user(), event.workspace());
        Call call = event.call();
        if (call instanceof Call.Push push) {
            List<Operation> operations = Arrays.stream(push.operations())
                    .mapToObj(index -> again(history.operations().get(index).operation(), event.attempt() - 1)).toList();
            return Optional.of(at.call("sync", "push", caller, new PushRequest(new Scope(push.scope()), operations)));
        } else if (call instanceof Call.Pull pull) {
            return Optional.of(at.call("sync", "pull", caller,
                    new PullRequest(new Scope(pull.scope()), pull.cursor(), pull.limit(), pull.tables())));
        } else if (call instanceof Call.MoveCursor move) {
            return Optional.of(at.call("sync", "updateCursor", caller,
                    new CursorUpdate(new Scope(move.scope()), move.device(), move.version())));
        } else if (call instanceof Call.Collect collect) {
            return Optional.of(at.call("sync", collect.tombstones() ? "gcTombstones" : "gcChangeLog", caller,
                    new CollectRequest(new Scope(collect.scope()), collect.retentionSeconds())));
        } else if (call instanceof Call.Snapshot snapshot) {
            return Optional.of(at.call("sync", "snapshot", caller,
                    new SnapshotRequest(new Scope(snapshot.scope()), snapshot.pageSize(), snapshot.pageToken(), null)));
        } else if (call instanceof Call.Raw raw) {
            return Optional.of(at.call(raw.component(), raw.method(), caller, raw.input()));
        } else if (call instanceof Call.Ask ask) {
            return Optional.of(at.call(ask.component(), ask.method(), caller, ask.input()));
        } else if (call instanceof Call.Inspect inspect) {
            return Optional.of(at.control("inspect",
                    Map.of("workspaceId", inspect.scope(), "tableName", inspect.table(), "pk", inspect.pk())));
        } else if (call instanceof Call.Clock clock) {
            return Optional.of(at.control("clock", Map.of("offsetSeconds", clock.offsetSeconds())));
        }
        return Optional.empty();
    }

    private static Operation again(Operation op, int attempts) {
        return new Operation(op.id(), op.tableName(), op.operation(), op.pk(), op.payload(), op.stamp(), op.createdAt(),
                attempts, op.status());
    }
}
