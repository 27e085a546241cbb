package dev.or3.tck.suites.check.sync;

import dev.or3.tck.suites.check.index.Fates;
import dev.or3.tck.suites.check.index.Operations;
import dev.or3.tck.suites.check.index.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The log of one workspace, folded by last writer wins: who was the winner of a record before and after each entry. By
 * record only where somebody asks: the lists are made then.
 */
final class Fold {
    private final Workspace workspace;
    private final Operations operations;
    /** By slot, the winner of its record just before it, or -1, and with it. */
    private final int[] before;
    private final int[] after;
    private final boolean[] doubtful;
    /** By record, where its list begins in {@link #slots}; records of other workspaces have empty lists. */
    private int[] begin;
    private int[] slots;

    Fold(Docket docket, Workspace workspace) {
        this.workspace = workspace;
        this.operations = docket.operations;
        boolean older = !docket.index.isNewer();
        int top = workspace.top();
        int[] winners = new int[operations.keyCount()];
        Arrays.fill(winners, -1);
        doubtful = new boolean[winners.length];
        before = new int[top + 1];
        after = new int[top + 1];
        for (int slot = 1; slot <= top; slot++) {
            int operation = workspace.operation(slot);
            if (operation < 0) {
                continue;
            }
            int key = operations.key(operation);
            int held = winners[key];
            before[slot] = held;
            if (held < 0 || operations.wins(operation, held)) {
                winners[key] = operation;
            }
            after[slot] = winners[key];
            doubtful[key] |= older && held >= 0 && isTie(operation, held);
        }
        mark(docket);
    }

    private void list() {
        int records = operations.keyCount();
        begin = new int[records + 1];
        for (int slot = 1; slot < after.length; slot++) {
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
        for (int slot = 1; slot < after.length; slot++) {
            int operation = workspace.operation(slot);
            if (operation >= 0) {
                slots[next[operations.key(operation)]++] = slot;
            }
        }
    }

    private int begin(int record) {
        if (begin == null) {
            list();
        }
        return begin[record];
    }

    /** The winner of the slot's record just before the slot, or -1. */
    int before(int slot) {
        return before[slot];
    }

    /** Whether the operation in the slot became the winner. */
    boolean won(int slot) {
        int operation = workspace.operation(slot);
        return after[slot] == operation && before[slot] != operation;
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
        int from = begin(record);
        return begin[record + 1] - from;
    }

    /** The slot of the n-th operation on a record. */
    int slot(int record, int n) {
        return slots[begin(record) + n];
    }

    int operation(int record, int n) {
        return workspace.operation(slot(record, n));
    }

    /** The winner among the first n + 1 operations on a record; -1 for n = -1. */
    int winner(int record, int n) {
        return n < 0 ? -1 : after[slot(record, n)];
    }

    /** How many operations on a record are at or below a slot. */
    int upTo(int record, int slot) {
        int from = begin(record);
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
