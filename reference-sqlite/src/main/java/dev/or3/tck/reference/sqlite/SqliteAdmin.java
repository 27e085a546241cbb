package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.admin.Admin;
import dev.or3.tck.api.shape.Shape;
import dev.or3.tck.api.workspaces.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The admin component. Every change is one transaction that looks before it writes, so that what it looked at, the last
 * owner above all, still holds when it is written, across threads and processes (STORE-13).
 */
final class SqliteAdmin implements Admin {
    private static final String FIND = "SELECT ws, removed_at FROM workspaces WHERE workspace_id = ?";
    private static final String MEMBERS = "SELECT m.user_id, u.email, m.role FROM memberships m"
            + " JOIN users u ON u.user_id = m.user_id WHERE m.ws = ? ORDER BY m.user_id";
    private static final String MEMBER = "SELECT 1 FROM memberships WHERE ws = ? AND user_id = ?";
    private static final String OWNS = MEMBER + " AND role = 'owner'";
    private static final String OTHER_OWNER =
            "SELECT 1 FROM memberships WHERE ws = ? AND role = 'owner' AND user_id <> ? LIMIT 1";
    private static final String PUT_MEMBER = "INSERT INTO memberships (user_id, ws, role) VALUES (?, ?, ?)"
            + " ON CONFLICT (user_id, ws) DO UPDATE SET role = excluded.role";
    private static final String REMOVE_MEMBER = "DELETE FROM memberships WHERE ws = ? AND user_id = ?";
    private static final String BY_EMAIL = "SELECT user_id FROM users WHERE email = ? LIMIT 2";
    private static final String BY_PROVIDER_ID =
            "SELECT user_id FROM users WHERE provider_user_id = ?1 AND (?2 IS NULL OR provider = ?2) LIMIT 2";
    private static final String SUMMARY = "SELECT w.workspace_id, w.name, w.description, w.created_at, w.removed_at,"
            + " (SELECT m.user_id FROM memberships m WHERE m.ws = w.ws AND m.role = 'owner' ORDER BY m.user_id LIMIT 1),"
            + " (SELECT COUNT(*) FROM memberships m WHERE m.ws = w.ws) FROM workspaces w";
    private static final String MATCHING = " WHERE (?1 OR w.removed_at IS NULL)"
            + " AND (?2 IS NULL OR instr(" + Folding.NAME + "(w.name), ?2) > 0)";
    private static final String PAGE = SUMMARY + MATCHING + " ORDER BY w.ws LIMIT ?3 OFFSET ?4";
    private static final String TOTAL = "SELECT COUNT(*) FROM workspaces w" + MATCHING;
    private static final String ONE = SUMMARY + " WHERE w.workspace_id = ?";
    private static final String RESTORE = "UPDATE workspaces SET removed_at = NULL WHERE ws = ?";
    private static final String USERS = "SELECT user_id, email, display_name FROM users"
            + " WHERE instr(" + Folding.NAME + "(email), ?1) > 0 OR instr(" + Folding.NAME + "(display_name), ?1) > 0"
            + " ORDER BY user_id LIMIT ?2";
    private static final String GET_SETTING = "SELECT value FROM workspace_settings WHERE ws = ? AND key = ?";
    private static final String PUT_SETTING = "INSERT INTO workspace_settings (ws, key, value) VALUES (?, ?, ?)"
            + " ON CONFLICT (ws, key) DO UPDATE SET value = excluded.value";
    private static final String ADMINS = "SELECT u.user_id, u.email, u.display_name FROM admins a"
            + " JOIN users u ON u.user_id = a.user_id ORDER BY u.user_id";
    private static final String IS_ADMIN = "SELECT 1 FROM admins WHERE user_id = ?";
    private static final String GRANT =
            "INSERT INTO admins (user_id, granted_at) VALUES (?, ?) ON CONFLICT (user_id) DO NOTHING";
    private static final String REVOKE = "DELETE FROM admins WHERE user_id = ?";

    private static final int PER_PAGE = 20;
    private static final int PER_PAGE_AT_MOST = 1000;
    /** Times below are seconds, others milliseconds: the year 5138, or 1973. */
    private static final long SECONDS = 100_000_000_000L;

    private final Store store;
    private final SqliteWorkspaces workspaces;
    private final ProviderTime time;
    private final Upkeep upkeep;

    SqliteAdmin(Store store, SqliteWorkspaces workspaces, ProviderTime time, List<Upkeep.Part> parts) {
        this.store = store;
        this.workspaces = workspaces;
        this.time = time;
        this.upkeep = new Upkeep(store, time, parts);
    }

