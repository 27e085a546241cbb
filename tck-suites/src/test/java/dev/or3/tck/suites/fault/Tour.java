package dev.or3.tck.suites.fault;

import static dev.or3.tck.suites.fault.Device.delete;
import static dev.or3.tck.suites.fault.Device.put;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import dev.or3.tck.suites.backend.KitEnvironment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** One walk through everything a provider does, written down so that two walks can be compared. */
final class Tour {
    private static final long HOUR = 3600;

    private final Notes notes = new Notes();
    private final ProviderConfig config;
    private Provider provider;
    private Provider second;
    private int nextOp;
    private long offset;

    private Tour(ProviderConfig config) {
        this.config = config;
    }

    /** The answers in their order; ids that the provider makes up are numbered, times left out. */
    static List<String> of(Path directory, String faults) {
        return of(directory, Map.of(MemoryProviderFactory.FAULT_SETTING, faults));
    }

    static List<String> of(Path directory, Map<String, String> settings) {
        ProviderConfig config = ProviderConfig.in(directory).with(small(settings));
        Tour tour = new Tour(config);
        tour.schemaGrowth();
        try (Provider first = open(config); Provider other = open(config)) {
            tour.provider = first;
            tour.second = other;
            tour.walk();
        }
        return tour.notes.lines();
    }

    /** With limits that are reached soon. */
    private static Map<String, String> small(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(KitEnvironment.fresh().with(settings));
        all.putAll(Map.of("OR3_MEMORY_MAX_OPS", "60", "OR3_MEMORY_MAX_PULL", "30", "OR3_MEMORY_MAX_PAYLOAD_BYTES", "300"));
        return all;
    }

    private static Provider open(ProviderConfig config) {
        return new MemoryProviderFactory().open(config);
    }

    private void walk() {
        pushes();
        replays();
        winners();
        tombstones();
        pages();
        workspacesApart();
        payloads();
        collections();
        youth();
        snapshots();
        restarts();
        instances();
        new StoreTour(notes, provider).walk();
        Map<String, String> strict = new HashMap<>(config.settings());
        strict.put(MemorySettings.STRICT, "true");
        new TokenTour(notes, provider).walk();
        new ConfigTour(notes, provider).walk();
        new FileTour(notes, provider).walk();
        new LimitTour(notes, provider, second, offset).walk();
        new JobTour(notes, provider, device(), offset + 10 * 24 * HOUR).walk();
        note("strict", () -> open(config.with(strict)).manifest().controls());
    }

    private void note(String what, Callable<?> call) {
        notes.note(what, call);
    }

    private Device device(Role... others) {
        Role[] roles = new Role[others.length + 1];
        roles[0] = Role.OWNER;
        System.arraycopy(others, 0, roles, 1, others.length);
        Controls.Provisioned space = provider.controls().provision(List.of(roles));
        members = space.userIds();
        return new Device(provider, space.userIds().get(0), space.workspaceId(), "d1");
    }

    private List<String> members;

    private void look(Device device, String... keys) {
        note("log", () -> device.drain(0, 7));
        for (String key : keys) {
            note("inspect " + key, () -> provider.controls().inspect(device.workspaceId(), "messages", key));
        }
        note("snapshot", () -> device.snapshot(3));
    }

    /** Op ids of a fixed order, so that ties end in the same way on every walk. */
    private Operation fixed(Operation op) {
        return Device.withId(op, String.format("%08x-0000-4000-8000-%012x", ++nextOp, nextOp));
    }

    private void pushes() {
        Device device = device();
        note("empty", () -> device.push());
        note("batch", () -> device.push(fixed(put("a", 0)), fixed(put("b", 1)), fixed(put("c", 1)), fixed(put("b", 2))));
        note("loser", () -> device.push(fixed(put("b", 1))));
        note("malformed", () -> device.push(fixed(put("d", 1)), fixed(put("nothing", "x", 1, "h", "")),
                fixed(Device.op("", "messages", "put", "x", 1, "h", "[]")), fixed(put("", 1)), fixed(put("x", -1)),
                fixed(Device.op("", "messages", "patch", "x", 1, "h", "{}")), fixed(put("e", 1))));
        note("unknown table", () -> device.push(fixed(put("nothing", "x", 1, "h", ""))));
        note("large", () -> device.push(many(60)));
        note("too large", () -> device.push(many(61)));
        note("wide", () -> device.push(fixed(put("messages", "w", 1, "h", ",\"text\":\"" + "€".repeat(120) + '"'))));
        look(device, "a", "b", "w");
    }

