package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.ProviderException;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An organization, which is a workspace, as somebody may use its configuration (CFG-09).
 *
 * @param ws      the workspace's number
 * @param orgId   its id
 * @param changes whether configurations may be changed and seen: by owners and admins; other members see the type alone
 */
record Organization(long ws, String orgId, boolean changes) {
    private static final String SQL = "SELECT w.ws, m.role, a.user_id FROM workspaces w"
            + " LEFT JOIN memberships m ON m.ws = w.ws AND m.user_id = ?1 LEFT JOIN admins a ON a.user_id = ?1"
            + " WHERE w.workspace_id = ?2 AND w.removed_at IS NULL";

    /**
     * @param userId null: the host itself, which may do everything
     * @throws ProviderException 404 if there is none, 403 if the user is neither a member nor an admin
     */
    static Organization seenBy(Session session, String userId, String orgId) throws SQLException {
        try (ResultSet row = session.query(SQL, userId, orgId)) {
            if (!row.next()) {
                throw ProviderException.notFound("there is no such organization");
            }
            String role = row.getString(2);
            boolean admin = userId == null || row.getString(3) != null;
            if (role == null && !admin) {
                throw ProviderException.forbidden("only members and admins may see an organization's configuration");
            }
            return new Organization(row.getLong(1), orgId, admin || role.equals("owner"));
        }
    }

    /**
     * @throws ProviderException 404 if there is none, 403 if the user may not change its configuration
     */
    static Organization changedBy(Session session, String userId, String orgId) throws SQLException {
        Organization organization = seenBy(session, userId, orgId);
        if (!organization.changes) {
            throw ProviderException.forbidden("only owners and admins may change an organization's configuration");
        }
        return organization;
    }
}
