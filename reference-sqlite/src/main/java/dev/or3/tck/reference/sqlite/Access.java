package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A workspace as one of its members finds it within a transaction.
 *
 * @param ws    its number, which is never used again
 * @param head  the highest version given
 * @param floor everything up to this version was collected
 */
record Access(long ws, long head, long floor) {

    static final String SQL = "SELECT w.ws, h.head, h.floor FROM workspaces w"
            + " JOIN memberships m ON m.user_id = ? AND m.ws = w.ws JOIN sync_heads h ON h.ws = w.ws"
            + " WHERE w.workspace_id = ? AND w.removed_at IS NULL";

    /**
     * Checks that the call is about the workspace of the caller's session (ISO-01).
     *
     * @throws ProviderException 401, 400 or 403
     */
    static void check(Caller caller, Scope scope) {
        if (caller == null) {
            throw new ProviderException(401, "UNAUTHORIZED", "nobody is signed in");
        }
        if (scope == null || scope.workspaceId() == null) {
            throw ProviderException.badRequest("scope.workspaceId is missing");
        }
        if (!scope.workspaceId().equals(caller.workspaceId())) {
            throw ProviderException.forbidden("the scope is not the workspace of the session");
        }
    }

    /**
     * Looks the workspace up, once {@link #check} has passed.
     *
     * @throws ProviderException 403 if it is not a live workspace of the caller's
     */
    static Access of(Session session, Caller caller) throws SQLException {
        var statement = session.prepare(SQL);
        statement.setString(1, caller.userId());
        statement.setString(2, caller.workspaceId());
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw ProviderException.forbidden("this is not a workspace of the caller");
            }
            return new Access(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    Access at(long newHead) {
        return new Access(ws, newHead, floor);
    }
}
