package dev.or3.tck.suites.check.index;

import dev.or3.tck.api.Profile;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What all judgements share about one history: its operations and what became of them, its workspaces with their logs,
 * and where each head lay when. Built once, in one pass over the events; a second one if a provider answers outlandish
 * versions.
 */
public final class HistoryIndex {
    private final History history;
    private final List<Event> events;
    private final Operations operations;
    private final Tolerance tolerance;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> ids = new ArrayList<>();
    private final int[] spaceOf;
    private final long[] invoked;
    private final long[] returned;
    private final Ints restarts = new Ints();
    private final Ints starts = new Ints();
    private final Ints raws = new Ints();
    private Fates fates;
    private List<Workspace> workspaces;
    private Heads heads;
    private Crashes crashes;
    private Visibility[] visibilities;
    private Retention[] retentions;

    private HistoryIndex(History history) {
        this.history = history;
        history.header().spaces().forEach(space -> number(space.workspaceId()));
        boolean anyRaw = history.events().stream().anyMatch(event -> event.call() instanceof Call.Raw);
        events = anyRaw ? new ArrayList<>(history.events()) : history.events();
        spaceOf = new int[events.size()];
        invoked = new long[events.size()];
        returned = new long[events.size()];
        for (int seq = 0; seq < spaceOf.length; seq++) {
            Event event = events.get(seq);
            if (event.call() instanceof Call.Raw raw) {
                event = WellFormed.typed(event, raw);
                events.set(seq, event);
            }
            invoked[seq] = event.invoked();
            returned[seq] = event.returned();
            String scope = event.call().scope();
            spaceOf[seq] = scope == null ? -1 : number(scope);
            if (event.call() instanceof Call.Restart) {
                restarts.add(seq);
            } else if (event.call() instanceof Call.Start) {
                starts.add(seq);
            } else if (event.call() instanceof Call.Raw) {
                raws.add(seq);
            }
        }
        history.operations().forEach(sent -> number(sent.workspaceId()));
        operations = new Operations(history, numbers);
        tolerance = new Tolerance(history.header().manifest());
    }

    /** Reads a history. */
    public static HistoryIndex of(History history) {
        HistoryIndex index = new HistoryIndex(history);
        index.record(new long[0]);
        if (index.workspaces.stream().anyMatch(workspace -> workspace.outlandish)) {
            index.record(index.outliers());
        }
        return index;
    }

    private int number(String workspaceId) {
        Integer known = numbers.get(workspaceId);
        if (known == null) {
            known = ids.size();
            numbers.put(workspaceId, known);
            ids.add(workspaceId);
        }
        return known;
    }

    private int dense() {
        return (int) Math.min(2L * operations.count() + 4096, Integer.MAX_VALUE / 2);
    }

    private void record(long[] outliers) {
        long[] told = new long[events.size()];
        fates = new Fates(operations.count());
        workspaces = new ArrayList<>();
        for (String id : ids) {
            workspaces.add(new Workspace(workspaces.size(), id, dense(), outliers));
        }
        history.header().spaces().forEach(space -> space.members().forEach(
                member -> workspaces.get(number(space.workspaceId())).member(member.userId(), member.role())));
        fates.users(events, operations);
        Recorder recorder = new Recorder(events, operations, fates, tolerance, returned, told);
        Ints[] calls = new Ints[workspaces.size()];
        Arrays.setAll(calls, i -> new Ints());
        for (int seq = 0; seq < spaceOf.length; seq++) {
            if (spaceOf[seq] >= 0) {
                calls[spaceOf[seq]].add(seq);
                note(recorder, workspaces.get(spaceOf[seq]), events.get(seq));
            }
        }
        settle(calls, told);
        visibilities = new Visibility[workspaces.size()];
        retentions = new Retention[workspaces.size()];
    }

    private void note(Recorder recorder, Workspace workspace, Event event) {
        Call call = event.call();
        int seq = event.seq();
        if (call instanceof Call.Push push) {
            workspace.pushes.add(seq);
            recorder.push(workspace, event, push);
        } else if (call instanceof Call.Pull pull) {
            workspace.pulls.add(seq);
            if (event.isOk() && isHome(event)) {
                recorder.pull(workspace, event, pull);
            }
        } else if (call instanceof Call.MoveCursor) {
            workspace.moves.add(seq);
        } else if (call instanceof Call.Collect) {
            workspace.collects.add(seq);
        } else if (call instanceof Call.Snapshot) {
            workspace.snapshots.add(seq);
        } else if (call instanceof Call.Inspect) {
            workspace.inspects.add(seq);
        }
    }

