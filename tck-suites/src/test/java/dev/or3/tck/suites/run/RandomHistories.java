package dev.or3.tck.suites.run;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.line.LineFaults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Histories that no sane provider would cause: every shape that the records allow, from a seed. */
final class RandomHistories {
    private static final String[] TEXTS = {"", "a", "threads", "kv", "\u0000", "\ud800", "x\udc00y", "\ud83d\ude00",
        "é", "ÿ", "Ā", "日本", "line\nbreak", "tab\t\"quoted\"\\", "w-1", "w-2", "\u2028", "\ufeff", "\uffff"};
    private static final String[] JSON = {"{}", "null", "{\"id\":\"k1\",\"n\":1.50}", "{\"a\":1e2}", " {\"a\" : [1, 2]}\n",
        "{\"a\":1,\"a\":2}", "{\"$text\":\"x\"}", "\"\\ud800\"", "\"\ud800\"", "not json", "", "[9007199254740991,-0.0]",
        "{\"\":{\"__proto__\":null}}", "\"\\u0041\"", "12345678901234567890.123", "{\"😀\":\"日本\"}"};

    private final Random random;
    private final List<History.Sent> operations = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    private RandomHistories(long seed) {
        random = new Random(seed);
    }

    static History of(long seed) {
        return new RandomHistories(seed).history();
    }

    private History history() {
        for (int i = random.nextInt(40); i > 0; i--) {
            operations.add(new History.Sent(text(), operation()));
        }
        for (int i = random.nextInt(40); i > 0; i--) {
            events.add(event());
        }
        return new History(header(), operations, events);
    }

    private History.Header header() {
        Manifest manifest = new Manifest(1, new Manifest.Identity("id", text(), text()), Profile.V1_1,
                Map.of("sync", Manifest.Component.with("gc")), Limits.UNKNOWN, List.of("nulls"), random.nextBoolean(),
                List.of("clock"));
        return new History.Header(text(), manifest, Profile.V1_0, 2, random.nextLong(), random.nextInt(), text(), 2,
                List.of(new History.Space(text(), List.of(new History.Member(text(), Role.OWNER)))), text());
    }

    private Operation operation() {
        return new Operation(text(), text(), text(), text(), json(), stamp(), number(), random.nextInt(), text());
    }

    private Event event() {
        boolean plain = random.nextBoolean();
        return new Event(plain ? events.size() : random.nextInt(), number(), orNever(), number(), orNever(),
                random.nextInt(4) - 1, random.nextInt(3) - 1, text(), text(), text(), random.nextInt(4),
                Outcome.values()[random.nextInt(4)], random.nextBoolean() ? null : new Event.Fault(random.nextInt(600),
                        text(), text()), call());
    }

    private long orNever() {
        return random.nextInt(4) == 0 ? Event.NEVER : number();
    }

    private Call call() {
        return switch (random.nextInt(15)) {
            case 0, 1 -> push();
            case 2, 3 -> pull();
            case 4 -> new Call.MoveCursor(text(), text(), number());
            case 5 -> new Call.Collect(text(), random.nextBoolean(), number());
            case 6 -> new Call.Snapshot(text(), random.nextInt(), text(), random.nextInt(), orNull(this::page));
            case 7 -> new Call.Inspect(text(), text(), text(), orNull(this::inspection));
            case 8 -> new Call.Raw(text(), text(), json(), json());
            case 9 -> new Call.Ask(text(), text(), json(), json());
            case 10 -> new Call.Clock(number());
            case 13 -> new Call.Arranged(text(), json(), json());
            case 12 -> new Call.Transfer(random.nextInt(), random.nextBoolean(), orNull(this::bytes), random.nextInt(600),
                    orNull(this::bytes));
            case 11 -> new Call.Disturb(new LineFaults(random.nextInt(20), random.nextInt(20), random.nextInt(15),
                    random.nextInt(15), random.nextInt(15), random.nextInt(15)));
            default -> random.nextBoolean() ? new Call.Restart(random.nextBoolean(), random.nextInt())
                    : new Call.Start(text(), text());
        };
    }

    private Call.Bytes bytes() {
        return new Call.Bytes(number(), text());
    }

