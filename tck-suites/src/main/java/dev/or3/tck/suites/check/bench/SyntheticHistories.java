package dev.or3.tck.suites.check.bench;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Clean histories of any size: two workspaces with colliding keys, four devices each, which push batches, replay some,
 * and pull pages while the others push; a provider of profile 1.1 that tells what was applied. Equal arguments give
 * equal histories.
 */
public final class SyntheticHistories {
    private static final String[] TABLES = {"kv", "messages", "projects", "threads"};
    private static final int SPACES = 2;
    private static final int DEVICES = 4;
    private static final int LARGEST_BATCH = 20;
    private static final int PAGE = 100;
    private static final int SMALL = 5;
    private static final int PUSHES_BETWEEN_PULLS = 20;
    private static final int WRITES_PER_RECORD = 8;
    /** Steps of the counter from one call's effect to the next. */
    private static final int TICKS = 64;
    private static final long EPOCH_MICROS = 1_760_000_000_000_000L;

    private final SplittableRandom random;
    private final List<History.Sent> operations = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final Space[] spaces = new Space[SPACES];
    private final long[] freeFrom = new long[SPACES * DEVICES];
    private final int records;
    private final int largestBatch;
    private final int page;
    private long effects;
    private long changes;

    /** One workspace of the provider that is imagined. */
    private static final class Space {
        final String id;
        int[] log = new int[1024];
        int head;
        final int[] winner;
        final long[] position = new long[DEVICES];

        Space(String id, int records) {
            this.id = id;
            this.winner = new int[records];
            Arrays.fill(winner, -1);
        }
    }

    private SyntheticHistories(int atLeast, long seed, int largestBatch, int page) {
        this.largestBatch = largestBatch;
        this.page = page;
        random = new SplittableRandom(seed);
        records = Math.max(8, atLeast / (DEVICES + 1) / SPACES / WRITES_PER_RECORD);
        for (int i = 0; i < SPACES; i++) {
            spaces[i] = new Space(new UUID(random.nextLong(), i).toString(), records);
        }
    }

    /** A clean history. */
    public record Synthetic(History history, long changes) {
    }

    /**
     * @param changes how many change events at least: acknowledgements and pulled changes
     */
    public static Synthetic clean(int changes, long seed) {
        SyntheticHistories maker = new SyntheticHistories(changes, seed, LARGEST_BATCH, PAGE);
        while (maker.changes < changes) {
            maker.round();
        }
        return maker.finished(seed);
    }

    /**
     * A clean history of short batches and pages, as plans make them.
     *
     * @param calls how many calls at least
     */
    public static Synthetic ofCalls(int calls, long seed) {
        SyntheticHistories maker = new SyntheticHistories(calls * SMALL, seed, SMALL, PAGE);
        while (maker.events.size() < calls) {
            maker.round();
        }
        return maker.finished(seed);
    }

    private Synthetic finished(long seed) {
        for (int client = 0; client < SPACES * DEVICES; client++) {
            drain(client);
        }
        return new Synthetic(history(seed), changes);
    }

    private void round() {
        for (int i = 0; i < PUSHES_BETWEEN_PULLS; i++) {
            int client = random.nextInt(SPACES * DEVICES);
            if (i % 10 == 9 && spaces[client % SPACES].head > 0) {
                replay(client);
            } else {
                push(client);
            }
        }
        for (int client = 0; client < SPACES * DEVICES; client++) {
            if (random.nextInt(4) > 0) {
                pull(client);
            }
        }
    }

    private void push(int client) {
        Space space = spaces[client % SPACES];
        int[] batch = new int[1 + random.nextInt(largestBatch)];
        List<OperationResult> results = new ArrayList<>(batch.length);
        for (int i = 0; i < batch.length; i++) {
            int record = random.nextInt(records);
            int number = operations.size();
            Operation operation = operation(client, number, record);
            operations.add(new History.Sent(space.id, operation));
            batch[i] = number;
            append(space, number);
            boolean applied = wins(space, record, operation);
            int winner = space.winner[record];
            if (applied) {
                space.winner[record] = number;
            }
            JsonText payload = applied ? operation.payload() : operations.get(winner).operation().payload();
            results.add(new OperationResult(copy(operation.stamp().opId()), true, (long) space.head, applied, payload,
                    null, null));
        }
        changes += batch.length;
        add(client, new Call.Push(space.id, batch, results, (long) space.head));
    }

    /** What a provider answers is equal to what was sent, and not the same object. */
    private static String copy(String text) {
        return new StringBuilder(text).toString();
    }

    private static void append(Space space, int number) {
        if (++space.head >= space.log.length) {
            space.log = Arrays.copyOf(space.log, space.log.length * 2);
        }
        space.log[space.head] = number;
    }

    private boolean wins(Space space, int record, Operation operation) {
        if (space.winner[record] < 0) {
            return true;
        }
        Stamp held = operations.get(space.winner[record]).operation().stamp();
        Stamp stamp = operation.stamp();
        if (held.clock() != stamp.clock()) {
            return stamp.clock() > held.clock();
        }
        int byHlc = stamp.hlc().compareTo(held.hlc());
        return byHlc != 0 ? byHlc > 0 : stamp.opId().compareTo(held.opId()) > 0;
    }

