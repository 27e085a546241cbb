package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.limits.RateLimits;
import dev.or3.tck.api.shape.Shape;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The rateLimits component, with sliding windows: what was let through within the last window counts. Counting and
 * recording are one transaction, so that the limit holds across threads and processes, and over restarts (RATE-01).
 */
final class SqliteRateLimits implements RateLimits {
    static final String FORGET = "DELETE FROM requests WHERE expires_at <= ?";
    private static final String COUNT = "SELECT COUNT(*), MIN(at) FROM requests WHERE key = ? AND at > ?";
    private static final String NTH = "SELECT at FROM requests WHERE key = ? AND at > ? ORDER BY at LIMIT 1 OFFSET ?";
    private static final String RECORD = "INSERT INTO requests (key, at, expires_at) VALUES (?, ?, ?)";

    /** A hundred years, in milliseconds: no window needs to be longer. */
    private static final long FOREVER = 100L * 366 * 24 * 3600 * 1000;

    private final Store store;
    private final ProviderTime time;

    SqliteRateLimits(Store store, ProviderTime time) {
        this.store = store;
        this.time = time;
    }

    @Override
    public Decision checkAndRecord(Caller caller, Check input) {
        String key = checked(caller, input);
        long window = Math.min(input.config().windowMs(), FOREVER);
        int max = input.config().maxRequests();
        return store.write(session -> {
            long now = time.millis();
            session.update(FORGET, now);
            Counted counted = count(session, key, now - window);
            if (counted.count() >= max) {
                return new Decision(false, 0, nth(session, key, now - window, counted.count() - max) + window - now);
            }
            session.update(RECORD, key, now, now + window);
            return new Decision(true, max - counted.count() - 1, null);
        });
    }

    @Override
    public Stats getStats(Caller caller, Check input) {
        String key = checked(caller, input);
        long window = Math.min(input.config().windowMs(), FOREVER);
        int max = input.config().maxRequests();
        return store.read(session -> {
            long now = time.millis();
            Counted counted = count(session, key, now - window);
            return new Stats(max, Math.max(0, max - counted.count()),
                    counted.count() == 0 ? 0 : counted.oldest() + window - now);
        });
    }

    /** Refuses malformed input; the key as it is kept (RATE-04). */
    private static String checked(Caller caller, Check input) {
        Shape.check(caller, input);
        if (input.config().windowMs() < 1 || input.config().maxRequests() < 1) {
            throw ProviderException.badRequest("windowMs and maxRequests must be 1 or more");
        }
        return CodeUnits.encode(input.key());
    }

    /**
     * @param oldest when the first of them came, in milliseconds; 0 if there is none
     */
    private record Counted(int count, long oldest) {
    }

    private static Counted count(Session session, String key, long after) throws SQLException {
        try (ResultSet row = session.query(COUNT, key, after)) {
            return new Counted(row.getInt(1), row.getLong(2));
        }
    }

    private static long nth(Session session, String key, long after, int place) throws SQLException {
        try (ResultSet row = session.query(NTH, key, after, place)) {
            return row.getLong(1);
        }
    }
}
