package dev.or3.tck.suites.fault;

import java.util.Comparator;

/** A record within a workspace. In the order of table and key by code units (SNAP-05). */
record Key(String tableName, String pk) implements Comparable<Key> {
    private static final Comparator<Key> ORDER = Comparator.comparing(Key::tableName).thenComparing(Key::pk);

    @Override
    public int compareTo(Key other) {
        return ORDER.compare(this, other);
    }
}