    @Override
    public ProviderStatus getStatus(Caller caller, Nothing input) {
        return upkeep.status();
    }

    @Override
    public JsonText runAction(Caller caller, ActionRun input) {
        Shape.check(caller, input);
        return upkeep.run(input.actionId());
    }

    @Override
    public List<Member> listMembers(Caller caller, WorkspaceRef input) {
        Shape.check(caller, input);
        return store.read(session -> {
            List<Member> members = new ArrayList<>();
            try (ResultSet row = session.query(MEMBERS, live(session, input.workspaceId()))) {
                while (row.next()) {
                    members.add(new Member(row.getString(1), row.getString(2), Role.of(row.getString(3))));
                }
            }
            return members;
        });
    }

    @Override
    public void upsertMember(Caller caller, NewMember input) {
        Shape.check(caller, input);
        store.write(session -> {
            long ws = live(session, input.workspaceId());
            String userId = named(session, input.emailOrProviderId(), input.provider());
            checkOwnerStays(session, ws, userId, input.role());
            return session.update(PUT_MEMBER, userId, ws, input.role().wireName());
        });
    }

    @Override
    public void setMemberRole(Caller caller, MemberRole input) {
        Shape.check(caller, input);
        store.write(session -> {
            long ws = member(session, input.workspaceId(), input.userId());
            checkOwnerStays(session, ws, input.userId(), input.role());
            return session.update(PUT_MEMBER, input.userId(), ws, input.role().wireName());
        });
    }

    @Override
    public void removeMember(Caller caller, MemberRef input) {
        Shape.check(caller, input);
        store.write(session -> {
            long ws = member(session, input.workspaceId(), input.userId());
            checkOwnerStays(session, ws, input.userId(), null);
            session.update(REMOVE_MEMBER, ws, input.userId());
            return session.update(SqliteWorkspaces.REHOME + " AND user_id = ?", ws, input.userId());
        });
    }

    @Override
    public WorkspacePage listWorkspaces(Caller caller, WorkspaceQuery input) {
        Shape.check(caller, input);
        long page = input.page() == null ? 1 : input.page();
        int perPage = input.perPage() == null ? PER_PAGE : input.perPage();
        if (page < 1 || perPage < 1 || perPage > PER_PAGE_AT_MOST) {
            throw ProviderException.badRequest("page must be 1 or more, and perPage 1 to " + PER_PAGE_AT_MOST);
        }
        int deletedToo = Boolean.TRUE.equals(input.includeDeleted()) ? 1 : 0;
        String search = input.search() == null ? null : Folding.fold(Texts.wellFormed("search", input.search()));
        return store.read(session -> {
            List<WorkspaceSummary> items = new ArrayList<>();
            try (ResultSet row = session.query(PAGE, deletedToo, search, perPage, (page - 1) * perPage)) {
                while (row.next()) {
                    items.add(summary(row));
                }
            }
            try (ResultSet row = session.query(TOTAL, deletedToo, search)) {
                return new WorkspacePage(items, row.getLong(1));
            }
        });
    }

    @Override
    public WorkspaceSummary getWorkspace(Caller caller, WorkspaceRef input) {
        Shape.check(caller, input);
        return store.read(session -> {
            try (ResultSet row = session.query(ONE, input.workspaceId())) {
                return row.next() ? summary(row) : null;
            }
        });
    }

    @Override
    public NewWorkspaceId createWorkspace(Caller caller, NewWorkspace input) {
        Shape.check(caller, input);
        String name = Texts.name(input.name());
        String description = Texts.description(input.description());
        return store.write(session ->
                new NewWorkspaceId(workspaces.create(session, input.ownerUserId(), name, description)));
    }

    @Override
    public void softDeleteWorkspace(Caller caller, Deletion input) {
        Shape.check(caller, input);
        long at = input.deletedAt() == null ? time.millis()
                : input.deletedAt() < SECONDS ? input.deletedAt() * 1000 : input.deletedAt();
        store.write(session -> {
            Found found = find(session, input.workspaceId());
            return found.removed() ? 0 : SqliteWorkspaces.remove(session, found.ws(), at);
        });
    }

    @Override
    public void restoreWorkspace(Caller caller, WorkspaceRef input) {
        Shape.check(caller, input);
        store.write(session -> session.update(RESTORE, find(session, input.workspaceId()).ws()));
    }

    @Override
    public List<UserSummary> searchUsers(Caller caller, UserQuery input) {
        Shape.check(caller, input);
        int limit = input.limit() == null ? PER_PAGE : Math.min(input.limit(), PER_PAGE_AT_MOST);
        if (limit < 1) {
            throw ProviderException.badRequest("limit must be 1 or more");
        }
        String query = Folding.fold(Texts.wellFormed("query", input.query()));
        return store.read(session -> users(session.query(USERS, query, limit)));
    }

