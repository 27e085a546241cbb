package dev.or3.tck.suites.plan;

import dev.or3.tck.suites.plan.Action.Position;
import java.util.ArrayList;
import java.util.List;

/** Examples of last writer wins: stamps in every order, deletes, revivals, and the state they leave. */
final class WinnerExamples extends Examples {
    /** From low to high by code units; in several other orders of text, number or date they are not. */
    private static final List<String> RISING = List.of("0ks3n7x0g:000:AAAAAAAA", "0ks3n7x0g:000:Zaaaaaaa",
            "0ks3n7x0g:000:aAAAAAAA", "0ks3n7x0g:000:aaaaaaaa", "0ks3n7x0g:001:AAAAAAAA", "10:5:n", "1000-0-A", "1000-0-a",
            "1000-0_a", "1e3", "9:5:n", "999-0-a", "Z", "a", "zzzzzzzzz:zzz:aaaaaaaa");

    WinnerExamples(PlanContext context) {
        super(context);
    }

    @Override
    void write() {
        stamps();
        tombstones();
        states();
        example("one-key-raced", List.of(Feature.RACES), draft -> {
            draft.sideBySide();
            for (int round = 0; round < 20; round++) {
                for (int client = 0; client < 2; client++) {
                    PlannedOperation op = round % 5 == 4 && client == 1 ? draft.delete(client, KV, round / 4, 20 - round)
                            : draft.put(client, KV, round / 4, (round + client) % 7);
                    draft.then(client, new Action.Barrier(round)).push(client, 0, draft.untied(0, op));
                }
            }
        });
    }

    private void stamps() {
        example("clocks-as-numbers", draft -> {
            long[] clocks = {9, 10, 2, 1, 100, 99, 0, 1L << 31, 5, 1L << 40, (1L << 53) - 1, 1L << 52};
            for (int i = 0; i < clocks.length; i++) {
                draft.push(i % 2, 0, draft.put(i % 2, KV, 0, clocks[i])).inspect(0, 0, KV, 0);
            }
        });
        example("hlc-as-text", draft -> {
            for (int i = 0; i < RISING.size(); i++) {
                int other = (i * 7 + 3) % RISING.size();
                draft.push(0, 0, stamped(draft, KV, 0, 5, RISING.get(other))).inspect(0, 0, KV, 0);
            }
            for (int i = 0; i + 1 < RISING.size(); i++) {
                draft.push(0, 0, stamped(draft, POSTS, 2 * i, 1, RISING.get(i + 1)), stamped(draft, POSTS, 2 * i, 1,
                        RISING.get(i)));
                draft.push(1, 0, stamped(draft, POSTS, 2 * i + 1, 1, RISING.get(i)), stamped(draft, POSTS, 2 * i + 1, 1,
                        RISING.get(i + 1)));
            }
        });
        example("clock-before-hlc", draft -> draft
                .push(0, 0, stamped(draft, KV, 0, 2, "1000-0-a")).push(1, 0, stamped(draft, KV, 0, 1, "zzzz"))
                .push(0, 0, stamped(draft, KV, 1, 1, "zzzz")).push(1, 0, stamped(draft, KV, 1, 2, "1000-0-a"))
                .inspect(0, 0, KV, 0).inspect(0, 0, KV, 1));
        example("far-future-stamps", draft -> draft
                .push(0, 0, stamped(draft, KV, 0, 1, "zzzzzzzzz:zzz:aaaaaaaa"))
                .push(1, 0, stamped(draft, KV, 0, 1, Stamps.real(0, "dev00002"))).inspect(0, 0, KV, 0)
                .push(0, 0, stamped(draft, KV, 1, (1L << 53) - 1, "0")).push(1, 0, stamped(draft, KV, 1, 1L << 40, "z"))
                .inspect(0, 0, KV, 1));
        if (context.is11()) {
            example("full-ties", List.of(Feature.TIES), draft -> {
                int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
                for (int key = 0; key < orders.length; key++) {
                    for (int rank : orders[key]) {
                        draft.push(rank % 2, 0,
                                draft.put(rank % 2, draft.opId(rank), KV, Keys.plain(KV, key), 4, "tie", null));
                    }
                    draft.inspect(0, 0, KV, key);
                }
                PlannedOperation put = draft.put(0, draft.opId(1), POSTS, Keys.plain(POSTS, 0), 4, "tie", null);
                draft.push(0, 0, put).push(0, 0, draft.delete(0, POSTS, Keys.plain(POSTS, 0), 4, "tie"));
                draft.pushOnly(1, 0, List.of(put)).inspect(0, 0, POSTS, 0);
            });
        }
    }

    private static PlannedOperation stamped(Draft draft, String table, int key, long clock, String hlc) {
        return draft.untied(0, draft.put(0, table, Keys.plain(table, key), clock, hlc, null));
    }

