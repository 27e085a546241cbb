package dev.or3.tck.reference.convex.deployment.database;

import java.util.Arrays;

/**
 * A place in an index: values in the order of its fields; texts are compared by code units, as JavaScript does. An edge lies
 * before or after everything that begins with its values.
 */
final class Key implements Comparable<Key> {
    private final Object[] values;
    private final int edge;

    private Key(Object[] values, int edge) {
        this.values = values;
        this.edge = edge;
    }

    static Key of(Object... values) {
        return new Key(values, 0);
    }

    static Key before(Object... prefix) {
        return new Key(prefix, -1);
    }

    static Key after(Object... prefix) {
        return new Key(prefix, 1);
    }

    @Override
    public int compareTo(Key other) {
        int common = Math.min(values.length, other.values.length);
        for (int i = 0; i < common; i++) {
            int order = compare(values[i], other.values[i]);
            if (order != 0) {
                return order;
            }
        }
        if (values.length == other.values.length) {
            return Integer.compare(edge, other.edge);
        }
        return values.length < other.values.length ? edge : -other.edge;
    }

    private static int compare(Object a, Object b) {
        if (a instanceof String text && b instanceof String other) {
            return text.compareTo(other);
        }
        if (a instanceof Long number && b instanceof Long other) {
            return Long.compare(number, other);
        }
        if (a instanceof Boolean flag && b instanceof Boolean other) {
            return Boolean.compare(flag, other);
        }
        return Integer.compare(rank(a), rank(b));
    }

    private static int rank(Object value) {
        return value == null ? 0 : value instanceof Long ? 1 : value instanceof Boolean ? 2 : 3;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && compareTo(key) == 0;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
