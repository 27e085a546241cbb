package dev.or3.tck.suites.check.index;

import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.suites.run.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Every operation that was sent, by its number in the history, with what judging asks of it most in arrays. */
public final class Operations {
    /** The name of the table whose rows may be private. */
    public static final String PRIVATE_TABLE = "notifications";

    private final Operation[] operations;
    private final String[] opIds;
    private final int[] space;
    private final int[] table;
    private final int[] key;
    private final long[] clock;
    private final boolean[] deletes;
    private final byte[] soundness;
    private final int[] original;
    private final int[] nextOfId;
    private final List<String> tables = new ArrayList<>();
    private final boolean[] tableKnown;
    private final Interner ids;
    private final Keys keys;
    private final Ints conflicting = new Ints();
    private boolean idsReused;

    Operations(History history, Map<String, Integer> spaces) {
        List<History.Sent> sent = history.operations();
        int count = sent.size();
        operations = new Operation[count];
        opIds = new String[count];
        space = new int[count];
        table = new int[count];
        key = new int[count];
        clock = new long[count];
        deletes = new boolean[count];
        soundness = new byte[count];
        original = new int[count];
        nextOfId = new int[count];
        Arrays.fill(nextOfId, -1);
        Map<String, Integer> tableNumbers = new HashMap<>();
        WireSchema.current().tableNames().forEach(name -> tableNumber(name, tableNumbers));
        int knownTables = tables.size();
        ids = new Interner(count) {
            @Override
            boolean same(int known, int candidate) {
                return opIds[known].equals(opIds[candidate]);
            }
        };
        String[] pks = new String[count];
        // One thing after the other, so that the memory the loops wait for is fetched for many operations at once.
        read(sent, new Soundness(history.header().manifest().limits()), spaces, tableNumbers, knownTables, pks);
        for (int i = 0; i < count; i++) {
            link(i);
        }
        keys = new Keys(Math.min(count, 1 << 16));
        for (int i = 0; i < count; i++) {
            key[i] = keys.number(i, space[i], table[i], pks[i]);
        }
        tableKnown = new boolean[tables.size()];
        Arrays.fill(tableKnown, 0, knownTables, true);
    }

    private void read(List<History.Sent> sent, Soundness judge, Map<String, Integer> spaces,
            Map<String, Integer> tableNumbers, int knownTables, String[] pks) {
        String lastTable = null;
        int lastTableNumber = -1;
        String lastSpace = null;
        int lastSpaceNumber = -1;
        for (int i = 0; i < operations.length; i++) {
            History.Sent entry = sent.get(i);
            Operation operation = entry.operation();
            operations[i] = operation;
            if (entry.workspaceId() != lastSpace) {
                lastSpace = entry.workspaceId();
                lastSpaceNumber = spaces.get(lastSpace);
            }
            space[i] = lastSpaceNumber;
            if (operation.tableName() != lastTable) {
                lastTable = operation.tableName();
                lastTableNumber = tableNumber(lastTable, tableNumbers);
            }
            table[i] = lastTableNumber;
            pks[i] = operation.pk();
            deletes[i] = operation.isDelete();
            Stamp stamp = operation.stamp();
            clock[i] = stamp == null ? 0 : stamp.clock();
            opIds[i] = stamp == null || stamp.opId() == null ? "" : stamp.opId();
            soundness[i] = (byte) judge.of(operation, lastTableNumber < knownTables);
        }
    }

    private int tableNumber(String name, Map<String, Integer> numbers) {
        Integer known = numbers.get(name);
        if (known == null) {
            known = tables.size();
            numbers.put(name, known);
            tables.add(name);
        }
        return known;
    }

