package dev.or3.tck.suites.check.index;

import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What became of each operation: who pushed it first, what the answers said, where it was shown. Operations are named by
 * {@link Operations#original}.
 */
public final class Fates {
    /** Some answer said that it is stored. */
    public static final int ACKED = 1;
    /** It was refused in its result, or the whole push with it. */
    public static final int REFUSED = 2;
    /** A push of it failed, or its result said that the server did. */
    public static final int FAILED = 4;
    /** A push of it was never answered. */
    public static final int LOST = 8;
    /** It was pushed into a workspace that was not the session's. */
    public static final int FOREIGN = 16;
    /** It stood twice in one batch. */
    public static final int DOUBLED = 32;
    /** It was pushed by more than one call. */
    public static final int AGAIN = 64;
    /** It was pushed in batches that differ: its place among its neighbours is open. */
    public static final int REGROUPED = 128;
    /** A page showed it. */
    public static final int SHOWN = 256;
    /** A row of its op id was shown with other content. */
    public static final int ALTERED = 512;

    /** It was pushed into the session's own workspace. */
    public static final int HOME = 1024;
    /** Several users pushed it: whose it is depends on whose push stored it. */
    public static final int SEVERAL = 2048;

    private static final int ENOUGH = 2000;

    final short[] bits;
    final int[] firstPush;
    final int[] lastPush;
    final long[] version;
    final int[] versionEvent;
    final byte[] applied;
    final List<Split> splits = new ArrayList<>();
    final Ints repeated = new Ints();

    Fates(int operations) {
        bits = new short[operations];
        firstPush = new int[operations];
        lastPush = new int[operations];
        version = new long[operations];
        versionEvent = new int[operations];
        applied = new byte[operations];
        Arrays.fill(firstPush, -1);
    }

    /** One operation is told to be at two versions. */
    public record Split(int operation, long version, int event, long otherVersion, int otherEvent) {
    }

    void mark(int operation, int bit) {
        bits[operation] |= (short) bit;
    }

    /** Takes note of a version; false if another one was told before. */
    boolean place(int operation, long told, int event) {
        if (version[operation] == 0) {
            version[operation] = told;
            versionEvent[operation] = event;
            return true;
        }
        if (version[operation] != told) {
            if (splits.size() < ENOUGH) {
                splits.add(new Split(operation, version[operation], versionEvent[operation], told, event));
            }
            return false;
        }
        return true;
    }

    void answer(int operation, OperationResult result) {
        applied[operation] = (byte) (result.applied() == null ? 0 : result.applied() ? 1 : 2);
    }

    public boolean is(int operation, int bit) {
        return (bits[operation] & bit) != 0;
    }

    /** Pushed by one call only, once in its batch. */
    public boolean isPushedOnce(int operation) {
        return (bits[operation] & (AGAIN | DOUBLED)) == 0;
    }

    /** Every answer was a definite no. */
    public boolean isRefused(int operation) {
        return (bits[operation] & (ACKED | REFUSED | FAILED | LOST)) == REFUSED;
    }

    /** Notes which private operations several users pushed; each is known by the first push that is noted. */
    void users(List<Event> events, Operations operations) {
        int table = operations.tableNumber(Operations.PRIVATE_TABLE);
        boolean any = false;
        for (int i = 0; i < bits.length && !any; i++) {
            any = operations.table(i) == table;
        }
        String[] users = new String[any ? bits.length : 0];
        for (Event event : any ? events : List.<Event>of()) {
            if (event.call() instanceof Call.Push push) {
                for (int sent : push.operations()) {
                    int operation = operations.original(sent);
                    if (users[operation] == null) {
                        users[operation] = event.user();
                    } else if (operations.table(operation) == table && !users[operation].equals(event.user())) {
                        mark(operation, SEVERAL);
                    }
                }
            }
        }
    }

    /** The first push of it, by seq; -1 if it was never pushed. */
    public int firstPush(int operation) {
        return firstPush[operation];
    }

    public int lastPush(int operation) {
        return lastPush[operation];
    }

    /** Its version as it was told first; 0 if it never was. */
    public long version(int operation) {
        return version[operation];
    }

    /** The event that told its version first. */
    public int versionEvent(int operation) {
        return versionEvent[operation];
    }

    /** What its first success said of {@code applied}; null if nothing. */
    public Boolean applied(int operation) {
        return applied[operation] == 0 ? null : applied[operation] == 1;
    }

    /** Operations of which two versions were told; the first few. */
    public List<Split> splits() {
        return splits;
    }

    /** Operations that were pushed more than once, in the order of their second push. */
    public Ints repeated() {
        return repeated;
    }
}
