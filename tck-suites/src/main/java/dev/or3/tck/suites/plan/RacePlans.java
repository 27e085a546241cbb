package dev.or3.tck.suites.plan;

import dev.or3.tck.suites.plan.Action.Barrier;
import dev.or3.tck.suites.plan.Action.Position;
import dev.or3.tck.suites.plan.Action.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Plans in which clients collide: rounds of calls that a barrier lets go together, so that the moment between a check and
 * the write that relies on it is hit again and again.
 */
public final class RacePlans {
    private static final long STREAM = 0x5ACE;
    private static final String KV = "kv";
    private static final String POSTS = "posts";
    /** Payloads from next to nothing to long enough that parsing them takes a while. */
    private static final List<Integer> SIZES = List.of(0, 0, 0, 1_000, 4_000, 12_000);

    /** What the clients of a plan collide over. */
    private enum Kind {
        SAME_OPERATION, SAME_OPERATION_AGAIN, OVERLAPPING_BATCHES, ONE_RECORD, DISJOINT_BATCHES, TAIL, FILTERED_TAIL,
        REUSED_OP_ID, REFUSALS_BESIDE, SNAPSHOT_BESIDE, CURSORS_BESIDE, TWO_WORKSPACES
    }

    private final Draft draft;
    private final PlanContext context;
    private final Dice dice;
    private final List<Integer> clients = new ArrayList<>();
    private int barrier;

    private RacePlans(Draft draft, PlanContext context, Dice dice) {
        this.draft = draft;
        this.context = context;
        this.dice = dice;
        int count = Math.min(context.clients(), dice.pick(List.of(2, 2, 2, 3, 4, context.clients())));
        for (int device = 0; device < count; device++) {
            clients.add(draft.client(0, device));
        }
    }

    /** Race number i of a seed: a function of both and of what the provider declares. */
    public static Plan generate(long seed, int i, PlanContext context) {
        Dice dice = new Dice(seed ^ STREAM, i);
        Kind kind = Kind.values()[i % Kind.values().length];
        String name = "race/" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        Draft draft = new Draft(name, seed, i, context, null);
        draft.uses(Feature.RACES);
        RacePlans race = new RacePlans(draft, context, dice);
        race.before();
        race.write(kind);
        return draft.finish();
    }

    /** A log to begin with, as every workspace has one. */
    private void before() {
        draft.oneByOne();
        for (int space = 0; space < 2; space++) {
            int owner = draft.client(space, 0);
            draft.push(owner, space, draft.put(owner, KV, 0, 1), draft.put(owner, POSTS, 0, 1));
        }
        draft.sideBySide();
    }

    private void write(Kind kind) {
        switch (kind) {
            case SAME_OPERATION, SAME_OPERATION_AGAIN -> sameOperation();
            case OVERLAPPING_BATCHES -> overlappingBatches();
            case ONE_RECORD -> oneRecord();
            case DISJOINT_BATCHES -> disjointBatches();
            case TAIL -> tail(new String[0]);
            case FILTERED_TAIL -> tail(KV);
            case REUSED_OP_ID -> reusedOpId();
            case REFUSALS_BESIDE -> refusalsBeside();
            case SNAPSHOT_BESIDE -> snapshotBeside();
            case CURSORS_BESIDE -> cursorsBeside();
            case TWO_WORKSPACES -> twoWorkspaces();
        }
    }

    private void together() {
        barrier++;
        clients.forEach(client -> draft.then(client, new Barrier(barrier)));
    }

    private PlannedOperation put(int client, int key, long clock) {
        int bytes = dice.pick(SIZES);
        PlannedOperation plain = draft.put(client, bytes == 0 ? dice.pick(List.of(KV, POSTS, "threads")) : POSTS, key, clock);
        if (bytes == 0) {
            return plain;
        }
        String payload = draft.payloads.sized(plain.pk(), clock, draft.next(), Math.min(bytes,
                context.limits().payloadBytes() / 2), false);
        return new PlannedOperation(plain.opId(), plain.table(), plain.operation(), plain.pk(), payload, plain.deviceId(),
                plain.hlc(), clock);
    }