    /** Links operations of one op id, and finds the first of the same workspace and content. */
    private void link(int i) {
        original[i] = i;
        int first = ids.intern(opIds[i].hashCode(), i);
        if (first == i) {
            return;
        }
        idsReused = true;
        int last = first;
        boolean found = false;
        boolean conflict = false;
        for (int other = first; other >= 0; other = nextOfId[other]) {
            if (!found && space[other] == space[i]) {
                found = sameContent(operations[other], operations[i]);
                conflict |= !found;
                original[i] = found ? original[other] : i;
            }
            last = other;
        }
        nextOfId[last] = i;
        if (conflict && !found) {
            conflicting.add(i);
        }
    }

    /** Whether the operations count as the same: the contract's reading of an op id's content. */
    static boolean sameContent(Operation a, Operation b) {
        return Objects.equals(a.tableName(), b.tableName()) && Objects.equals(a.operation(), b.operation())
                && Objects.equals(a.pk(), b.pk()) && Objects.equals(a.stamp(), b.stamp())
                && (Objects.equals(a.payload(), b.payload()) || a.payload() != null && a.payload().sameAs(b.payload()));
    }

    public int count() {
        return operations.length;
    }

    public Operation get(int operation) {
        return operations[operation];
    }

    /** Its op id; empty if it has none. */
    public String opId(int operation) {
        return opIds[operation];
    }

    public String hlc(int operation) {
        Stamp stamp = operations[operation].stamp();
        return stamp == null || stamp.hlc() == null ? "" : stamp.hlc();
    }

    public boolean isDelete(int operation) {
        return deletes[operation];
    }

    /** The number of the workspace it was sent to. */
    public int space(int operation) {
        return space[operation];
    }

    /** The number of its table; {@link #tableName} has the name. */
    public int table(int operation) {
        return table[operation];
    }

    public String tableName(int table) {
        return tables.get(table);
    }

    public int tableCount() {
        return tables.size();
    }

    /** Whether some version of the schema has the table. */
    public boolean isTableKnown(int table) {
        return tableKnown[table];
    }

    /** The number of a table by name, or -1. */
    public int tableNumber(String name) {
        return tables.indexOf(name);
    }

    /** The number of its record: one for each workspace, table and key. */
    public int key(int operation) {
        return key[operation];
    }

    public int keyCount() {
        return keys.count();
    }

    /** An operation on that record. */
    public int onKey(int record) {
        return keys.first(record);
    }

    /** The number of a record, or -1 if no operation was sent for it. */
    public int findKey(int inSpace, String tableName, String pk) {
        int number = tableNumber(tableName);
        if (number < 0) {
            return -1;
        }
        return keys.find(inSpace, number, pk);
    }

    public long clock(int operation) {
        return clock[operation];
    }

    /** What is wrong with it: bits of {@link Soundness}. */
    public int soundness(int operation) {
        return soundness[operation];
    }

    /** The first operation with the same workspace, op id and content: itself, unless it was stored twice. */
    public int original(int operation) {
        return original[operation];
    }

    /** Whether any op id was sent with two contents or to two workspaces. */
    boolean idsReused() {
        return idsReused;
    }

    /** Operations that reuse the op id of an earlier one of their workspace with other content. */
    public Ints conflicting() {
        return conflicting;
    }

    /** The first operation with that op id in any workspace, or -1; {@link #nextOfId} goes on. */
    public int firstOfId(String opId) {
        return opId == null ? -1 : ids.find(opId.hashCode(), known -> opId(known).equals(opId));
    }

    /** The next operation with the same op id, or -1. */
    public int nextOfId(int operation) {
        return nextOfId[operation];
    }

    /** The first operation with that op id in a workspace, or -1. */
    public int findInSpace(int inSpace, String opId) {
        int found = firstOfId(opId);
        while (found >= 0 && space[found] != inSpace) {
            found = nextOfId[found];
        }
        return found;
    }

    /** Whether a wins over b: clock, then hlc, then op id, by code units. */
    public boolean wins(int a, int b) {
        if (clock[a] != clock[b]) {
            return clock[a] > clock[b];
        }
        int byHlc = hlc(a).compareTo(hlc(b));
        return byHlc != 0 ? byHlc > 0 : opId(a).compareTo(opId(b)) > 0;
    }
}