    @Override
    public String getSetting(Caller caller, SettingKey input) {
        Shape.check(caller, input);
        return store.read(session -> {
            try (ResultSet row = session.query(GET_SETTING, live(session, input.workspaceId()), key(input.key()))) {
                return row.next() ? Session.key(row, 1) : null;
            }
        });
    }

    @Override
    public void setSetting(Caller caller, Setting input) {
        Shape.check(caller, input);
        store.write(session -> session.update(PUT_SETTING, live(session, input.workspaceId()), key(input.key()),
                CodeUnits.encode(input.value())));
    }

    @Override
    public List<UserSummary> listAdmins(Caller caller, Nothing input) {
        return store.read(session -> users(session.query(ADMINS)));
    }

    @Override
    public void grantAdmin(Caller caller, UserRef input) {
        Shape.check(caller, input);
        store.write(session -> {
            SqliteWorkspaces.knownUser(session, input.userId());
            return session.update(GRANT, input.userId(), time.millis());
        });
    }

    @Override
    public void revokeAdmin(Caller caller, UserRef input) {
        Shape.check(caller, input);
        store.write(session -> {
            SqliteWorkspaces.knownUser(session, input.userId());
            return session.update(REVOKE, input.userId());
        });
    }

    @Override
    public boolean isAdmin(Caller caller, UserRef input) {
        Shape.check(caller, input);
        return store.read(session -> there(session, IS_ADMIN, input.userId()));
    }

    private record Found(long ws, boolean removed) {
    }

    private static Found find(Session session, String workspaceId) throws SQLException {
        try (ResultSet row = session.query(FIND, workspaceId)) {
            if (!row.next()) {
                throw ProviderException.notFound("there is no such workspace");
            }
            return new Found(row.getLong(1), row.getObject(2) != null);
        }
    }

    private static long live(Session session, String workspaceId) throws SQLException {
        Found found = find(session, workspaceId);
        if (found.removed()) {
            throw ProviderException.notFound("the workspace is deleted: restore it first");
        }
        return found.ws();
    }

    private static long member(Session session, String workspaceId, String userId) throws SQLException {
        long ws = live(session, workspaceId);
        if (!there(session, MEMBER, ws, userId)) {
            throw ProviderException.notFound("the user is no member of the workspace");
        }
        return ws;
    }

    /** The one user of that email; or else of that id at their provider, whichever it is if none is given. */
    private static String named(Session session, String emailOrProviderId, String provider) throws SQLException {
        List<String> found = new ArrayList<>();
        if (provider == null) {
            ids(session.query(BY_EMAIL, emailOrProviderId), found);
        }
        if (found.isEmpty()) {
            ids(session.query(BY_PROVIDER_ID, CodeUnits.encode(emailOrProviderId),
                    provider == null ? null : CodeUnits.encode(provider)), found);
        }
        if (found.isEmpty()) {
            throw ProviderException.notFound("there is no such user");
        }
        if (found.size() > 1) {
            throw ProviderException.conflict("several users go by that: name one by the id at their provider");
        }
        return found.get(0);
    }

    private static void ids(ResultSet rows, List<String> found) throws SQLException {
        try (rows) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
    }

    /** Refuses to take the role of the last owner (STORE-13). */
    private static void checkOwnerStays(Session session, long ws, String userId, Role role) throws SQLException {
        if (role != Role.OWNER && there(session, OWNS, ws, userId) && !there(session, OTHER_OWNER, ws, userId)) {
            throw ProviderException.conflict("the last owner of a workspace stays its owner");
        }
    }

    private static boolean there(Session session, String sql, Object... parameters) throws SQLException {
        try (ResultSet row = session.query(sql, parameters)) {
            return row.next();
        }
    }

    private static String key(String given) {
        if (given.isBlank()) {
            throw ProviderException.badRequest("key is blank");
        }
        return CodeUnits.encode(given);
    }

    private static WorkspaceSummary summary(ResultSet row) throws SQLException {
        boolean deleted = row.getObject(5) != null;
        return new WorkspaceSummary(row.getString(1), row.getString(2), row.getString(3), row.getLong(4), deleted,
                deleted ? row.getLong(5) : null, row.getString(6), row.getLong(7));
    }

    private static List<UserSummary> users(ResultSet rows) throws SQLException {
        try (rows) {
            List<UserSummary> users = new ArrayList<>();
            while (rows.next()) {
                users.add(new UserSummary(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
            return users;
        }
    }
}
