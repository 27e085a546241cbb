package dev.or3.tck.suites.check.index;

import java.util.function.IntPredicate;

/** Numbers equal things alike: an open-addressed table of primitives, so that a million texts cost no boxes. */
abstract class Interner {
    private static final long NUMBER = 0xFFFFFFFFL;

    /** By place, the hash in the upper half and the candidate's number, plus one, in the lower; 0 where it is free. */
    private long[] table;
    private int size;

    Interner(int expected) {
        table = new long[Integer.highestOneBit(Math.max(16, expected) * 2 - 1) << 1];
    }

    /** Whether two candidates of equal hash are the same. */
    abstract boolean same(int known, int candidate);

    /** The first candidate that was the same, or, if there was none, the candidate itself, remembered from now on. */
    final int intern(int hash, int candidate) {
        if (size * 2 > table.length) {
            grow();
        }
        int spread = spread(hash);
        int mask = table.length - 1;
        for (int place = spread & mask; ; place = (place + 1) & mask) {
            long entry = table[place];
            if (entry == 0) {
                table[place] = (long) spread << 32 | candidate + 1;
                size++;
                return candidate;
            }
            if ((int) (entry >>> 32) == spread && same((int) (entry & NUMBER) - 1, candidate)) {
                return (int) (entry & NUMBER) - 1;
            }
        }
    }

    /** The first candidate of that hash for which {@code test} holds, or -1. */
    final int find(int hash, IntPredicate test) {
        int spread = spread(hash);
        int mask = table.length - 1;
        for (int place = spread & mask; table[place] != 0; place = (place + 1) & mask) {
            int known = (int) (table[place] & NUMBER) - 1;
            if ((int) (table[place] >>> 32) == spread && test.test(known)) {
                return known;
            }
        }
        return -1;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 15;
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        int mask = table.length - 1;
        for (long entry : old) {
            if (entry != 0) {
                int place = (int) (entry >>> 32) & mask;
                while (table[place] != 0) {
                    place = (place + 1) & mask;
                }
                table[place] = entry;
            }
        }
    }
}
