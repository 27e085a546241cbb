package dev.or3.tck.suites.plan;

import dev.or3.tck.suites.plan.Action.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;

/** Examples of pushes, replays, refusals, and what the wire carries. */
final class PushExamples extends Examples {
    private static final String RICH = """
            "nested":{"":null,"__proto__":{"a":[]},"a.b":[1,[2,{"c":true}]],"e\\u0301":"\u00e9"},\
            "text":"\\u0000\\t\\"\\\\ \ud83d\ude00\ud869\uded6\udb40\udc01 end",\
            "numbers":[9007199254740991,-1,0.1,1.25e10,1.50],\
            "empty":{},"nothing":null,"camelCase":1\
            """;

    PushExamples(PlanContext context) {
        super(context);
    }

    @Override
    void write() {
        replays();
        batches();
        refusals();
        contents();
        races();
    }

    private void replays() {
        example("replay", List.of(Feature.REPLAYS), draft -> {
            PlannedOperation[] ops = puts(draft, 0, KV, 3);
            draft.push(0, 0, ops).push(1, 0, draft.put(1, POSTS, 0, 1));
            draft.pushOnly(0, 0, List.of(ops)).pushOnly(1, 0, List.of(ops[1]))
                    .pushOnly(1, 0, List.of(ops[2], draft.put(1, KV, 3, 1), ops[0]));
            draft.push(0, 0, draft.put(0, KV, 0, 2)).pushOnly(0, 0, List.of(ops[0])).inspect(0, 0, KV, 0);
        });
        example("replay-of-many", List.of(Feature.REPLAYS, Feature.LARGE_BATCHES), draft -> {
            int size = Math.min(100, context.limits().opsPerPush());
            List<List<PlannedOperation>> batches = new ArrayList<>();
            for (int i = 0; i * size < 520; i++) {
                List<PlannedOperation> batch = new ArrayList<>();
                for (int j = 0; j < size; j++) {
                    batch.add(draft.put(0, KV, j % 10, i + 1));
                }
                batches.add(batch);
                draft.push(0, 0, batch);
            }
            batches.forEach(batch -> draft.pushOnly(1, 0, batch));
        });
        example("replay-with-other-key-order", List.of(Feature.REPLAYS), draft -> {
            PlannedOperation op = draft.put(0, KV, 0, 1);
            draft.push(0, 0, op).pushOnly(0, 0, List.of(Replays.reordered(op)));
        });
        example("twice-in-one-batch", List.of(Feature.REPLAYS), draft -> {
            PlannedOperation op = draft.put(0, KV, 0, 1);
            draft.push(0, 0, op, draft.put(0, KV, 1, 1), op).push(0, 0, draft.put(0, KV, 2, 1));
        });
        example("reused-op-id", List.of(Feature.CONFLICTING_REPLAYS), draft -> {
            PlannedOperation op = draft.put(0, KV, 0, 1);
            draft.push(0, 0, op);
            Replays.conflicting(draft, 0, op).forEach(other -> draft.pushOnly(0, 0, List.of(other)));
            draft.inspect(0, 0, KV, 0).push(0, 0, draft.put(0, KV, 1, 1));
        });
        example("op-id-of-another-workspace", draft -> {
            PlannedOperation op = draft.put(0, KV, 0, 1);
            draft.push(0, 0, op).push(draft.client(1, 0), 1, op).push(0, 0, draft.put(0, KV, 1, 1));
        });
        example("op-ids-nearly-equal", draft -> draft
                .push(0, 0, puts(draft, 0, KV, 5)).push(1, 0, puts(draft, 1, POSTS, 5)));
    }