    private Operation operation(int client, int number, int record) {
        long clock = 1 + random.nextInt(2 * WRITES_PER_RECORD);
        String pk = "record-" + record;
        boolean delete = random.nextInt(10) == 0;
        String opId = new UUID(random.nextLong() & ~0xF000L | 0x4000L,
                random.nextLong() >>> 2 | Long.MIN_VALUE).toString();
        String hlc = "0mh7a2f" + hex(number >>> 16 & 0xFF) + ":" + hex(number >>> 4 & 0xFFF) + ":device0" + client % DEVICES;
        String table = TABLES[record % TABLES.length];
        JsonText payload = delete ? null : new JsonText("{\"id\":\"" + pk + "\",\"name\":\"the name of " + number
                + "\",\"value\":\"some text that is neither short nor long, with the nonce n" + number
                + "\",\"deleted\":false,\"created_at\":1760000000,\"updated_at\":1760000000,\"clock\":" + clock + "}");
        return new Operation("b" + number, table, delete ? Operation.DELETE : Operation.PUT, pk, payload,
                new Stamp("device-" + client % DEVICES, opId, hlc, clock), 1_760_000_000L, 0, "pending");
    }

    private static String hex(int number) {
        String digits = Integer.toHexString(number);
        return "000".substring(digits.length() > 2 ? 3 : digits.length()) + digits;
    }

    /** A device sends an operation again that is in the log already. */
    private void replay(int client) {
        Space space = spaces[client % SPACES];
        int version = 1 + random.nextInt(space.head);
        int number = space.log[version];
        changes++;
        add(client, new Call.Push(space.id, new int[] {number}, List.of(new OperationResult(
                operations.get(number).operation().stamp().opId(), true, (long) version, null, null, null, null)), 0L));
    }

    private boolean pull(int client) {
        Space space = spaces[client % SPACES];
        int device = client / SPACES;
        int cursor = (int) space.position[device];
        int size = Math.min(page, space.head - cursor);
        long[] versions = new long[size];
        int[] shown = new int[size];
        for (int i = 0; i < size; i++) {
            versions[i] = cursor + 1 + i;
            shown[i] = space.log[cursor + 1 + i];
        }
        space.position[device] = cursor + size;
        changes += size;
        boolean more = cursor + size < space.head;
        add(client, new Call.Pull(space.id, cursor, page, null, new Call.Rows(versions, shown, List.of()), cursor + size,
                more, 1L, false));
        return more;
    }

    private void drain(int client) {
        while (pull(client)) {
            // Each page is recorded as it comes.
        }
    }

    /** Records a call whose effect is the next one; its interval overlaps those of other clients' calls. */
    private void add(int client, Call call) {
        long effect = ++effects * TICKS;
        long invoked = Math.max(freeFrom[client], effect - 1 - random.nextInt(3 * TICKS));
        long returned = effect + random.nextInt(3 * TICKS);
        freeFrom[client] = returned + 1;
        if (invoked >= effect) {
            effects = returned / TICKS + 1;
            effect = effects * TICKS;
            invoked = returned + 1;
            returned = effect;
            freeFrom[client] = returned + 1;
        }
        Space space = spaces[client % SPACES];
        events.add(new Event(events.size(), invoked, returned, EPOCH_MICROS + invoked, EPOCH_MICROS + returned, client, 0,
                "device-" + client / SPACES, "user-" + client % DEVICES, space.id, 1, Outcome.OK, null, call));
    }

    private History history(long seed) {
        List<Event> ordered = new ArrayList<>(events);
        ordered.sort(Comparator.comparingLong(Event::invoked));
        for (int i = 0; i < ordered.size(); i++) {
            Event event = ordered.get(i);
            ordered.set(i, new Event(i, event.invoked(), event.returned(), event.invokedMicros(), event.returnedMicros(),
                    event.client(), event.instance(), event.device(), event.user(), event.workspace(), event.attempt(),
                    event.outcome(), event.error(), event.call()));
        }
        List<History.Space> provisioned = new ArrayList<>();
        for (Space space : spaces) {
            List<History.Member> members = new ArrayList<>();
            for (int user = 0; user < DEVICES; user++) {
                members.add(new History.Member("user-" + user, Role.OWNER));
            }
            provisioned.add(new History.Space(space.id, members));
        }
        Manifest manifest = new Manifest(Manifest.PROTOCOL, new Manifest.Identity("synthetic", "synthetic", "1"),
                Profile.V1_1, Map.of("sync", Manifest.Component.with("applied", "gc", "snapshot")),
                new Limits(100, 1000, 65536, 600L, null, null), List.of(), false, List.of("clock", "inspect"));
        return new History(new History.Header("bench", manifest, Profile.V1_1, WireSchema.current().version(), seed, -1,
                "synthetic", 1, provisioned, null), operations, ordered);
    }
}
