package dev.or3.tck.reference.convex.deployment.database;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Documents under serializable transactions with optimistic concurrency: a transaction notes what it reads, and when it
 * ends, none of that may have been changed since, or it runs again. Safe for use by several threads.
 */
public final class Database implements AutoCloseable {
    /** How often a function that writes is run before its caller is told of the conflict. */
    private static final int TRIES = 5;
    /** How often a function that reads is run before it keeps writers waiting. */
    private static final int GLANCES = 8;
    /** How many commits are remembered; a transaction that began before them has to run again. */
    private static final int REMEMBERED = 4096;

    private final Map<String, Map<String, Index>> tables;
    private final Journal journal;
    private final BooleanSupplier disturbed;
    private final AtomicLong ids = new AtomicLong();
    private final ReentrantLock committing = new ReentrantLock();
    /** Who met a conflict once waits for a turn, so that it competes with newcomers alone. */
    private final ReentrantLock turn = new ReentrantLock(true);
    /** Newest last. A commit comes in before it shows in any index, so that no reader misses it. */
    private final ConcurrentLinkedDeque<Commit> recent = new ConcurrentLinkedDeque<>();
    private int remembered;
    private volatile long forgotten;
    private volatile long applied;

    /**
     * Reads what the journal holds.
     *
     * @param disturbed asked before each commit: whether it is to fail as if there were a conflict
     */
    public Database(Schema schema, Journal journal, BooleanSupplier disturbed) {
        this.tables = schema.open();
        this.journal = journal;
        this.disturbed = disturbed;
        Map<Long, Document> known = new HashMap<>();
        journal.replay((id, document) -> {
            Document before = document == null ? known.remove(id) : known.put(id, document);
            show(new Transaction.Change(before, document));
            ids.accumulateAndGet(id, Math::max);
        });
    }

    /** Reads one state. */
    public <T> T read(Work<T> work) {
        for (int glance = 0; glance < GLANCES; glance++) {
            Transaction transaction = new Transaction(this, applied);
            try {
                T result = work.run(transaction);
                if (isCurrent(transaction)) {
                    return result;
                }
            } catch (RuntimeException e) {
                if (isCurrent(transaction)) {
                    throw e;
                }
            }
        }
        committing.lock();
        try {
            return work.run(new Transaction(this, applied));
        } finally {
            committing.unlock();
        }
    }

    /**
     * Reads and writes; what was written is in the journal before this returns. What the work throws takes nothing into
     * effect.
     *
     * @throws ConflictException if others were in the way at every try
     */
    public <T> T write(Work<T> work) {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            if (attempt > 1) {
                turn.lock();
            }
            try {
                Transaction transaction = new Transaction(this, applied);
                T result;
                try {
                    result = work.run(transaction);
                } catch (RuntimeException e) {
                    if (isCurrent(transaction)) {
                        throw e;
                    }
                    continue;
                }
                if (commit(transaction)) {
                    transaction.afterwards.forEach(Runnable::run);
                    return result;
                }
            } finally {
                if (attempt > 1) {
                    turn.unlock();
                }
            }
        }
        throw new ConflictException();
    }

    private boolean commit(Transaction transaction) {
        Collection<Transaction.Change> changes = transaction.changes.values();
        if (changes.isEmpty()) {
            return isCurrent(transaction);
        }
        byte[] line = journal.line(transaction.changes);
        if (disturbed.getAsBoolean()) {
            return false;
        }
        committing.lock();
        try {
            if (!isCurrent(transaction)) {
                return false;
            }
            journal.append(line);
            Commit commit = new Commit(applied + 1, keys(changes));
            recent.addLast(commit);
            if (++remembered > REMEMBERED) {
                forgotten = recent.removeFirst().number();
                remembered--;
            }
            changes.forEach(this::show);
            applied = commit.number();
            return true;
        } finally {
            committing.unlock();
        }
    }

    private boolean isCurrent(Transaction transaction) {
        for (Iterator<Commit> newest = recent.descendingIterator(); newest.hasNext(); ) {
            Commit commit = newest.next();
            if (commit.number() <= transaction.begun) {
                return true;
            }
            if (transaction.reads.meets(commit)) {
                return false;
            }
        }
        return transaction.begun >= forgotten;
    }

    private Map<Index, List<Key>> keys(Collection<Transaction.Change> changes) {
        Map<Index, List<Key>> keys = new HashMap<>();
        for (Transaction.Change change : changes) {
            for (Index index : indexes(change.table())) {
                List<Key> mine = keys.computeIfAbsent(index, key -> new ArrayList<>());
                change.documents().forEach(document -> mine.add(index.key(document)));
            }
        }
        return keys;
    }

    private void show(Transaction.Change change) {
        for (Index index : indexes(change.table())) {
            Key old = change.before() == null ? null : index.key(change.before());
            Key now = change.after() == null ? null : index.key(change.after());
            if (old != null && !old.equals(now)) {
                index.entries.remove(old);
            }
            if (now != null) {
                index.entries.put(now, change.after());
            }
        }
    }

    Index index(String table, String name) {
        Index index = tables.getOrDefault(table, Map.of()).get(name);
        if (index == null) {
            throw new IllegalArgumentException("no index " + table + "." + name);
        }
        return index;
    }

    /** None for a table that the schema no longer has. */
    Collection<Index> indexes(String table) {
        return tables.getOrDefault(table, Map.of()).values();
    }

    long newId() {
        return ids.incrementAndGet();
    }

    @Override
    public void close() {
        journal.close();
    }
}