    private List<Operation> many(int count) {
        return IntStream.range(0, count).mapToObj(i -> fixed(put("k" + i, 1))).toList();
    }

    private void replays() {
        Device device = device(Role.EDITOR);
        Device other = device.as(members.get(1), "d2");
        Operation first = fixed(put("a", 1));
        Operation twice = fixed(put("b", 1));
        note("first", () -> device.push(first, fixed(put("c", 1))));
        note("replay", () -> other.push(first));
        note("retry", () -> other.push(new Operation(first.id(), first.tableName(), first.operation(), first.pk(),
                first.payload(), first.stamp(), first.createdAt(), 1, first.status())));
        note("replay before new", () -> device.push(first, fixed(put("z", 1))));
        note("twice", () -> device.push(twice, fixed(put("d", 1)), twice));
        note("reordered", () -> device.push(Device.op(first.stamp().opId(), "messages", "put", "a", 1, first.stamp().hlc(),
                "{\"deleted\":false,\"clock\":1,\"id\":\"a\"}")));
        note("conflict", () -> device.push(Device.withId(put("a", 9), first.stamp().opId())));
        Operation valid = fixed(put("e", 1));
        note("half", () -> device.push(valid, fixed(put("x", -1))));
        note("retry", () -> device.push(valid));
        String prefix = "0000000a-0000-4000-800";
        note("similar ids", () -> device.push(Device.withId(put("f", 1), prefix + "0-00000000000a")));
        note("similar ids", () -> device.push(Device.withId(put("g", 1), prefix + "0-00000000000b")));
        look(device, "a");
    }

    private void winners() {
        Device device = device();
        note("clocks", () -> device.push(fixed(put("a", 10)), fixed(put("a", 9)), fixed(put("a", 11))));
        note("clock first", () -> device.push(fixed(put("messages", "f", 1, "z", "")),
                fixed(put("messages", "f", 2, "b", ""))));
        for (String hlc : List.of("b", "B", "a", "1000-0-a", "999-0-a", "0ks3n7x0g:001:abc12345",
                "zzzzzzzzz:000:abc12345")) {
            note(hlc, () -> device.push(fixed(put("messages", "h" + hlc.charAt(0), 1, hlc, ""))));
            note(hlc, () -> device.push(fixed(put("messages", "h", 1, hlc, ""))));
        }
        Operation low = fixed(put("t", 1));
        Operation high = fixed(put("t", 1));
        note("tie", () -> device.push(high));
        note("tie lost", () -> device.push(low));
        Operation rising = fixed(put("u", 1));
        note("tie", () -> device.push(rising));
        note("tie won", () -> device.push(fixed(put("u", 1))));
        note("fields", () -> device.push(fixed(put("messages", "a", 12, "h", ",\"old\":1"))));
        note("fields", () -> device.push(fixed(put("messages", "a", 13, "h", ",\"new\":1"))));
        note("counts", () -> device.push(fixed(put("file_meta", "f", 1, "h", ",\"ref_count\":5"))));
        note("counts", () -> device.push(fixed(put("file_meta", "f", 2, "h", ",\"ref_count\":1"))));
        note("tables", () -> device.push(fixed(put("threads", "a", 1, "h", ""))));
        look(device, "a", "h", "hb", "f", "t");
    }

    private void tombstones() {
        Device device = device();
        note("unknown", () -> device.push(fixed(delete("a", 5))));
        note("older", () -> device.push(fixed(put("a", 4))));
        note("tie", () -> device.push(fixed(put("messages", "a", 5, "0", ""))));
        note("older delete", () -> device.push(fixed(put("b", 5)), fixed(delete("b", 4))));
        note("tied delete", () -> device.push(fixed(put("messages", "t", 5, "z", "")), fixed(delete("t", 5))));
        note("again", () -> device.push(fixed(delete("a", 6)), fixed(delete("a", 8))));
        note("between", () -> device.push(fixed(put("a", 7))));
        note("full", () -> device.push(fixed(Device.op("", "messages", "delete", "p", 1, "h", "{\"id\":\"p\"}"))));
        note("like", () -> device.push(fixed(put("xy", 1)), fixed(delete("x_", 5))));
        look(device, "a", "b", "t", "xy");
        note("revived", () -> device.push(fixed(put("a", 9)), fixed(delete("a", 10)), fixed(put("a", 11))));
        look(device, "a");
    }