    /** Every client sends one and the same operation at once, as a device does that was cut off, from all its tabs. */
    private void sameOperation() {
        for (int round = dice.between(8, 14); round > 0; round--) {
            PlannedOperation op = put(clients.get(0), round % 4, round);
            together();
            clients.forEach(client -> draft.push(client, 0, op));
        }
    }

    /** Batches that share operations, each in another order. */
    private void overlappingBatches() {
        for (int round = dice.between(4, 8); round > 0; round--) {
            List<PlannedOperation> shared = new ArrayList<>();
            for (int i = dice.between(2, 6); i > 0; i--) {
                shared.add(put(clients.get(0), i, round));
            }
            together();
            for (int client : clients) {
                List<PlannedOperation> batch = new ArrayList<>(dice.shuffled(shared));
                batch.add(dice.below(batch.size() + 1), put(client, 8 + client, round));
                draft.push(client, 0, batch);
            }
        }
    }

    /** Every client writes one record at once, with stamps in every order. */
    private void oneRecord() {
        boolean ties = context.is11() && dice.percent(40);
        if (ties) {
            draft.uses(Feature.TIES);
        }
        for (int round = dice.between(8, 14); round > 0; round--) {
            together();
            List<Integer> ranks = new ArrayList<>();
            clients.forEach(client -> ranks.add(ranks.size()));
            List<Integer> order = dice.shuffled(ranks);
            String pk = Keys.plain(KV, round);
            for (int i = 0; i < clients.size(); i++) {
                int client = clients.get(i);
                int rank = order.get(i);
                boolean byClock = !ties && dice.percent(60);
                long clock = byClock ? 1 + rank : 5;
                String hlc = Stamps.real(ties ? 7 : rank, "dev00001");
                String opId = draft.opId(rank);
                PlannedOperation put = draft.put(client, opId, KV, pk, clock, hlc, null);
                draft.push(client, 0, draft.untied(0, dice.percent(25)
                        ? new PlannedOperation(opId, KV, "delete", pk, null, put.deviceId(), hlc, clock) : put));
            }
        }
    }

    /** Every client pushes batches of its own, as fast as it can. */
    private void disjointBatches() {
        int most = Math.min(12, context.limits().opsPerPush());
        together();
        for (int round = dice.between(6, 10); round > 0; round--) {
            for (int client : clients) {
                List<PlannedOperation> batch = new ArrayList<>();
                for (int i = dice.between(1, most); i > 0; i--) {
                    batch.add(put(client, dice.below(6), round * 100L + i));
                }
                draft.push(client, 0, untied(batch));
            }
            if (dice.percent(50)) {
                together();
            }
        }
    }

    /** Some push, the others follow the log in small pages. */
    private void tail(String... tables) {
        int readers = Math.max(1, clients.size() / 2);
        int limit = dice.pick(List.of(1, 2, 3, 7, 50));
        together();
        for (int round = dice.between(8, 14); round > 0; round--) {
            for (int i = 0; i < clients.size(); i++) {
                int client = clients.get(i);
                if (i < readers) {
                    for (int page = 0; page < 4; page++) {
                        draft.pull(client, 0, Position.OWN, limit, tables);
                    }
                } else {
                    List<PlannedOperation> batch = new ArrayList<>();
                    for (int op = dice.between(1, 5); op > 0; op--) {
                        batch.add(put(client, dice.below(5), round * 10L + op));
                    }
                    draft.push(client, 0, untied(batch));
                }
            }
            if (dice.percent(30)) {
                together();
            }
        }
    }

    /** Every client uses one op id at once, each for something else: at most one may get it. */
    private void reusedOpId() {
        for (int round = dice.between(6, 10); round > 0; round--) {
            String opId = draft.opId(round);
            together();
            for (int client : clients) {
                PlannedOperation own = put(client, client, round);
                draft.push(client, 0, new PlannedOperation(opId, own.table(), own.operation(), own.pk(), own.payload(),
                        own.deviceId(), own.hlc(), own.clock()));
            }
        }
    }

