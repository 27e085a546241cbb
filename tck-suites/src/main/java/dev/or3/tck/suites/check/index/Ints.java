package dev.or3.tck.suites.check.index;

import java.util.Arrays;

/** A list of ints that grows. */
public final class Ints {
    private int[] values = new int[8];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int get(int place) {
        return values[place];
    }

    public int last() {
        return values[size - 1];
    }

    /** The place of the last value that is at most {@code value} in an ascending list, or -1. */
    public int floor(int value) {
        int found = Arrays.binarySearch(values, 0, size, value);
        return found >= 0 ? found : -found - 2;
    }
}
