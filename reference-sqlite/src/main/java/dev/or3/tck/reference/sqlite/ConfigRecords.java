package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.ProviderException;
import dev.or3.tck.reference.backends.Sealed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The configurations of organizations as they are kept: sealed, and at most one of an organization active. */
final class ConfigRecords {
    private static final String ACTIVE = "SELECT a.config_id, c.type, a.previous FROM active_backends a"
            + " JOIN backend_configs c ON c.config_id = a.config_id WHERE a.ws = ?";
    private static final String KEPT = "SELECT c.config_id, w.workspace_id, c.type, c.key_id, c.iv, c.ciphertext, c.ws"
            + " FROM backend_configs c JOIN workspaces w ON w.ws = c.ws WHERE ";
    private static final String ONE = KEPT + "c.config_id = ? AND c.ws = ?";
    private static final String NOT_SEALED_WITH = KEPT + "c.key_id <> ? ORDER BY c.config_id";
    private static final String ADD = "INSERT INTO backend_configs"
            + " (config_id, ws, type, key_id, iv, ciphertext, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String RESEAL = "UPDATE backend_configs SET key_id = ?, iv = ?, ciphertext = ?"
            + " WHERE config_id = ? AND key_id = ?";
    private static final String ACTIVATE = "INSERT INTO active_backends (ws, config_id, previous, checked_at)"
            + " VALUES (?, ?, ?, ?) ON CONFLICT (ws) DO UPDATE"
            + " SET config_id = excluded.config_id, previous = excluded.previous, checked_at = excluded.checked_at";

    private ConfigRecords() {
    }

    /**
     * What an organization uses.
     *
     * @param previous what it used before, or null
     */
    record Active(String configId, String type, String previous) {
    }

    /**
     * @param orgId the organization's id, and ws its number
     */
    record Kept(String configId, String orgId, String type, Sealed sealed, long ws) {

        /** What the seal binds it to: it opens for nothing else. */
        String about() {
            return ConfigRecords.about(orgId, configId);
        }
    }

    static String about(String orgId, String configId) {
        return orgId + "/" + configId;
    }

    /** Null if the organization uses the default. */
    static Active active(Session session, long ws) throws SQLException {
        try (ResultSet row = session.query(ACTIVE, ws)) {
            return row.next() ? new Active(row.getString(1), row.getString(2), row.getString(3)) : null;
        }
    }

    static Kept kept(Session session, long ws, String configId) throws SQLException {
        List<Kept> found = read(session.query(ONE, configId, ws));
        if (found.isEmpty()) {
            throw ProviderException.notFound("the organization has no such configuration");
        }
        return found.get(0);
    }

    static long count(Session session) throws SQLException {
        try (ResultSet row = session.query("SELECT COUNT(*) FROM backend_configs")) {
            return row.getLong(1);
        }
    }

    static List<Kept> notSealedWith(Session session, String keyId) throws SQLException {
        return read(session.query(NOT_SEALED_WITH, keyId));
    }

    private static List<Kept> read(ResultSet rows) throws SQLException {
        try (rows) {
            List<Kept> found = new ArrayList<>();
            while (rows.next()) {
                found.add(new Kept(rows.getString(1), rows.getString(2), rows.getString(3),
                        new Sealed(rows.getString(4), rows.getBytes(5), rows.getBytes(6)), rows.getLong(7)));
            }
            return found;
        }
    }

    static void add(Session session, Kept kept, String createdBy, long now) throws SQLException {
        Sealed sealed = kept.sealed();
        session.update(ADD, kept.configId(), kept.ws(), kept.type(), sealed.keyId(), sealed.iv(), sealed.ciphertext(),
                createdBy, now);
    }

    /** Whether it was still sealed with the old key. */
    static boolean reseal(Session session, Kept old, Sealed renewed) throws SQLException {
        return session.update(RESEAL, renewed.keyId(), renewed.iv(), renewed.ciphertext(), old.configId(),
                old.sealed().keyId()) == 1;
    }

    static void activate(Session session, long ws, String configId, String previous, long now) throws SQLException {
        session.update(ACTIVATE, ws, configId, previous, now);
    }
}