    private void batches() {
        example("batch-in-order", draft -> {
            List<PlannedOperation> batch = new ArrayList<>();
            for (String table : context.sharedTables()) {
                batch.add(draft.put(0, table, 0, 2));
                batch.add(draft.put(0, table, 0, 1));
            }
            Collections.reverse(batch);
            draft.push(0, 0, batch).push(1, 0, draft.put(1, KV, 0, 3), draft.delete(1, KV, 0, 4), draft.put(1, KV, 0, 5));
        });
        example("empty-batch", draft -> draft.push(0, 0).push(0, 0, draft.put(0, KV, 0, 1)).push(1, 0)
                .push(0, 0, draft.put(0, KV, 1, 1)));
        example("largest-batch", List.of(Feature.LARGE_BATCHES), draft -> {
            int most = context.limits().opsPerPush();
            draft.push(0, 0, puts(draft, 0, KV, most));
            if (context.limits().maxOpsPerPush() != null) {
                draft.pushOnly(0, 0, List.of(puts(draft, 0, POSTS, most + 1)));
            }
            draft.push(0, 0, draft.put(0, KV, 0, 2)).drain(1, 0, Position.START, context.limits().pullLimit());
        });
        example("two-workspaces", draft -> {
            for (int i = 0; i < 4; i++) {
                int other = draft.client(1, 0);
                draft.push(0, 0, draft.put(0, KV, i, 1)).push(other, 1, draft.put(other, KV, i, 2));
            }
            draft.pull(0, 0, Position.START, 10, KV).pull(draft.client(1, 1), 1, Position.START, 10, KV);
        });
        example("one-after-another", draft -> {
            for (int i = 0; i < 6; i++) {
                draft.push(i % 4, i % 4 < 2 ? 0 : 1, draft.put(i % 4, KV, i, 1)).pull(1, 0, Position.OWN, 1);
            }
        });
    }

    private void refusals() {
        example("malformed-operations", List.of(Feature.MALFORMED), draft -> {
            PlannedOperation twin = draft.untied(0, draft.put(0, KV, 0, 1));
            draft.push(0, 0, twin);
            for (PlannedOperation broken : Malformed.operations(draft, 0, twin)) {
                draft.pushOnly(0, 0, List.of(broken));
            }
            draft.push(0, 0, draft.put(0, KV, 1, 1));
        });
        example("malformed-among-valid", List.of(Feature.MALFORMED), draft -> {
            PlannedOperation twin = draft.put(0, KV, 0, 1);
            draft.push(0, 0, twin);
            int i = 1;
            for (PlannedOperation broken : Malformed.notJudgedByStamp(draft, twin)) {
                PlannedOperation before = draft.put(0, KV, i++, 1);
                PlannedOperation after = draft.put(0, KV, i++, 1);
                draft.pushOnly(0, 0, List.of(before, broken, after)).push(0, 0, before, after);
            }
        });
        example("malformed-requests", List.of(Feature.MALFORMED), draft -> {
            draft.push(0, 0, puts(draft, 0, KV, 3));
            draft.then(0, new Action.MoveCursor(0, null, version(0))).then(0, new Action.MoveCursor(0, "", version(0)))
                    .then(0, new Action.MoveCursor(0, null, version(-1)));
            for (Malformed.RawCall call : Malformed.calls(draft, 0, "device-a")) {
                draft.then(0, new Action.Raw(0, "sync", call.method(), call.input()));
            }
            if (context.allows(Feature.COLLECTIONS)) {
                for (boolean tombstones : new boolean[] {true, false}) {
                    draft.then(0, new Action.Collect(0, tombstones, context.retention(), false))
                            .then(0, new Action.Collect(0, tombstones, -1, false));
                }
            }
            draft.push(0, 0, draft.put(0, KV, 4, 1));
        });
        example("foreign-scope", List.of(Feature.FOREIGN_SCOPES), draft -> {
            int stranger = draft.client(1, 0);
            draft.push(0, 0, puts(draft, 0, KV, 2)).push(stranger, 1, draft.put(stranger, KV, 0, 1));
            draft.pushOnly(stranger, 0, List.of(draft.put(stranger, KV, 7, 9))).pull(stranger, 0, Position.START, 10)
                    .then(stranger, new Action.MoveCursor(0, null, Position.START))
                    .snapshot(stranger, 0, "foreign", 10, Action.Reading.FIRST);
            if (context.allows(Feature.COLLECTIONS)) {
                draft.then(0, new Action.Collect(0, false, context.retention(), false))
                        .then(stranger, new Action.Collect(0, false, context.retention(), false))
                        .then(stranger, new Action.Collect(0, true, context.retention(), false));
            }
        });
        example("oversized", List.of(Feature.LARGE_BATCHES), draft -> {
            int limit = context.limits().payloadBytes();
            for (boolean wide : new boolean[] {false, true}) {
                draft.push(0, 0, sized(draft, 0, limit / 100 * 94, wide));
                if (context.limits().maxPayloadBytes() != null) {
                    draft.pushOnly(0, 0, List.of(sized(draft, 1, limit / 100 * 107, wide)))
                            .pushOnly(0, 0, List.of(sized(draft, 2, limit * 2, wide)));
                }
            }
            draft.push(0, 0, draft.put(0, KV, 0, 1));
        });
    }