    private Call push() {
        int[] batch = indices();
        List<OperationResult> results = new ArrayList<>();
        long version = random.nextInt(20);
        for (int index : batch) {
            Operation operation = operations.get(index).operation();
            boolean own = operation.stamp() != null && random.nextInt(4) > 0;
            results.add(random.nextInt(8) == 0 ? null : new OperationResult(own ? operation.stamp().opId() : text(),
                    random.nextInt(4) > 0, orNull(random.nextInt(6) == 0 ? this::number : () -> version),
                    orNull(random::nextBoolean), random.nextBoolean() ? operation.payload() : json(),
                    orNull(this::text), orNull(this::text)));
        }
        return new Call.Push(text(), batch, orNull(() -> results), orNull(this::number));
    }

    private int[] indices() {
        if (operations.isEmpty()) {
            return new int[0];
        }
        int[] indices = new int[random.nextInt(12)];
        for (int i = 0; i < indices.length; i++) {
            boolean next = i > 0 && indices[i - 1] + 1 < operations.size() && random.nextInt(3) > 0;
            indices[i] = next ? indices[i - 1] + 1 : random.nextInt(operations.size());
        }
        return indices;
    }

    private Call pull() {
        return new Call.Pull(text(), number(), random.nextInt(), orNull(() -> list(this::text)), orNull(this::rows),
                number(), random.nextBoolean(), orNull(this::number), orNull(random::nextBoolean));
    }

    private Call.Rows rows() {
        int[] shown = indices();
        long[] versions = new long[shown.length];
        List<Change> others = new ArrayList<>();
        for (int i = 0; i < shown.length; i++) {
            versions[i] = i > 0 && random.nextInt(3) > 0 ? versions[i - 1] + 1 : random.nextBoolean() ? i : number();
            if (random.nextInt(4) == 0) {
                others.add(random.nextInt(5) == 0 ? null : new Change(versions[i], text(), text(), text(), json(), stamp()));
                shown[i] = -others.size();
            }
        }
        return new Call.Rows(versions, shown, others);
    }

    private SnapshotPage page() {
        return new SnapshotPage(text(), text(), number(), orNull(() -> list(this::item)), text());
    }

    private SnapshotPage.Item item() {
        Operation shown = operations.isEmpty() ? operation() : operations.get(random.nextInt(operations.size())).operation();
        boolean same = shown.stamp() != null && random.nextInt(4) > 0;
        SnapshotPage.Revision revision = same
                ? new SnapshotPage.Revision(shown.stamp().clock(), shown.stamp().hlc(), shown.stamp().opId())
                : orNull(() -> new SnapshotPage.Revision(number(), text(), text()));
        return random.nextInt(9) == 0 ? null : new SnapshotPage.Item(text(), same ? shown.tableName() : text(), shown.pk(),
                random.nextBoolean() ? shown.payload() : json(), revision, orNull(this::number));
    }

    private Controls.Inspection inspection() {
        return new Controls.Inspection(
                orNull(() -> new Controls.StoredRecord(json(), random.nextBoolean(), number(), text(), text())),
                orNull(() -> list(() -> orNull(() -> new Controls.Tombstone(number(), text(), text(),
                        orNull(this::number))))));
    }

    private Stamp stamp() {
        return random.nextInt(6) == 0 ? null : new Stamp(text(), text(), text(), number());
    }

    private <T> List<T> list(Supplier<T> element) {
        Object[] elements = new Object[random.nextInt(4)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = element.get();
        }
        @SuppressWarnings("unchecked")
        List<T> list = (List<T>) Arrays.asList(elements);
        return list;
    }

    private <T> T orNull(Supplier<T> value) {
        return random.nextInt(3) == 0 ? null : value.get();
    }

    private long number() {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextLong();
            case 1 -> Long.MIN_VALUE;
            case 2 -> Long.MAX_VALUE - 1;
            default -> random.nextInt(1000);
        };
    }

    private JsonText json() {
        return random.nextInt(5) == 0 ? null : new JsonText(JSON[random.nextInt(JSON.length)]);
    }

    private String text() {
        return random.nextInt(8) == 0 ? null : TEXTS[random.nextInt(TEXTS.length)] + (random.nextInt(3) == 0
                ? TEXTS[random.nextInt(TEXTS.length)] : "");
    }
}