    /** One client's operations are refused while the others' are stored: what is refused must not be seen, nor leave a gap. */
    private void refusalsBeside() {
        draft.uses(Feature.MALFORMED);
        for (int round = dice.between(6, 10); round > 0; round--) {
            together();
            for (int i = 0; i < clients.size(); i++) {
                int client = clients.get(i);
                PlannedOperation good = draft.untied(0, put(client, dice.below(5), round));
                if (i > 0) {
                    draft.push(client, 0, good);
                    draft.pull(client, 0, Position.OWN, 20);
                } else {
                    PlannedOperation bad = new PlannedOperation(draft.opId(0), "no_such_table", "put", good.pk(),
                            good.payload(), good.deviceId(), good.hlc(), good.clock());
                    draft.pushOnly(client, 0, dice.percent(50) ? List.of(good, bad) : List.of(bad, good));
                }
            }
        }
    }

    /** One client pages through a snapshot while the others write. */
    private void snapshotBeside() {
        if (!context.allows(Feature.SNAPSHOTS)) {
            disjointBatches();
            return;
        }
        draft.uses(Feature.SNAPSHOTS);
        for (int round = dice.between(3, 5); round > 0; round--) {
            String handle = "s" + round;
            int pageSize = dice.between(1, 4);
            together();
            for (int i = 0; i < clients.size(); i++) {
                int client = clients.get(i);
                if (i == 0) {
                    draft.snapshot(client, 0, handle, pageSize, Reading.FIRST);
                    draft.snapshot(client, 0, handle, pageSize, Reading.NEXT);
                    draft.snapshot(client, 0, handle, pageSize, Reading.REST);
                    draft.drain(client, 0, Position.HEAD, 100);
                } else {
                    for (int op = 0; op < 6; op++) {
                        PlannedOperation put = put(client, dice.below(6), round * 10L + op);
                        draft.push(client, 0, draft.untied(0, dice.percent(30)
                                ? new PlannedOperation(put.opId(), put.table(), "delete", put.pk(), null, put.deviceId(),
                                        put.hlc(), put.clock())
                                : put));
                    }
                }
            }
        }
    }

    /** Cursors move while others push and pull, on every instance. */
    private void cursorsBeside() {
        draft.uses(Feature.CURSORS);
        for (int round = dice.between(8, 14); round > 0; round--) {
            together();
            for (int i = 0; i < clients.size(); i++) {
                int client = clients.get(i);
                if ((i + round) % 2 == 0) {
                    draft.pull(client, 0, Position.OWN, 10);
                    draft.then(client, new Action.MoveCursor(0, null, Position.OWN));
                    draft.then(client, new Action.MoveCursor(0, "shared-device-" + client, Position.START));
                } else {
                    draft.push(client, 0, draft.untied(0, put(client, dice.below(4), round)));
                }
            }
        }
    }

    /** Both workspaces at once, with the same keys and the same op ids: neither may show anything of the other. */
    private void twoWorkspaces() {
        List<Integer> others = new ArrayList<>();
        for (int device = 0; device < clients.size(); device++) {
            others.add(draft.client(1, device));
        }
        List<Integer> here = List.copyOf(clients);
        clients.clear();
        clients.addAll(here.subList(0, (here.size() + 1) / 2));
        clients.addAll(others.subList(0, (others.size() + 1) / 2));
        for (int round = dice.between(6, 10); round > 0; round--) {
            together();
            for (int client : clients) {
                int space = draft.cast(client).space();
                PlannedOperation[] batch = {put(client, round, round), put(client, 0, round + 1)};
                draft.push(client, space, untied(Arrays.asList(batch)));
                draft.pull(client, space, Position.OWN, dice.between(1, 6));
            }
        }
    }

    private List<PlannedOperation> untied(List<PlannedOperation> operations) {
        return operations.stream().map(op -> draft.untied(0, op)).toList();
    }
}