    private static PlannedOperation sized(Draft draft, int key, int bytes, boolean wide) {
        return Sizes.put(draft, 0, Keys.plain(POSTS, key), draft.next(), bytes, wide);
    }

    private void contents() {
        example("every-table", draft -> {
            for (String table : context.schema().tableNames()) {
                draft.push(0, 0, draft.put(0, table, 0, 1))
                        .push(0, 0, draft.put(0, table, 0, 2), draft.delete(0, table, 0, 3));
                draft.push(0, 0, draft.put(0, table, 0, 4));
            }
        });
        if (!context.manifest().strictSchema()) {
            example("rich-payload", List.of(Feature.RICH_PAYLOADS), draft -> {
                for (String table : context.sharedTables()) {
                    PlannedOperation plain = draft.put(0, table, 0, 2);
                    draft.push(0, 0, draft.put(0, table, 0, 1), new PlannedOperation(plain.opId(), table, "put", plain.pk(),
                            plain.payload().replaceFirst("\\{", Matcher.quoteReplacement("{" + RICH + ",")),
                            plain.deviceId(), plain.hlc(), plain.clock()));
                }
            });
        }
        example("contradicting-payload", List.of(Feature.MALFORMED), draft -> {
            PlannedOperation twin = draft.put(0, KV, 0, 1);
            draft.push(0, 0, twin).push(draft.client(1, 0), 1, draft.put(draft.client(1, 0), KV, 0, 1));
            for (PlannedOperation op : Malformed.contradicting(draft, draft.put(0, KV, 0, 2), Keys.plain(KV, 1), 1)) {
                draft.pushOnly(0, 0, List.of(draft.untied(0, op)));
            }
            draft.push(0, 0, draft.put(0, KV, 2, 1));
        });
        example("message-order", draft -> {
            List<String> indices = List.of("0", "-1", "1", "1.5", "10", "9", "9007199254740991", "1e3", "0.1");
            List<String> orders = List.of("a0", "A0", "a", "", "Zz", "\u00e9", "0ks3n7x0g:000:abc12345", "\ud83d\ude00");
            for (int i = 0; i < indices.size(); i++) {
                PlannedOperation op = draft.put(0, "messages", i, 1);
                String order = orders.get(i % orders.size());
                draft.push(0, 0, new PlannedOperation(op.opId(), op.table(), op.operation(), op.pk(),
                        op.payload().replaceFirst("\"index\":\\d+", "\"index\":" + indices.get(i))
                                .replaceFirst("\"order_key\":\"[^\"]*\"", "\"order_key\":\"" + order + "\""),
                        op.deviceId(), op.hlc(), op.clock()));
            }
        });
        example("file-counts", draft -> {
            for (int i = 0; i < 3; i++) {
                draft.push(i % 2, 0, draft.put(i % 2, "file_meta", 0, i + 1), draft.put(i % 2, "file_meta", 1, 3 - i));
            }
        });
    }

    private void races() {
        example("one-operation-from-all", List.of(Feature.RACES, Feature.REPLAYS), draft -> {
            draft.sideBySide();
            for (int round = 0; round < 20; round++) {
                PlannedOperation op = draft.put(0, KV, round % 3, round + 1);
                for (int client = 0; client < 2; client++) {
                    draft.then(client, new Action.Barrier(round)).push(client, 0, op);
                }
            }
        });
        example("batches-beside-a-reader", List.of(Feature.RACES), draft -> {
            draft.sideBySide();
            for (int round = 0; round < 15; round++) {
                draft.then(0, new Action.Barrier(round)).push(0, 0, puts(draft, 0, KV, 8));
                draft.then(1, new Action.Barrier(round));
                for (int page = 0; page < 5; page++) {
                    draft.pull(1, 0, Position.OWN, 3);
                }
            }
        });
        example("distinct-batches-from-all", List.of(Feature.RACES), draft -> {
            int third = draft.client(0, 2);
            draft.sideBySide();
            for (int round = 0; round < 15; round++) {
                for (int client : new int[] {0, 1, third}) {
                    draft.then(client, new Action.Barrier(round))
                            .push(client, 0, draft.put(client, KV, client, round), draft.put(client, KV, 9, round))
                            .then(client, new Action.MoveCursor(0, null, Position.HEAD));
                }
            }
        });
    }
}
