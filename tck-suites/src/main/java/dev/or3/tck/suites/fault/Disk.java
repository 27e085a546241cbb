package dev.or3.tck.suites.fault;

import dev.or3.tck.api.sync.SnapshotPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What outlives an instance: all tables, shared by the instances on one file. The file itself holds only a heading; it
 * stands for the database, so that paths can be wrong, and the tables live as long as it exists, within this JVM.
 */
final class Disk {
    private static final String HEADING = "or3-memory 1\n";
    private static final Map<Path, Disk> OPEN = new ConcurrentHashMap<>();

    private final Map<String, Space> spaces = new ConcurrentHashMap<>();
    private final Map<String, Object> extras = new ConcurrentHashMap<>();
    final Accounts accounts = new Accounts();
    /** When requests were let through, in milliseconds of provider time, by key. */
    final Map<String, List<Long>> requests = new ConcurrentHashMap<>();
    /** Jobs by id. */
    final Map<String, BackgroundJobs.Task> jobs = new ConcurrentHashMap<>();
    private final Map<String, Shelf> shelves = new ConcurrentHashMap<>();
    /** Signs the URLs of files. */
    final byte[] urlKey = randomKey();
    /** Open snapshots by id. */
    final Map<String, TakenSnapshot> snapshots = new ConcurrentHashMap<>();
    final Map<String, Snapshots.Token> pageTokens = new ConcurrentHashMap<>();
    /** Provider time, in milliseconds since the epoch, from which on expired snapshots are looked for. */
    final AtomicLong nextForgetting = new AtomicLong();
    /** The schema version that the tables were last migrated to; 0 for a new database. */
    private volatile int schemaVersion;
    private final ConfigTables configurations;
    private int instances;

    private static byte[] randomKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private Disk(Path file) {
        configurations = new ConfigTables(file);
    }

    ConfigTables configurations() {
        return configurations;
    }

    /**
     * The database of a file, created if there is none.
     *
     * @param setting the variable to name in an error
     * @throws IllegalArgumentException if the file is a folder, cannot be written or is something else
     */
    static Disk open(Path file, String setting) {
        synchronized (OPEN) {
            OPEN.entrySet().removeIf(old -> old.getValue().instances == 0 && !Files.exists(old.getKey()));
            Path real = file.toAbsolutePath().normalize();
            if (!Files.exists(real)) {
                create(real, setting);
                OPEN.remove(real);
            } else {
                recognize(real, setting);
            }
            Disk disk = OPEN.computeIfAbsent(real, Disk::new);
            disk.instances++;
            return disk;
        }
    }

    /** A database without a file, which nobody can open again. */
    static Disk inMemory() {
        return new Disk(null);
    }

    void close() {
        synchronized (OPEN) {
            instances--;
        }
    }

    private static void create(Path file, String setting) {
        try {
            Files.writeString(file, HEADING);
        } catch (IOException e) {
            throw new IllegalArgumentException(setting + ": the database '" + file + "' cannot be created: is its "
                    + "directory there, and writable?", e);
        }
    }

    private static void recognize(Path file, String setting) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(setting + ": '" + file + "' is a folder; name a file in it");
        }
        byte[] heading;
        try (var in = Files.newInputStream(file)) {
            heading = in.readNBytes(HEADING.length());
        } catch (IOException e) {
            throw new IllegalArgumentException(setting + ": '" + file + "' cannot be read", e);
        }
        if (!new String(heading, StandardCharsets.UTF_8).equals(HEADING)) {
            throw new IllegalArgumentException(setting + ": '" + file + "' is not a database of this provider");
        }
        if (!Files.isWritable(file)) {
            throw new IllegalArgumentException(setting + ": '" + file + "' cannot be written");
        }
    }

    Space space(String workspaceId) {
        return spaces.computeIfAbsent(workspaceId, Space::new);
    }

    Shelf shelf(String workspaceId) {
        return shelves.computeIfAbsent(workspaceId, id -> new Shelf());
    }

    Collection<Space> spaces() {
        return spaces.values();
    }

    int schemaVersion() {
        return schemaVersion;
    }

    void schemaVersion(int migrated) {
        schemaVersion = migrated;
    }

    /** A table that only one twin of a part has. */
    @SuppressWarnings("unchecked")
    <T> T extra(String name, Supplier<T> fresh) {
        return (T) extras.computeIfAbsent(name, ignored -> fresh.get());
    }

    /**
     * The state as a snapshot keeps it.
     *
     * @param items     with the owner of each, for pages of different members
     * @param takenAt   provider time, in milliseconds since the epoch
     */
    record TakenSnapshot(String workspaceId, String id, long highWatermark, List<OwnedItem> items, long takenAt) {
    }

    /**
     * @param owner the only user who may see it, or null if it is not private
     */
    record OwnedItem(SnapshotPage.Item item, String owner) {
    }
}
