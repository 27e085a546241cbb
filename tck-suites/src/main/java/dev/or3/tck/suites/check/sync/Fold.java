package dev.or3.tck.suites.check.sync;

import dev.or3.tck.suites.check.index.Fates;
import dev.or3.tck.suites.check.index.Operations;
import dev.or3.tck.suites.check.index.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The log of one workspace by record: what a record's state is at any version, by last writer wins. The operations of a
 * record stand in the order of their versions; for each, {@code best} is the winner up to and including it.
 */
final class Fold {
    private final Workspace workspace;
    private final Operations operations;
    /** By record, where its list begins in {@link #slots}; records of other workspaces have empty lists. */
    private final int[] begin;
    private final int[] slots;
    private final int[] best;
    private final boolean[] doubtful;

    Fold(Docket docket, Workspace workspace) {
        this.workspace = workspace;
        this.operations = docket.operations;
        boolean older = !docket.index.isNewer();
        int records = operations.keyCount();
        begin = new int[records + 1];
        doubtful = new boolean[records];
        int top = workspace.top();
        for (int slot = 1; slot <= top; slot++) {
            int operation = workspace.operation(slot);
            if (operation >= 0) {
                begin[operations.key(operation) + 1]++;
            }
        }
        for (int i = 0; i < records; i++) {
            begin[i + 1] += begin[i];
        }
        int[] next = Arrays.copyOf(begin, records);
        slots = new int[begin[records]];
        best = new int[slots.length];
        for (int slot = 1; slot <= top; slot++) {
            int operation = workspace.operation(slot);
            if (operation < 0) {
                continue;
            }
            int key = operations.key(operation);
            int place = next[key]++;
            slots[place] = slot;
            int before = place > begin[key] ? best[place - 1] : -1;
            best[place] = before < 0 || operations.wins(operation, before) ? operation : before;
            doubtful[key] |= older && before >= 0 && isTie(operation, before);
        }
        mark(docket);
    }

    private boolean isTie(int a, int b) {
        return operations.clock(a) == operations.clock(b) && operations.hlc(a).equals(operations.hlc(b))
                && !operations.opId(a).equals(operations.opId(b));
    }

    /** Records that an operation without a known version may have changed are not judged; nor those of full ties in 1.0. */
    private void mark(Docket docket) {
        for (int i = 0; i < operations.count(); i++) {
            if (operations.space(i) == workspace.number() && docket.fates.version(i) == 0
                    && docket.fates.is(i, Fates.LOST | Fates.FAILED | Fates.ACKED)) {
                doubtful[operations.key(i)] = true;
            }
        }
    }

    /** Whether the operation in a slot loses against what came before it. */
    static boolean losesOnArrival(Docket docket, Workspace workspace, int slot) {
        int operation = workspace.operation(slot);
        for (int below = 1; below < slot; below++) {
            int other = workspace.operation(below);
            if (other >= 0 && docket.operations.key(other) == docket.operations.key(operation)
                    && docket.operations.wins(other, operation)) {
                return true;
            }
        }
        return false;
    }

    boolean isDoubtful(int record) {
        return doubtful[record];
    }

    /** How many operations a record has in the log. */
    int count(int record) {
        return begin[record + 1] - begin[record];
    }

    /** The slot of the n-th operation on a record. */
    int slot(int record, int n) {
        return slots[begin[record] + n];
    }

    int operation(int record, int n) {
        return workspace.operation(slots[begin[record] + n]);
    }

    /** The winner among the first n + 1 operations on a record; -1 for n = -1. */
    int winner(int record, int n) {
        return n < 0 ? -1 : best[begin[record] + n];
    }

    /** How many operations on a record are at or below a slot. */
    int upTo(int record, int slot) {
        int from = begin[record];
        int found = Arrays.binarySearch(slots, from, begin[record + 1], slot);
        return found >= 0 ? found - from + 1 : -found - 1 - from;
    }

    /** The winner of a record at a slot, or -1 if it has no operation by then. */
    int winnerAt(int record, int slot) {
        return winner(record, upTo(record, slot) - 1);
    }

    /** The operations that were the winner at some moment from one slot to another, the first winner first. */
    List<Integer> winnersBetween(int record, int fromSlot, int toSlot) {
        List<Integer> found = new ArrayList<>();
        int n = upTo(record, fromSlot) - 1;
        found.add(winner(record, n));
        for (n++; n < count(record) && slot(record, n) <= toSlot; n++) {
            int winner = winner(record, n);
            if (winner != found.get(found.size() - 1)) {
                found.add(winner);
            }
        }
        return found;
    }
}
