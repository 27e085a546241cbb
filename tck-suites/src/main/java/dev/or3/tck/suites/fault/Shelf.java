package dev.or3.tck.suites.fault;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The files of one workspace. Single statements are atomic; see {@link Space}. */
final class Shelf {
    /** By hash. */
    final Map<String, StoredFile> files = new ConcurrentHashMap<>();
    /** Uploads to come, by id. */
    final Map<String, Intent> intents = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    <T> T transact(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param since provider time of the upload or the deletion, in milliseconds since the epoch
     */
    record StoredFile(String hash, byte[] bytes, long since, boolean committed, boolean deleted) {

        StoredFile commit() {
            return new StoredFile(hash, bytes, since, true, deleted);
        }

        StoredFile delete(long now) {
            return new StoredFile(hash, bytes, now, committed, true);
        }

        boolean isReadable() {
            return committed && !deleted;
        }
    }

    /**
     * @param size      in bytes, as announced
     * @param expiresAt provider time, in milliseconds since the epoch
     */
    record Intent(String id, String hash, long size, long expiresAt) {
    }
}