    private void pages() {
        Device device = device();
        for (int i = 0; i < 24; i++) {
            String pk = "k" + i % 5;
            Operation message = i % 3 == 2 ? delete(pk, i) : put(pk, i);
            device.push(fixed(i % 8 == 7 ? put("threads", pk, i, "h", "") : message));
        }
        for (int limit : new int[] {1, 5, 8, 23, 24, 25, 1000, 0, -1}) {
            note("pull " + limit, () -> device.pull(0, limit));
            note("pull " + limit, () -> device.pull(23, limit));
            note("filter " + limit, () -> device.pull(0, limit, "threads"));
        }
        note("beyond", () -> device.pull(99, 5));
        note("unknown filter", () -> device.pull(0, 5, "nothing"));
        note("deletes", () -> device.pull(0, 50, "messages"));
        note("no scope", () -> provider.sync().pull(device.caller(), new PullRequest(null, 0, 5, null)));
        device.push(many(31));
        note("cap", () -> device.pull(0, 100_000).changes().size());
        note("cached", () -> device.pull(55, 5));
        device.push(fixed(put("late", 1)));
        note("cached", () -> device.pull(55, 5));
    }

    private void workspacesApart() {
        Device here = device();
        Device there = device();
        Operation shared = fixed(put("a", 1));
        note("here", () -> here.push(shared, fixed(put("b", 1))));
        note("there", () -> there.push(shared));
        note("there", () -> there.push(fixed(put("a", 2))));
        note("moved", () -> there.push(fixed(put("messages", "m", 1, "h",
                ",\"workspace_id\":\"" + here.workspaceId() + '"'))));
        note("renamed", () -> there.push(fixed(Device.op("", "messages", "put", "m", 1, "h", "{\"id\":\"n\"}"))));
        note("filtered", () -> there.pull(0, 50, "messages").changes().size());
        note("foreign push", () -> provider.sync().push(there.caller(),
                new PushRequest(new Scope(here.workspaceId()), List.of(fixed(put("z", 1))))));
        look(here, "a", "m");
        look(there, "a", "n");
    }

    private void payloads() {
        Device device = device();
        note("rich", () -> device.push(fixed(put("messages", "e\u0301 A", 1, "h",
                ",\"text\":\"\\u0000 \\ud83d\\ude00 e\u0301\","
                + "\"d\":0.12345678901,\"none\":null,\"o\":{},\"__proto__\":1,\"\":2,\"index\":1.5,\"order_key\":\"Ab\","
                + "\"created_at\":1,\"extra\":1"))));
        note("folded", () -> device.push(fixed(put("messages", "e\u0301 a", 1, "g", ""))));
        note("tables", () -> device.push(fixed(put("posts", "p", 1, "h", "")), fixed(put("file_meta", "h", 1, "h", ""))));
        look(device);
    }

    private void advance(long seconds) {
        offset += seconds;
        provider.controls().clock(offset);
        second.controls().clock(offset);
    }

    private void collections() {
        Device fast = device(Role.EDITOR);
        Device slow = fast.as(fast.userId(), "d2");
        Device idle = fast.as(members.get(1), "d3");
        Device elsewhere = device();
        elsewhere.push(fixed(put("a", 1)), fixed(put("b", 1)), fixed(delete("c", 1)));
        Operation old = fixed(put("b", 1));
        fast.push(fixed(put("a", 1)), fixed(put("a", 2)), old, fixed(delete("c", 1)), fixed(put("d", 1)));
        note("bad retention", () -> collect(fast, -5));
        note("bad cursor", () -> move(fast, "", 1));
        note("negative cursor", () -> move(fast, "d1", -1));
        note("young", () -> collected(fast, slow));
        idle.move(0);
        fast.move(5);
        note("beyond", () -> move(slow, "d2", 99));
        slow.move(3);
        note("stolen", () -> move(fast.as(members.get(0), "d3"), "d3", 5));
        note("registered", () -> collected(fast, slow));
        advance(2 * HOUR);
        note("touch", () -> move(elsewhere, "d1", 0));
        note("pull by slow", () -> slow.pull(3, 10));
        note("touch", () -> move(slow, "d2", 3));
        note("touch", () -> move(fast, "d1", 5));
        note("touch", () -> move(idle, "d3", 0));
        note("bounded by 0", () -> collected(fast, slow));
        note("idle moves", () -> move(idle, "d3", 4));
        note("back", () -> move(slow, "d2", 1));
        note("bounded by 3", () -> collected(fast, slow));
        slow.move(5);
        idle.move(5);
        fast.push(fixed(delete("y", 3)));
        note("moves", () -> move(fast, "d1", 6));
        note("moves", () -> move(slow, "d2", 6));
        note("moves", () -> move(idle, "d3", 6));
        note("all passed", () -> collected(fast, slow));
        note("replay", () -> fast.push(old));
        advance(HOUR + 60);
        note("floor", () -> fast.pull(5, 10));
        note("empty", () -> collected(fast, slow));
        note("zero", () -> fast.pull(0, 10));
        note("next", () -> fast.push(fixed(put("z", 1))));
        note("elsewhere", () -> collect(elsewhere, HOUR));
        look(elsewhere, "a");
        look(fast, "a", "b", "c", "y");
    }

