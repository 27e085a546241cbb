package dev.or3.tck.suites.check.index;

import dev.or3.tck.api.workspaces.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One workspace: the calls about it, and its log as acknowledgements and pulls tell it.
 *
 * <p>The log is kept by slots. A slot is the version itself up to {@link #dense}; versions beyond what the history can
 * explain (clock readings, say) take the slots after it in their order, so that no answer can make the arrays explode.
 */
public final class Workspace {
    /** A slot of which nothing is known. */
    public static final int UNKNOWN = -1;
    /** A slot whose change has an op id that the kit never sent there. */
    public static final int STRANGER = -2;

    private static final int ENOUGH = 2000;

    final Ints pushes = new Ints();
    final Ints unusual = new Ints();
    final Ints pulls = new Ints();
    final Ints moves = new Ints();
    final Ints collects = new Ints();
    final Ints snapshots = new Ints();
    final Ints inspects = new Ints();
    final List<Clash> clashes = new ArrayList<>();
    final List<Oddity> oddities = new ArrayList<>();
    int unsettled;
    boolean outlandish;
    long oddRows;

    private final int number;
    private final String id;
    private final Map<String, Role> members = new HashMap<>();
    private final int dense;
    private final long[] outliers;
    private int[] operation = new int[64];
    private int[] shownBy = new int[64];
    private long[] knownAt = new long[64];
    private int top;
    private boolean shown;

    Workspace(int number, String id, int dense, long[] outliers) {
        this.number = number;
        this.id = id;
        this.dense = dense;
        this.outliers = outliers;
        clear(0);
    }

    /** Two operations are told of one version: by acknowledgement or by a page. The first one is what the log holds. */
    public record Clash(int slot, int held, int heldEvent, boolean heldShown, int other, int otherEvent,
            boolean otherShown) {
    }

    /**
     * A row that differs from everything sent to the workspace.
     *
     * @param event     the pull
     * @param row       its place in the page
     * @param operation the operation whose op id it carries, or -1 if none was sent to this workspace
     * @param elsewhere the operation of that op id that was sent to another workspace, or -1
     */
    public record Oddity(int event, int row, int operation, int elsewhere) {
    }

    private void clear(int from) {
        Arrays.fill(operation, from, operation.length, UNKNOWN);
        Arrays.fill(shownBy, from, shownBy.length, -1);
        Arrays.fill(knownAt, from, knownAt.length, Long.MAX_VALUE);
    }

    void member(String user, Role role) {
        members.put(user, role);
    }

    /** Opens the slot of a version, or returns 0 if the version is outlandish and was not planned for. */
    int open(long version) {
        int slot;
        if (version <= dense) {
            slot = (int) version;
        } else {
            int place = Arrays.binarySearch(outliers, version);
            if (place < 0) {
                outlandish = true;
                return 0;
            }
            slot = dense + 1 + place;
        }
        if (slot >= operation.length) {
            int from = operation.length;
            int length = Math.max(slot + 1, from * 2);
            operation = Arrays.copyOf(operation, length);
            shownBy = Arrays.copyOf(shownBy, length);
            knownAt = Arrays.copyOf(knownAt, length);
            clear(from);
        }
        top = Math.max(top, slot);
        return slot;
    }

    void tell(int slot, int op, long returned) {
        operation[slot] = op;
        knownAt[slot] = Math.min(knownAt[slot], returned);
    }

    /** What a page shows counts more than what an acknowledgement told. */
    void replace(int slot, int op, long returned) {
        operation[slot] = op;
        knownAt[slot] = returned;
    }

    void know(int slot, long returned) {
        if (returned < knownAt[slot]) {
            knownAt[slot] = returned;
        }
    }

    void show(int slot, int event) {
        shown = true;
        shownBy[slot] = event;
    }

    void clash(Clash clash) {
        if (clashes.size() < ENOUGH) {
            clashes.add(clash);
        }
    }

    void oddity(Oddity oddity) {
        oddRows++;
        if (oddities.size() < ENOUGH) {
            oddities.add(oddity);
        }
    }

    public int number() {
        return number;
    }

    public String id() {
        return id;
    }

    /** The members by user id; empty for a workspace that was not provisioned. */
    public Map<String, Role> members() {
        return members;
    }

    /** Whether the user may read and write there. */
    public boolean isWriter(String user) {
        Role role = members.get(user);
        return role == Role.OWNER || role == Role.EDITOR;
    }

    /** Pushes, by seq. */
    public Ints pushes() {
        return pushes;
    }

    /** Pushes whose answer is anything but one success for each operation, in order. */
    public Ints unusualPushes() {
        return unusual;
    }

    public Ints pulls() {
        return pulls;
    }

    public Ints moves() {
        return moves;
    }

    /** Collections of the log and of tombstones. */
    public Ints collects() {
        return collects;
    }

    public Ints snapshots() {
        return snapshots;
    }

    public Ints inspects() {
        return inspects;
    }

    /** Versions of which two operations were told; the first few. */
    public List<Clash> clashes() {
        return clashes;
    }

    /** Rows that differ from everything sent there, and are no difference that a provider may make; the first few. */
    public List<Oddity> oddities() {
        return oddities;
    }

    /** How many operations may have been stored without a trace so far: pushed, never settled, never shown. */
    public int unsettled() {
        return unsettled;
    }

    /** The highest slot of which anything is known; 0 if the log is empty. */
    public int top() {
        return top;
    }

    /** The highest slot that is its own version. */
    public int dense() {
        return dense;
    }

    /** The slot of a version, or of the highest version below it that has one. */
    public int slot(long version) {
        if (version <= dense) {
            return (int) Math.max(0, version);
        }
        int place = Arrays.binarySearch(outliers, version);
        return dense + 1 + (place >= 0 ? place : -place - 2);
    }

    /** The version of a slot. */
    public long version(int slot) {
        return slot <= dense ? slot : outliers[slot - dense - 1];
    }

    /** The operation in a slot, {@link #UNKNOWN} or {@link #STRANGER}. */
    public int operation(int slot) {
        return slot <= top ? operation[slot] : UNKNOWN;
    }

    /** The first event that showed the slot in a page, or -1. */
    public int shownBy(int slot) {
        return slot <= top ? shownBy[slot] : -1;
    }

    /** Whether any page showed anything: without that, nothing that was acknowledged is proven. */
    public boolean isShown() {
        return shown;
    }

    /** The earliest return of a call that told of the slot. */
    public long knownAt(int slot) {
        return slot <= top ? knownAt[slot] : Long.MAX_VALUE;
    }

    /** The highest version known. */
    public long head() {
        return version(top);
    }
}
