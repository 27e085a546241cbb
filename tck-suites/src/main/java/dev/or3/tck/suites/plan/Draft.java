package dev.or3.tck.suites.plan;

import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.line.LineFaults;
import dev.or3.tck.suites.plan.Action.Position;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A plan being written. It has the cast that every plan has, two workspaces with two users and two devices each, whose ids
 * collide; it keeps op ids, nonces and stamps apart; and it ends with a look at everything.
 */
final class Draft {
    /** Limit of the pages of the final drains. */
    private static final int DRAIN_LIMIT = 100;
    private static final List<String> DEVICES = List.of("device-a", "device-b", "device-c", "device-d");

    /** An operation as it was pushed. */
    record Pushed(int space, int client, PlannedOperation operation) {
    }

    private record Touched(int space, String table, String pk) {
    }

    private record Place(int space, String table, String pk, long clock, String hlc) {
    }

    final PlanContext context;
    final Payloads payloads;
    private final String name;
    private final long seed;
    private final int index;
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);
    private final int spaces;
    private final List<Plan.Client> clients = new ArrayList<>();
    private final List<Plan.Stage> stages = new ArrayList<>();
    private List<Plan.Step> steps = new ArrayList<>();
    private boolean parallel;
    private final List<Pushed> pushed = new ArrayList<>();
    private final Set<Touched> touched = new LinkedHashSet<>();
    private final Set<Place> places = new HashSet<>();
    private int number;
    private boolean disturbed;

    Draft(String name, long seed, int index, PlanContext context, Values values) {
        this(name, seed, index, context, values, 2);
    }

    Draft(String name, long seed, int index, PlanContext context, Values values, int spaces) {
        this.name = name;
        this.seed = seed;
        this.index = index;
        this.context = context;
        this.payloads = new Payloads(context.schema(), context.manifest().strictSchema(), values);
        this.spaces = spaces;
        int members = context.members();
        for (int device = 0; device < 2; device++) {
            for (int space = 0; space < spaces; space++) {
                for (int member = 0; member < 2; member++) {
                    clients.add(new Plan.Client(space, member % members, DEVICES.get(2 * device + member)));
                }
            }
        }
    }

    /** The client of a workspace: 0 and 2 are devices of its first member, 1 and 3 of its second; more can be asked for. */
    int client(int space, int device) {
        int member = device % 2 % context.members();
        String id = device < DEVICES.size() ? DEVICES.get(device) : "device-" + (char) ('a' + device);
        for (int i = 0; i < clients.size(); i++) {
            if (clients.get(i).space() == space && clients.get(i).device().equals(id)) {
                return i;
            }
        }
        clients.add(new Plan.Client(space, member, id));
        return clients.size() - 1;
    }

    Plan.Client cast(int client) {
        return clients.get(client);
    }

    void uses(Feature feature) {
        features.add(feature);
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    List<Pushed> pushed() {
        return pushed;
    }

    /** A number that was not used before in this plan. */
    int next() {
        return ++number;
    }

    /** An id whose order among others is that of the rank; ids of one rank have the order in which they were asked for. */
    String opId(int rank) {
        return String.format("%08x-xxxx-4xxx-8xxx-xxxxxxxx%04x", rank, next());
    }

    PlannedOperation put(int client, String table, String pk, long clock, String hlc, Dice rich) {
        return put(client, opId(0), table, pk, clock, hlc, rich);
    }

    PlannedOperation put(int client, String opId, String table, String pk, long clock, String hlc, Dice rich) {
        String payload = payloads.of(table, pk, clock, next(), user(client), rich);
        return new PlannedOperation(opId, table, "put", pk, payload, clients.get(client).device(), hlc, clock);
    }

    PlannedOperation delete(int client, String table, String pk, long clock, String hlc) {
        return new PlannedOperation(opId(0), table, "delete", pk, null, clients.get(client).device(), hlc, clock);
    }

    /** The placeholder of the client's user. */
    String user(int client) {
        return "${user:" + clients.get(client).space() + ":" + clients.get(client).member() + "}";
    }

    /** The same operation under a stamp that no other of that record has, as profile 1.0 wants it. */
    PlannedOperation untied(int space, PlannedOperation op) {
        String hlc = op.hlc();
        boolean ties = context.is11() && has(Feature.TIES);
        for (int i = 0; !places.add(new Place(space, op.table(), op.pk(), op.clock(), hlc)) && !ties; i++) {
            hlc = op.hlc() + "." + (char) ('a' + i % 26) + i / 26;
        }
        return hlc.equals(op.hlc()) ? op : new PlannedOperation(op.opId(), op.table(), op.operation(), op.pk(), op.payload(),
                op.deviceId(), hlc, op.clock());
    }

    /** A plain put of key number {@code key}, stamped as a device stamps it that goes on. */
    PlannedOperation put(int client, String table, int key, long clock) {
        return put(client, table, Keys.plain(table, key), clock, now(), null);
    }

    /** A delete of key number {@code key}, stamped as a device stamps it that goes on. */
    PlannedOperation delete(int client, String table, int key, long clock) {
        return delete(client, table, Keys.plain(table, key), clock, now());
    }

    private String now() {
        return Stamps.real(number + 1, "dev00001");
    }

    /** Pushes, and remembers the operations for replays and for the last look. */
    Draft push(int client, int space, List<PlannedOperation> operations) {
        return push(client, space, operations, false);
    }

    Draft push(int client, int space, PlannedOperation... operations) {
        return push(client, space, List.of(operations), false);
    }

    Draft push(int client, int space, List<PlannedOperation> operations, boolean leaveOpen) {
        for (PlannedOperation op : operations) {
            pushed.add(new Pushed(space, client, op));
            touch(space, op);
        }
        return then(client, new Action.Push(space, operations, leaveOpen));
    }

    /** Pushes without remembering: what should be refused, or was pushed before. */
    Draft pushOnly(int client, int space, List<PlannedOperation> operations) {
        operations.forEach(op -> touch(space, op));
        return then(client, new Action.Push(space, operations, false));
    }

    Draft pull(int client, int space, Position from, int limit, String... tables) {
        return then(client, new Action.Pull(space, from, limit, tables.length == 0 ? null : List.of(tables)));
    }

    Draft drain(int client, int space, Position from, int limit, String... tables) {
        return then(client, new Action.Drain(space, from, limit, tables.length == 0 ? null : List.of(tables)));
    }

    Draft inspect(int client, int space, String table, int key) {
        return context.allows(Feature.INSPECTIONS)
                ? then(client, new Action.Inspect(space, table, Keys.plain(table, key))) : this;
    }

    Draft snapshot(int client, int space, String handle, int pageSize, Action.Reading reading) {
        return context.allows(Feature.SNAPSHOTS)
                ? then(client, new Action.Snapshot(space, handle, pageSize, reading)) : this;
    }

    private void touch(int space, PlannedOperation op) {
        if (context.schema().table(op.table()).isPresent() && !op.pk().isEmpty()) {
            touched.add(new Touched(space, op.table(), op.pk()));
        }
    }

    Draft then(int client, Action action) {
        steps.add(new Plan.Step(client, action));
        return this;
    }

    /** Changes the line, in a stage of its own; it is calm again when the plan takes its last look. */
    Draft disturb(LineFaults faults) {
        uses(Feature.LINE);
        disturbed = faults.disturb();
        return oneByOne().then(0, new Action.Disturb(faults)).oneByOne();
    }

    /** Begins a stage whose clients run side by side. */
    Draft sideBySide() {
        return begin(true);
    }

    /** Begins a stage whose steps run one after the other. */
    Draft oneByOne() {
        return begin(false);
    }

    private Draft begin(boolean nowParallel) {
        if (!steps.isEmpty()) {
            stages.add(new Plan.Stage(parallel, steps));
            steps = new ArrayList<>();
        }
        parallel = nowParallel;
        return this;
    }

    /** Ends the plan with a drain as every member of every workspace, a whole snapshot, and a look at each record. */
    Plan finish() {
        oneByOne();
        if (disturbed) {
            disturb(LineFaults.CALM);
        }
        int limit = Math.min(DRAIN_LIMIT, context.limits().pullLimit());
        for (int space = 0; space < spaces; space++) {
            for (int member = 0; member < context.members(); member++) {
                then(client(space, member), new Action.Drain(space, Position.START, limit, null));
            }
            if (context.allows(Feature.SNAPSHOTS)) {
                for (int member = 0; member < context.members(); member++) {
                    then(client(space, member), new Action.Snapshot(space, "last-" + space + "-" + member, limit,
                            Action.Reading.WHOLE));
                }
            }
        }
        if (context.allows(Feature.INSPECTIONS)) {
            for (Touched record : touched) {
                then(client(record.space(), 0), new Action.Inspect(record.space(), record.table(), record.pk()));
            }
        }
        begin(false);
        List<Plan.Space> provisioned = new ArrayList<>();
        for (int space = 0; space < spaces; space++) {
            provisioned.add(context.members() == 1 ? Plan.Space.of(Role.OWNER) : Plan.Space.of(Role.OWNER, Role.EDITOR));
        }
        return new Plan(name, seed, index, features, provisioned, clients, stages);
    }
}
