package dev.or3.tck.suites.fault;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The tables of one workspace. As in a database, a single statement is atomic and a transaction is what makes several
 * of them one: whoever reads and then writes does both within {@link #transact}.
 */
final class Space {
    final String workspaceId;
    /** The highest version given out. */
    final AtomicLong head = new AtomicLong();
    final NavigableMap<Entry.Place, Entry> log = new ConcurrentSkipListMap<>();
    /** By op id; outlives the collection of the log (GC-12). */
    final Map<String, Known> known = new ConcurrentHashMap<>();
    final NavigableMap<Key, Row> rows = new ConcurrentSkipListMap<>();
    final NavigableMap<TombstoneId, Row> tombstones = new ConcurrentSkipListMap<>();
    /** By device. */
    final Map<String, DeviceCursor> cursors = new ConcurrentHashMap<>();
    final ReentrantLock lock = new ReentrantLock();

    Space(String workspaceId) {
        this.workspaceId = workspaceId;
    }

    <T> T transact(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Puts everything but the cursors back to how it is now. */
    Runnable wayBack() {
        long oldHead = head.get();
        Map<Entry.Place, Entry> oldLog = Map.copyOf(log);
        Map<String, Known> oldKnown = Map.copyOf(known);
        Map<Key, Row> oldRows = Map.copyOf(rows);
        Map<TombstoneId, Row> oldTombstones = Map.copyOf(tombstones);
        return () -> {
            head.set(oldHead);
            putBack(log, oldLog);
            putBack(known, oldKnown);
            putBack(rows, oldRows);
            putBack(tombstones, oldTombstones);
        };
    }

    private static <K, V> void putBack(Map<K, V> table, Map<K, V> old) {
        table.clear();
        table.putAll(old);
    }

    void append(Entry entry) {
        log.put(entry.place(), entry);
    }

    /** The entries above a version, ascending. */
    Collection<Entry> after(long version) {
        return log.tailMap(Entry.Place.after(version), false).values();
    }

    /** The lowest version still in the log; head + 1 if it is empty. */
    long oldestRetained() {
        Map.Entry<Entry.Place, Entry> first = log.firstEntry();
        return first == null ? head.get() + 1 : first.getKey().version();
    }

    /** The record or, where there is none, its tombstone. */
    Optional<Row> current(Key key) {
        return Optional.ofNullable(rows.get(key)).or(() -> tombstonesOf(key).stream().findFirst());
    }

    Collection<Row> tombstonesOf(Key key) {
        return tombstones.subMap(new TombstoneId(key, ""), true, new TombstoneId(key, "\uffff"), true).values();
    }

    /**
     * What was stored under an op id.
     *
     * @param applied  whether it won when it was stored
     * @param storedAt provider time, in milliseconds since the epoch
     */
    record Known(Key key, String fingerprint, long version, boolean applied, long storedAt) {
    }

    /**
     * How far a device has come.
     *
     * @param userId    whose device it is
     * @param firstSeen provider time, in milliseconds since the epoch
     * @param lastSeen  provider time, in milliseconds since the epoch
     */
    record DeviceCursor(String userId, long version, long firstSeen, long lastSeen) {
    }

    /** A tombstone's place: its record, and a mark that is empty unless there is more than one. */
    record TombstoneId(Key key, String mark) implements Comparable<TombstoneId> {
        private static final Comparator<TombstoneId> ORDER =
                Comparator.comparing(TombstoneId::key).thenComparing(TombstoneId::mark);

        static TombstoneId of(Key key) {
            return new TombstoneId(key, "");
        }

        @Override
        public int compareTo(TombstoneId other) {
            return ORDER.compare(this, other);
        }
    }
}