    private void tombstones() {
        example("deletes-by-the-same-order", draft -> draft
                .push(0, 0, draft.put(0, KV, 0, 5)).push(1, 0, draft.delete(1, KV, 0, 4)).inspect(0, 0, KV, 0)
                .push(1, 0, draft.delete(1, KV, 0, 6)).inspect(0, 0, KV, 0)
                .push(0, 0, draft.put(0, KV, 0, 3)).inspect(0, 0, KV, 0)
                .push(0, 0, draft.put(0, KV, 0, 7)).inspect(0, 0, KV, 0)
                .push(0, 0, draft.put(0, KV, 0, 6)).push(1, 0, draft.delete(1, KV, 0, 5)).inspect(0, 0, KV, 0));
        example("delete-of-the-unknown", draft -> draft
                .push(0, 0, draft.delete(0, KV, 0, 5)).push(1, 0, draft.put(1, KV, 0, 4)).inspect(0, 0, KV, 0)
                .push(0, 0, draft.delete(0, KV, 1, 5)).push(1, 0, draft.put(1, KV, 1, 6)).inspect(0, 0, KV, 1)
                .push(0, 0, draft.delete(0, KV, 2, 5), draft.delete(0, KV, 2, 4), draft.put(0, KV, 2, 3))
                .inspect(0, 0, KV, 2));
        example("delete-and-revive-again-and-again", draft -> {
            for (int cycle = 0; cycle < 5; cycle++) {
                draft.push(0, 0, draft.put(0, KV, 0, 10 * cycle + 2)).push(1, 0, draft.delete(1, KV, 0, 10 * cycle + 6))
                        .push(1, 0, draft.delete(1, KV, 0, 10 * cycle + 4)).inspect(0, 0, KV, 0)
                        .snapshot(0, 0, "cycle-" + cycle, 10, Action.Reading.WHOLE);
            }
        });
        example("deletes-in-filtered-pulls", List.of(Feature.FILTERS), draft -> draft
                .push(0, 0, draft.put(0, KV, 0, 1), draft.put(0, POSTS, 0, 1)).push(0, 0, draft.delete(0, KV, 0, 2))
                .pull(1, 0, Position.START, 10, KV).pull(1, 0, Position.START, 10, POSTS).pull(1, 0, version(2), 10, KV));
    }

    private void states() {
        example("keys-easily-mixed-up", draft -> {
            for (int group = 0; group < Keys.lookalikes(); group++) {
                List<String> keys = Keys.lookalikes(group);
                for (int i = 0; i < keys.size(); i++) {
                    draft.push(0, 0, draft.put(0, KV, keys.get(i), i + 1, Stamps.real(draft.next(), "dev00001"), null));
                }
                draft.push(1, 0, draft.delete(1, KV, keys.get(0), 9, Stamps.real(draft.next(), "dev00001")));
                draft.push(1, 0, draft.put(1, KV, keys.get(1), 10, Stamps.real(draft.next(), "dev00001"), null));
            }
        });
        example("same-key-in-tables-and-workspaces", draft -> {
            int other = draft.client(1, 0);
            for (String table : context.sharedTables()) {
                draft.push(0, 0, draft.put(0, table, 0, 5)).push(other, 1, draft.put(other, table, 0, 1))
                        .push(other, 1, draft.put(other, table, 1, 9)).push(0, 0, draft.put(0, table, 1, 2));
            }
            draft.push(0, 0, draft.delete(0, KV, 0, 6)).push(other, 1, draft.delete(other, POSTS, 0, 7));
        });
        example("winner-takes-the-whole-record", draft -> {
            PlannedOperation wide = draft.put(0, "file_meta", 0, 1);
            PlannedOperation narrow = draft.put(0, "file_meta", 0, 2);
            String required = narrow.payload().replaceFirst(",\"ref_count\":\\d+", "");
            draft.push(0, 0, wide).push(1, 0, new PlannedOperation(narrow.opId(), narrow.table(), "put", narrow.pk(),
                    required, narrow.deviceId(), narrow.hlc(), narrow.clock()));
            if (!context.manifest().strictSchema()) {
                draft.push(0, 0, extended(draft, 1, ",\"only_here\":{\"a\":1,\"b\":2}}"))
                        .push(1, 0, extended(draft, 2, ",\"only_there\":[1]}"))
                        .push(1, 0, extended(draft, 1, ",\"never_seen\":1}"));
            }
            draft.inspect(0, 0, KV, 0).inspect(0, 0, "file_meta", 0);
        });
        example("every-batching", draft -> {
            List<PlannedOperation> ops = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                ops.add(i % 4 == 3 ? draft.delete(0, KV, i % 2, 7 - i) : draft.put(0, KV, i % 2, i));
            }
            draft.push(0, 0, ops);
            int other = draft.client(1, 0);
            for (int i = ops.size() - 1; i >= 0; i -= 2) {
                draft.push(other, 1, again(draft, ops.get(i)), again(draft, ops.get(i - 1)));
            }
        });
    }

    /** The same write under an op id of its own, for another workspace. */
    private static PlannedOperation again(Draft draft, PlannedOperation op) {
        return new PlannedOperation(draft.opId(0), op.table(), op.operation(), op.pk(), op.payload(), op.deviceId(),
                op.hlc(), op.clock());
    }

    private static PlannedOperation extended(Draft draft, long clock, String end) {
        PlannedOperation op = draft.put(0, KV, 0, clock);
        return new PlannedOperation(op.opId(), op.table(), op.operation(), op.pk(),
                op.payload().substring(0, op.payload().length() - 1) + end, op.deviceId(), op.hlc(), op.clock());
    }
}