    private void settle(Ints[] calls, long[] told) {
        long[] lowestNew = new long[spaceOf.length];
        Arrays.fill(lowestNew, Long.MAX_VALUE);
        for (int i = 0; i < operations.count(); i++) {
            int push = fates.firstPush[i];
            if (push < 0) {
                continue;
            }
            Workspace workspace = workspaces.get(operations.space(i));
            if (fates.version[i] > 0) {
                // A version that the log has for another operation says nothing about where the head was.
                boolean held = workspace.operation(workspace.slot(fates.version[i])) == i;
                lowestNew[push] = Math.min(lowestNew[push], held ? fates.version[i] : Long.MAX_VALUE);
            } else if (fates.is(i, Fates.LOST | Fates.FAILED)) {
                workspace.unsettled++;
            }
        }
        for (int i = 0; i < raws.size(); i++) {
            Event event = event(raws.get(i));
            if (((Call.Raw) event.call()).method().equals("push") && numbers.containsKey(event.workspace())) {
                workspaces.get(numbers.get(event.workspace())).unsettled += 2;
            }
        }
        heads = new Heads(spaceOf.length);
        for (Workspace workspace : workspaces) {
            heads.sweep(calls[workspace.number()], invoked, returned, told, lowestNew,
                    workspace.head() + workspace.unsettled());
        }
    }

    /** Every version told that is beyond what the slots hold, in order. */
    private long[] outliers() {
        int dense = dense();
        List<long[]> found = new ArrayList<>();
        for (Event event : history.events()) {
            if (event.call() instanceof Call.Pull pull && event.isOk()) {
                found.add(Arrays.stream(pull.rows().versions()).filter(version -> version > dense).toArray());
            } else if (event.call() instanceof Call.Push push && push.results() != null) {
                found.add(push.results().stream().filter(Objects::nonNull).map(result -> result.serverVersion())
                        .filter(version -> version != null && version > dense).mapToLong(Long::longValue).toArray());
            }
        }
        return found.stream().flatMapToLong(Arrays::stream).sorted().distinct().toArray();
    }

    public History history() {
        return history;
    }

    public History.Header header() {
        return history.header();
    }

    /** The events; each stands at the place of its seq. Raw calls that are well formed stand there as typed ones. */
    public List<Event> events() {
        return events;
    }

    public Event event(int seq) {
        return events.get(seq);
    }

    public Operations operations() {
        return operations;
    }

    public Fates fates() {
        return fates;
    }

    public Tolerance tolerance() {
        return tolerance;
    }

    /** Every workspace that was provisioned or asked for, in that order. */
    public List<Workspace> workspaces() {
        return workspaces;
    }

    public Workspace workspace(int number) {
        return workspaces.get(number);
    }

    /** Which entries of the workspace's log a pull must show. */
    public Visibility visibility(Workspace workspace) {
        int number = workspace.number();
        if (visibilities[number] == null) {
            visibilities[number] = new Visibility(this, workspace);
        }
        return visibilities[number];
    }

    /** How far collections of the workspace may have gone. */
    public Retention retention(Workspace workspace) {
        int number = workspace.number();
        if (retentions[number] == null) {
            retentions[number] = new Retention(this, workspace);
        }
        return retentions[number];
    }

    /** What kills cut off. */
    public Crashes crashes() {
        if (crashes == null) {
            crashes = new Crashes(history, operations);
        }
        return crashes;
    }

    /** The number of a workspace by id, or -1. */
    public int workspaceNumber(String id) {
        return numbers.getOrDefault(id, -1);
    }

    /** The number of the workspace that a call is about, or -1. */
    public int spaceOf(int event) {
        return spaceOf[event];
    }

    public long invoked(int event) {
        return invoked[event];
    }

    public long returned(int event) {
        return returned[event];
    }

    /** Whether a had returned before b began. */
    public boolean before(int a, int b) {
        return returned[a] < invoked[b];
    }

    /** Whether the two calls were under way at the same time. */
    public boolean overlap(int a, int b) {
        return a != b && returned[a] >= invoked[b] && returned[b] >= invoked[a];
    }

    /** The head of the workspace was at least this when the call began. */
    public long headLow(int event) {
        return heads.low(event);
    }

    /** The head of the workspace was at most this when the call returned. */
    public long headHigh(int event) {
        return heads.high(event);
    }

    /** Whether the session's workspace is the one the call is about. */
    public boolean isHome(Event event) {
        int space = spaceOf[event.seq()];
        return space >= 0 && Objects.equals(event.workspace(), ids.get(space));
    }

    /** Whether rules of profile 1.1 apply. */
    public boolean isNewer() {
        return header().profile().includes(Profile.V1_1);
    }

    /** Whether the sync component declares the capability. */
    public boolean declares(String capability) {
        return header().manifest().hasCapability("sync", capability);
    }

    /** Whether rows of the private table are hidden from other members. */
    public boolean hidesPrivateRows() {
        return header().manifest().hasComponent("notifications");
    }

    public Ints restarts() {
        return restarts;
    }

    public Ints starts() {
        return starts;
    }

    public Ints raws() {
        return raws;
    }

    /** The one user who pushed an operation; null if several did, for then it is open whose push stored it. */
    public String pusher(int operation) {
        int push = fates.firstPush(operation);
        return push < 0 || fates.is(operation, Fates.SEVERAL) ? null : event(push).user();
    }
}
