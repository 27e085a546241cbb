package dev.or3.tck.suites.check.index;

import java.util.Arrays;

/**
 * Between which versions the head of a workspace lay while a call was under way: at least {@link #low}, the highest
 * version that any call told before this one began; at most {@link #high}, one less than the lowest version that was
 * first pushed after this one had returned. A forward and a backward sweep over the calls in the order of their returns.
 */
final class Heads {
    private final long[] low;
    private final long[] high;

    Heads(int events) {
        low = new long[events];
        high = new long[events];
        Arrays.fill(high, Long.MAX_VALUE);
    }

    long low(int event) {
        return low[event];
    }

    long high(int event) {
        return high[event];
    }

    /**
     * @param calls      all calls about one workspace, by seq, and so by the order in which they began
     * @param told       by event, the highest version its answer told, or 0
     * @param lowestNew  by event, the lowest version of the operations first pushed by it, or MAX_VALUE
     * @param ceiling    the highest version that can exist at all
     */
    void sweep(Ints calls, long[] invoked, long[] returned, long[] told, long[] lowestNew, long ceiling) {
        int[] byReturn = byReturn(calls, returned);
        long highest = 0;
        int done = 0;
        for (int i = 0; i < calls.size(); i++) {
            int call = calls.get(i);
            while (done < byReturn.length && returned[byReturn[done]] < invoked[call]) {
                highest = Math.max(highest, told[byReturn[done++]]);
            }
            low[call] = highest;
        }
        long lowest = Long.MAX_VALUE;
        int next = calls.size() - 1;
        for (int i = byReturn.length - 1; i >= 0; i--) {
            int call = byReturn[i];
            while (next >= 0 && invoked[calls.get(next)] > returned[call]) {
                lowest = Math.min(lowest, lowestNew[calls.get(next--)]);
            }
            high[call] = Math.min(lowest == Long.MAX_VALUE ? lowest : lowest - 1, ceiling);
        }
    }

    /** The calls in the order of their returns; a sort of primitives, nearly sorted to begin with. */
    private static int[] byReturn(Ints calls, long[] returned) {
        long[] keys = new long[calls.size()];
        boolean fits = true;
        for (int i = 0; i < keys.length; i++) {
            long time = returned[calls.get(i)];
            long capped = time == Long.MAX_VALUE ? (1L << 40) - 1 : time;
            fits &= capped < 1L << 40 && keys.length < 1 << 23;
            keys[i] = capped << 23 | i;
        }
        int[] sorted = new int[keys.length];
        if (fits) {
            Arrays.sort(keys);
            for (int i = 0; i < keys.length; i++) {
                sorted[i] = calls.get((int) (keys[i] & (1 << 23) - 1));
            }
            return sorted;
        }
        Integer[] boxed = new Integer[keys.length];
        Arrays.setAll(boxed, calls::get);
        Arrays.sort(boxed, (a, b) -> Long.compare(returned[a], returned[b]));
        Arrays.setAll(sorted, i -> boxed[i]);
        return sorted;
    }
}