    private void youth() {
        Device device = device();
        device.push(fixed(put("a", 1)));
        device.move(1);
        advance(60);
        note("young", () -> collected(device, device));
        Device unregistered = device();
        unregistered.push(many(8));
        advance(2 * HOUR);
        note("without devices", () -> collected(unregistered, unregistered));
    }

    private Object move(Device device, String id, long version) {
        provider.sync().updateCursor(device.caller(), new CursorUpdate(new Scope(device.workspaceId()), id, version));
        return "moved";
    }

    private Object collect(Device device, long retention) {
        provider.sync().gcChangeLog(device.caller(), new CollectRequest(new Scope(device.workspaceId()), retention));
        return "collected";
    }

    private Object collected(Device fast, Device slow) {
        fast.collect(HOUR);
        return List.of(fast.pull(0, 10), slow.pull(3, 10),
                provider.controls().inspect(fast.workspaceId(), "messages", "c"));
    }

    private void snapshots() {
        Device device = device();
        device.push(fixed(put("a", 1)), fixed(put("b", 1)), fixed(delete("c", 1)), fixed(put("threads", "c", 1, "h", "")),
                fixed(put("kv", "z", 1, "h", "")));
        SnapshotPage first = device.snapshot(1, null);
        Device other = device();
        note("foreign", () -> other.snapshot(1, first.nextPageToken()));
        note("forged", () -> device.snapshot(1, "forged"));
        device.push(fixed(put("bb", 1)), fixed(delete("b", 2)));
        note("next", () -> device.snapshot(2, first.nextPageToken()));
        note("next again", () -> device.snapshot(2, first.nextPageToken()));
        for (int size = 1; size < 6; size++) {
            int pageSize = size;
            note("snapshot " + size, () -> device.snapshot(pageSize));
        }
        advance(2 * HOUR);
        note("expired", () -> device.snapshot(1, first.nextPageToken()));
    }

    private void restarts() {
        Device device = device(Role.EDITOR);
        Operation first = fixed(put("a", 1));
        device.push(first, fixed(put("b", 1)), fixed(delete("c", 1)));
        device.move(1);
        provider.controls().restart();
        note("restarted", () -> provider.workspaces().listUserWorkspaces(null, new Workspaces.UserRef(device.userId())));
        look(device, "a", "c");
        note("replay", () -> device.push(first));
        note("push", () -> device.push(fixed(put("d", 1))));
        advance(2 * HOUR);
        note("collected", () -> collected(device, device));
        note("late", () -> device.push(first));
    }

    private void instances() {
        Device one = device(Role.EDITOR);
        Device two = new Device(second, members.get(1), one.workspaceId(), "d2");
        for (int i = 0; i < 6; i++) {
            note("pushed", () -> one.push(fixed(put("a", 1))));
            note("pushed", () -> two.push(fixed(put("b", 1))));
        }
        look(two, "a");
    }

    private void schemaGrowth() {
        Device before;
        try (Provider old = open(config.with(WireSchema.current().asOf(1)))) {
            provider = old;
            before = device();
            before.push(fixed(put("threads", "a", 1, "h", "")), fixed(put("b", 1)));
        }
        try (Provider grown = open(config)) {
            Device after = new Device(grown, before.userId(), before.workspaceId(), "d1");
            note("grown", () -> after.drain(0, 10));
            note("session", () -> grown.sync().pull(Caller.of(after.userId(), "other"), new PullRequest(
                    new Scope(after.workspaceId()), 0, 10, null)));
        }
    }
}
