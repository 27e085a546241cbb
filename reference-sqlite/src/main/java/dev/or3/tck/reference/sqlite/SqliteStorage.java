package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.shape.Shape;
import dev.or3.tck.api.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The storage component: what files there are is kept in the database, their bytes beside it. URLs are signed with a secret
 * of the database and served by each instance at an address of its own. An upload holds its room, and is accepted, until its
 * URL expires (STOR-02, -07).
 */
final class SqliteStorage implements Storage, AutoCloseable {
    private static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}|md5:[0-9a-f]{32}");
    /** How long URLs live at most, in seconds. */
    static final long URL_SECONDS = 3600;
    /** In milliseconds, if nothing is asked for. */
    private static final long LIFE = 15 * 60 * 1000;
    /** A hundred years, in seconds: no retention needs to be longer. */
    private static final long FOREVER = 100L * 366 * 24 * 3600;

    private static final String MEMBER = "SELECT w.ws, m.role FROM workspaces w JOIN memberships m ON m.user_id = ?"
            + " AND m.ws = w.ws WHERE w.workspace_id = ? AND w.removed_at IS NULL";
    private static final String SECRET = "SELECT secret FROM url_keys";
    private static final String FORGET = "DELETE FROM upload_intents WHERE ws = ? AND expires_at <= ?";
    private static final String STORED = "SELECT COALESCE(SUM(size_bytes), 0) FROM files WHERE ws = ? AND hash <> ?"
            + " AND state <> 'deleted'";
    private static final String PROMISED = "SELECT COALESCE(SUM(size), 0) FROM (SELECT MAX(i.size_bytes) AS size"
            + " FROM upload_intents i WHERE i.ws = ? AND i.hash <> ? AND NOT EXISTS (SELECT 1 FROM files f WHERE f.ws = i.ws"
            + " AND f.hash = i.hash AND f.state <> 'deleted') GROUP BY i.hash)";
    private static final String PROMISE = "INSERT INTO upload_intents"
            + " (intent_id, ws, hash, size_bytes, mime_type, expires_at) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String INTENT = "SELECT i.ws, i.mime_type FROM upload_intents i WHERE i.intent_id = ?";
    private static final String FULFIL = "DELETE FROM upload_intents WHERE intent_id = ?";
    private static final String FILE = "SELECT f.object, f.size_bytes, f.mime_type, f.state FROM files f"
            + " JOIN workspaces w ON w.ws = f.ws WHERE w.workspace_id = ? AND w.removed_at IS NULL AND f.hash = ?";
    private static final String ADD = "INSERT INTO files (ws, hash, object, size_bytes, mime_type, state, changed_at)"
            + " VALUES (?, ?, ?, ?, ?, 'uploaded', ?) ON CONFLICT (ws, hash) DO UPDATE SET object = excluded.object,"
            + " size_bytes = excluded.size_bytes, mime_type = excluded.mime_type, state = 'uploaded',"
            + " changed_at = excluded.changed_at";
    private static final String COMMIT = "UPDATE files SET state = 'committed' WHERE ws = ? AND hash = ?"
            + " AND state = 'uploaded'";
    private static final String DELETE = "UPDATE files SET state = 'deleted', changed_at = ? WHERE ws = ? AND hash = ?"
            + " AND state <> 'deleted'";
    private static final String GARBAGE = "SELECT f.hash, f.object FROM files f WHERE f.ws = ? AND f.state <> 'committed'"
            + " AND f.changed_at < ? AND NOT EXISTS (SELECT 1 FROM records r WHERE r.ws = f.ws"
            + " AND r.table_name = 'file_meta' AND r.pk = f.hash AND r.deleted = 0) LIMIT ?";
    private static final String REMOVE = "DELETE FROM files WHERE ws = ? AND hash = ?";
    private static final String NAMED = "SELECT 1 FROM files WHERE object = ?";

    private final Store store;
    private final ProviderTime time;
    private final long quota;
    private final FileBytes bytes;
    private final FileServer server;
    private final byte[] secret;

    SqliteStorage(Store store, ProviderTime time) {
        Settings settings = store.settings();
        this.store = store;
        this.time = time;
        this.quota = settings.storageQuota();
        this.bytes = new FileBytes(settings.path());
        this.server = new FileServer(settings, this);
        this.secret = store.read(session -> {
            try (ResultSet row = session.query(SECRET)) {
                return row.getBytes(1);
            }
        });
        sweep();
    }

    /**
     * What is given out.
     *
     * @param size in bytes
     */
    record Kept(InputStream bytes, long size, String mimeType) {
    }

    @Override
    public PresignedUrl presignUpload(Caller caller, UploadRequest input) {
        check(caller, input, input.workspaceId());
        checkHash(input.hash());
        Texts.wellFormed("mimeType", input.mimeType());
        FileUrl url = new FileUrl("PUT", input.workspaceId(), input.hash(), input.sizeBytes(),
                time.millis() + life(input.expiresInMs()), UUID.randomUUID().toString());
        store.write(session -> {
            long ws = enter(session, caller, true);
            session.update(FORGET, ws, time.millis());
            if (input.sizeBytes() > quota - sum(session, STORED, ws, url.hash()) - sum(session, PROMISED, ws, url.hash())) {
                throw new ProviderException(413, "OVERSIZED", "the workspace has no room for " + input.sizeBytes()
                        + " bytes: its quota is " + quota);
            }
            return session.update(PROMISE, url.intentId(), ws, url.hash(), url.size(), input.mimeType(), url.expiresAt());
        });
        return handedOut(url);
    }

    @Override
    public PresignedUrl presignDownload(Caller caller, DownloadRequest input) {
        check(caller, input, input.workspaceId());
        checkHash(input.hash());
        store.read(session -> {
            enter(session, caller, false);
            return committed(session, input.workspaceId(), input.hash());
        });
        return handedOut(new FileUrl("GET", input.workspaceId(), input.hash(), 0, time.millis() + life(input.expiresInMs()),
                ""));
    }

    @Override
    public void commit(Caller caller, Commit input) {
        check(caller, input, input.workspaceId());
        checkHash(input.hash());
        store.write(session -> {
            long ws = enter(session, caller, true);
            Row file = row(session, input.workspaceId(), input.hash());
            if (file == null || file.state().equals("deleted")) {
                throw ProviderException.notFound("nothing was uploaded under this hash");
            }
            if (file.size() != input.sizeBytes()) {
                throw ProviderException.conflict("the file was uploaded with another size");
            }
            return session.update(COMMIT, ws, input.hash());
        });
    }

    @Override
    public void deleteObject(Caller caller, ObjectRef input) {
        check(caller, input, input.workspaceId());
        checkHash(input.hash());
        store.write(session -> session.update(DELETE, time.millis(), enter(session, caller, true), input.hash()));
    }

    @Override
    public Collected gc(Caller caller, CollectObjects input) {
        check(caller, input, input.workspaceId());
        int most = input.limit() == null ? Integer.MAX_VALUE : input.limit();
        List<String> gone = store.write(session -> {
            long ws = enter(session, caller, true);
            return collect(session, ws, time.millis() - 1000 * Math.min(FOREVER, input.retentionSeconds()), most);
        });
        gone.forEach(bytes::delete);
        sweep();
        return new Collected(gone.size());
    }

    private static List<String> collect(Session session, long ws, long before, int most) throws SQLException {
        List<String> hashes = new ArrayList<>();
        List<String> objects = new ArrayList<>();
        try (ResultSet row = session.query(GARBAGE, ws, before, most)) {
            while (row.next()) {
                hashes.add(row.getString(1));
                objects.add(row.getString(2));
            }
        }
        for (String hash : hashes) {
            session.update(REMOVE, ws, hash);
        }
        return objects;
    }

    /** Deletes the bytes that no row names any more. */
    private void sweep() {
        bytes.sweep(object -> store.read(session -> exists(session, object)));
    }

    private static boolean exists(Session session, String object) throws SQLException {
        try (ResultSet row = session.query(NAMED, object)) {
            return row.next();
        }
    }

    /** Refuses malformed input (STOR-09), and callers from elsewhere (STOR-03). */
    private static void check(Caller caller, Record input, String workspaceId) {
        Shape.check(caller, input);
        if (caller == null) {
            throw new ProviderException(401, "UNAUTHORIZED", "nobody is signed in");
        }
        if (!workspaceId.equals(caller.workspaceId())) {
            throw ProviderException.forbidden("this is not the workspace of the session");
        }
    }

    private static void checkHash(String hash) {
        if (!HASH.matcher(hash).matches()) {
            throw ProviderException.badRequest("hash must be sha256: and 64 hex digits, or md5: and 32, in lower case");
        }
    }

    /** The number of the caller's workspace. */
    private static long enter(Session session, Caller caller, boolean writing) throws SQLException {
        try (ResultSet row = session.query(MEMBER, caller.userId(), caller.workspaceId())) {
            if (!row.next()) {
                throw ProviderException.forbidden("this is not a workspace of the caller");
            }
            if (writing && row.getString(2).equals("viewer")) {
                throw ProviderException.forbidden("a viewer may download, not change files");
            }
            return row.getLong(1);
        }
    }

    private static long life(Long asked) {
        return Math.min(asked == null ? LIFE : asked, 1000 * URL_SECONDS);
    }

    private PresignedUrl handedOut(FileUrl url) {
        return new PresignedUrl(server.address() + url.text(secret), url.expiresAt() / 1000, null, url.method(), null,
                url.intentId().isEmpty() ? null : url.intentId());
    }

    private static long sum(Session session, String sql, long ws, String hash) throws SQLException {
        try (ResultSet row = session.query(sql, ws, hash)) {
            return row.getLong(1);
        }
    }

    private record Row(String object, long size, String mimeType, String state) {
    }

    /** Null if there is none. */
    private static Row row(Session session, String workspaceId, String hash) throws SQLException {
        try (ResultSet row = session.query(FILE, workspaceId, hash)) {
            return row.next() ? new Row(row.getString(1), row.getLong(2), row.getString(3), row.getString(4)) : null;
        }
    }

    private static Row committed(Session session, String workspaceId, String hash) throws SQLException {
        Row file = row(session, workspaceId, hash);
        if (file == null || !file.state().equals("committed")) {
            throw ProviderException.notFound("there is no such file");
        }
        return file;
    }

    /** Takes the bytes of an upload, once, by its URL. */
    void take(URI requested, InputStream body) throws IOException {
        FileUrl url = FileUrl.of("PUT", requested, secret, time.millis());
        store.read(session -> intent(session, url));
        String object = bytes.keep(body, url.hash(), url.size());
        String left;
        try {
            left = store.write(session -> add(session, url, object));
        } catch (RuntimeException e) {
            if (!store.read(session -> exists(session, object))) {
                bytes.delete(object);
            }
            throw e;
        }
        if (left != null) {
            bytes.delete(left);
        }
    }

    private record Intent(long ws, String mimeType) {
    }

    private static Intent intent(Session session, FileUrl url) throws SQLException {
        try (ResultSet row = session.query(INTENT, url.intentId())) {
            if (!row.next()) {
                throw ProviderException.conflict("this upload is done, or was given up");
            }
            return new Intent(row.getLong(1), row.getString(2));
        }
    }

    /** The object that is not needed any more, or null. */
    private String add(Session session, FileUrl url, String object) throws SQLException {
        Intent intent = intent(session, url);
        session.update(FULFIL, url.intentId());
        Row old = row(session, url.workspaceId(), url.hash());
        if (old != null && !old.state().equals("deleted")) {
            return object;
        }
        session.update(ADD, intent.ws(), url.hash(), object, url.size(), intent.mimeType(), time.millis());
        return old == null ? null : old.object();
    }

    /** Gives the bytes of a file by a URL. */
    Kept give(URI requested) throws IOException {
        FileUrl url = FileUrl.of("GET", requested, secret, time.millis());
        Row file = store.read(session -> committed(session, url.workspaceId(), url.hash()));
        return new Kept(bytes.open(file.object()), file.size(), file.mimeType());
    }

    @Override
    public void close() {
        server.close();
    }
}
