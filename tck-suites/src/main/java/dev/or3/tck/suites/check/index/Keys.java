package dev.or3.tck.suites.check.index;

import java.util.Arrays;
import java.util.Objects;

/** Numbers records: one for each workspace, table and key. What is compared lies close together, by record. */
final class Keys {
    private final Interner numbers;
    private int[] first = new int[1024];
    private int[] space = new int[1024];
    private int[] table = new int[1024];
    private String[] pks = new String[1024];
    private int count;

    Keys(int expected) {
        numbers = new Interner(expected) {
            @Override
            boolean same(int known, int candidate) {
                return table[known] == table[candidate] && space[known] == space[candidate]
                        && Objects.equals(pks[known], pks[candidate]);
            }
        };
    }

    /** The number of the operation's record; a new one if it is the first on it. */
    int number(int operation, int inSpace, int ofTable, String pk) {
        if (count == first.length) {
            first = Arrays.copyOf(first, count * 2);
            space = Arrays.copyOf(space, count * 2);
            table = Arrays.copyOf(table, count * 2);
            pks = Arrays.copyOf(pks, count * 2);
        }
        first[count] = operation;
        space[count] = inSpace;
        table[count] = ofTable;
        pks[count] = pk;
        int number = numbers.intern(hash(inSpace, ofTable, pk), count);
        count += number == count ? 1 : 0;
        return number;
    }

    /** The number of a record, or -1 if it is not known. */
    int find(int inSpace, int ofTable, String pk) {
        return numbers.find(hash(inSpace, ofTable, pk), known -> space[known] == inSpace && table[known] == ofTable
                && Objects.equals(pks[known], pk));
    }

    private static int hash(int inSpace, int ofTable, String pk) {
        return (Objects.hashCode(pk) * 31 + ofTable) * 31 + inSpace;
    }

    int count() {
        return count;
    }

    /** The first operation on a record. */
    int first(int record) {
        return first[record];
    }
}
