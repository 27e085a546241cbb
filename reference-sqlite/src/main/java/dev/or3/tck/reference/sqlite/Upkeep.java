package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.admin.Admin.Action;
import dev.or3.tck.api.admin.Admin.ProviderStatus;
import dev.or3.tck.api.admin.Admin.Warning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** How the database is, what is wrong with it, and what can be done about it. What is listed is what runs (ADM-01). */
final class Upkeep {
    /** From so many bytes on the write-ahead log is worth a word: it is cut to that size at a checkpoint. */
    private static final long LARGE_LOG = 64L << 20;
    /** With less room the next large write may fail. */
    private static final long LITTLE_ROOM = 256L << 20;
    /** Free pages are worth a word from so many on, if they are a quarter of the file. */
    private static final long MANY_PAGES = 1000;

    /**
     * @param run what comes of it is told as JSON
     */
    record Chore(Action action, Supplier<Map<String, Object>> run) {
        Chore(String id, String label, String description, boolean danger, Supplier<Map<String, Object>> run) {
            this(new Action(id, label, description, danger), run);
        }
    }

    /** What another component has to say. */
    interface Part {
        List<Chore> chores();

        /** Figures, by their names. */
        Map<String, Object> details();

        List<Warning> warnings();
    }

    private final Store store;
    private final ProviderTime time;
    private final List<Part> parts;
    private final List<Chore> chores;

    Upkeep(Store store, ProviderTime time, List<Part> parts) {
        this.store = store;
        this.parts = List.copyOf(parts);
        this.time = time;
        List<Chore> all = new ArrayList<>(List.of(
                new Chore("integrity-check", "Check the file", "Reads all of it and tells what is damaged", false,
                        this::check),
                new Chore("optimize", "Refresh the statistics", "Lets SQLite choose better plans", false, this::optimize),
                new Chore("collect-expired", "Forget what has expired",
                        "Requests whose window is over, and snapshots that nobody can read any more", false,
                        this::collect)));
        if (!store.isInMemory()) {
            all.add(new Chore("checkpoint", "Move the write-ahead log into the file", "Waits for nobody", false,
                    () -> apart("PRAGMA wal_checkpoint(PASSIVE)")));
            all.add(new Chore("vacuum", "Write the file anew, without free pages",
                    "Writers wait meanwhile, and give up if it takes long", true, () -> apart("VACUUM")));
        }
        parts.forEach(part -> all.addAll(part.chores()));
        this.chores = List.copyOf(all);
    }

    ProviderStatus status() {
        Settings settings = store.settings();
        Map<String, Object> details = store.read(Upkeep::details);
        details.put("synchronous", settings.synchronous());
        List<Warning> warnings = new ArrayList<>();
        if (settings.inMemory()) {
            warnings.add(new Warning("warning", "the database is in memory: everything is lost when this process ends"));
        } else {
            look(settings.path(), details, warnings);
        }
        if (settings.synchronous().equals("OFF")) {
            warnings.add(new Warning("warning", "synchronous is OFF: a power cut may damage the file; set "
                    + Settings.SYNCHRONOUS + " to NORMAL or FULL"));
        }
        long version = (long) details.get("schemaVersion");
        if (version != Migrations.LATEST) {
            warnings.add(new Warning("error", "the file has schema version " + version + ", this provider is made for "
                    + Migrations.LATEST + ": start " + (version < Migrations.LATEST ? "it" : "the newest provider")
                    + " anew"));
        }
        long pages = (long) details.get("pages");
        long free = (long) details.get("freePages");
        if (free >= MANY_PAGES && free > pages / 4) {
            warnings.add(new Warning("info", free + " of " + pages + " pages are free: vacuum gives them back"));
        }
        parts.forEach(part -> {
            details.putAll(part.details());
            warnings.addAll(part.warnings());
        });
        return new ProviderStatus(new JsonText(Json.write(details)), warnings, chores.stream().map(Chore::action).toList());
    }

    private static Map<String, Object> details(Session session) throws SQLException {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("sqlite", text(session, "SELECT sqlite_version()"));
        details.put("schemaVersion", number(session, "PRAGMA user_version"));
        details.put("journalMode", text(session, "PRAGMA journal_mode"));
        details.put("pages", number(session, "PRAGMA page_count"));
        details.put("freePages", number(session, "PRAGMA freelist_count"));
        details.put("bytes", (long) details.get("pages") * number(session, "PRAGMA page_size"));
        details.put("users", number(session, "SELECT COUNT(*) FROM users"));
        details.put("workspaces", number(session, "SELECT COUNT(*) FROM workspaces WHERE removed_at IS NULL"));
        details.put("admins", number(session, "SELECT COUNT(*) FROM admins"));
        return details;
    }

    private static void look(Path file, Map<String, Object> details, List<Warning> warnings) {
        try {
            Path log = file.resolveSibling(file.getFileName() + "-wal");
            long bytes = Files.exists(log) ? Files.size(log) : 0;
            details.put("logBytes", bytes);
            if (bytes > LARGE_LOG) {
                warnings.add(new Warning("warning", "the write-ahead log has " + bytes
                        + " bytes: run checkpoint, and look for readers that never end"));
            }
            long room = Files.getFileStore(file).getUsableSpace();
            details.put("bytesLeftOnDisk", room);
            if (room < LITTLE_ROOM) {
                warnings.add(new Warning("error", "only " + room + " bytes are left on the disk"));
            }
        } catch (IOException e) {
            warnings.add(new Warning("error", "the database file cannot be looked at: was it taken away?"));
        }
    }

    /**
     * @throws ProviderException 404 if the action is not listed
     */
    JsonText run(String actionId) {
        Chore found = chores.stream().filter(chore -> chore.action().id().equals(actionId)).findFirst()
                .orElseThrow(() -> ProviderException.notFound("there is no such action"));
        return new JsonText(Json.write(found.run().get()));
    }

    private Map<String, Object> check() {
        return store.read(session -> {
            List<String> found = new ArrayList<>();
            try (ResultSet row = session.query("PRAGMA integrity_check")) {
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
            boolean sound = found.equals(List.of("ok"));
            return Map.of("sound", sound, "problems", sound ? List.of() : found);
        });
    }

    private Map<String, Object> optimize() {
        store.write(session -> {
            session.script("PRAGMA optimize");
            return null;
        });
        return Map.of();
    }

    private Map<String, Object> collect() {
        long now = time.millis();
        return store.write(session -> {
            int requests = session.update(SqliteRateLimits.FORGET, now);
            session.update("DELETE FROM snapshot_items WHERE snapshot IN"
                    + " (SELECT snapshot FROM snapshots WHERE expires_at < ?)", now);
            return Map.of("requests", requests, "snapshots",
                    session.update("DELETE FROM snapshots WHERE expires_at < ?", now));
        });
    }

    private Map<String, Object> apart(String sql) {
        store.apart(sql);
        return Map.of();
    }

    private static String text(Session session, String sql) throws SQLException {
        try (ResultSet row = session.query(sql)) {
            return row.getString(1);
        }
    }

    private static long number(Session session, String sql) throws SQLException {
        try (ResultSet row = session.query(sql)) {
            return row.getLong(1);
        }
    }
}
