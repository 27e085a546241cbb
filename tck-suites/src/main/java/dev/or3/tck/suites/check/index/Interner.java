package dev.or3.tck.suites.check.index;

import java.util.function.IntPredicate;

/** Numbers equal things alike: an open-addressed table of ints, so that a million texts cost no boxes. */
abstract class Interner {
    private int[] places;
    private int[] hashes;
    private int size;

    Interner(int expected) {
        int capacity = Integer.highestOneBit(Math.max(16, expected) * 2 - 1) << 1;
        places = new int[capacity];
        hashes = new int[capacity];
    }

    /** Whether two candidates of equal hash are the same. */
    abstract boolean same(int known, int candidate);

    /** The first candidate that was the same, or, if there was none, the candidate itself, remembered from now on. */
    final int intern(int hash, int candidate) {
        if (size * 2 > places.length) {
            grow();
        }
        int spread = spread(hash);
        int mask = places.length - 1;
        for (int place = spread & mask; ; place = (place + 1) & mask) {
            int known = places[place] - 1;
            if (known < 0) {
                places[place] = candidate + 1;
                hashes[place] = spread;
                size++;
                return candidate;
            }
            if (hashes[place] == spread && same(known, candidate)) {
                return known;
            }
        }
    }

    /** The first candidate of that hash for which {@code test} holds, or -1. */
    final int find(int hash, IntPredicate test) {
        int spread = spread(hash);
        int mask = places.length - 1;
        for (int place = spread & mask; places[place] != 0; place = (place + 1) & mask) {
            if (hashes[place] == spread && test.test(places[place] - 1)) {
                return places[place] - 1;
            }
        }
        return -1;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 15;
    }

    private void grow() {
        int[] oldPlaces = places;
        int[] oldHashes = hashes;
        places = new int[oldPlaces.length * 2];
        hashes = new int[oldPlaces.length * 2];
        int mask = places.length - 1;
        for (int i = 0; i < oldPlaces.length; i++) {
            if (oldPlaces[i] != 0) {
                int place = oldHashes[i] & mask;
                while (places[place] != 0) {
                    place = (place + 1) & mask;
                }
                places[place] = oldPlaces[i];
                hashes[place] = oldHashes[i];
            }
        }
    }
}
