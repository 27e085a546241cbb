package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.control.Controls.Provisioned;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The workspaces component. Every change is one immediate transaction that looks before it writes, so that it is
 * linearizable across threads and processes (STORE-12); a user has one column for the active workspace, so never two.
 */
final class SqliteWorkspaces implements Workspaces {
    private static final String DEFAULT_NAME = "My workspace";

    private static final String IDENTITY =
            "SELECT user_id, email, display_name FROM users WHERE provider = ? AND provider_user_id = ?";
    private static final String ADD_USER = "INSERT INTO users"
            + " (user_id, provider, provider_user_id, email, display_name, created_at) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String USER = "SELECT 1 FROM users WHERE user_id = ?";
    private static final String ACTIVE = "SELECT w.workspace_id, w.name FROM users u JOIN workspaces w ON w.ws = u.active_ws"
            + " JOIN memberships m ON m.user_id = u.user_id AND m.ws = w.ws WHERE u.user_id = ? AND w.removed_at IS NULL";
    private static final String FIRST = "SELECT w.ws, w.workspace_id, w.name FROM memberships m"
            + " JOIN workspaces w ON w.ws = m.ws WHERE m.user_id = ? AND w.removed_at IS NULL ORDER BY m.ws LIMIT 1";
    private static final String ROLE = "SELECT w.ws, m.role FROM workspaces w"
            + " JOIN memberships m ON m.ws = w.ws AND m.user_id = ? WHERE w.workspace_id = ? AND w.removed_at IS NULL";
    private static final String EXISTS = "SELECT 1 FROM workspaces WHERE workspace_id = ? AND removed_at IS NULL";
    private static final String LIST = "SELECT w.workspace_id, w.name, w.description, m.role, w.created_at,"
            + " w.ws = u.active_ws FROM users u JOIN memberships m ON m.user_id = u.user_id JOIN workspaces w ON w.ws = m.ws"
            + " WHERE u.user_id = ? AND w.removed_at IS NULL ORDER BY m.ws";
    private static final String ADD_WORKSPACE =
            "INSERT INTO workspaces (workspace_id, name, description, created_at) VALUES (?, ?, ?, ?) RETURNING ws";
    private static final String ADD_HEAD = "INSERT INTO sync_heads (ws, head, floor) VALUES (?, 0, 0)";
    private static final String ADD_MEMBER = "INSERT INTO memberships (user_id, ws, role) VALUES (?, ?, ?)";
    private static final String RENAME =
            "UPDATE workspaces SET name = ?, description = COALESCE(?, description) WHERE ws = ?";
    private static final String REMOVE = "UPDATE workspaces SET removed_at = ? WHERE ws = ?";
    private static final String ACTIVATE = "UPDATE users SET active_ws = ? WHERE user_id = ?";
    static final String REHOME = "UPDATE users SET active_ws = (SELECT m.ws FROM memberships m"
            + " JOIN workspaces w ON w.ws = m.ws WHERE m.user_id = users.user_id AND w.removed_at IS NULL"
            + " ORDER BY m.ws LIMIT 1) WHERE active_ws = ?";

    private final Store store;
    private final ProviderTime time;

    SqliteWorkspaces(Store store, ProviderTime time) {
        this.store = store;
        this.time = time;
    }

    @Override
    public UserRef getOrCreateUser(Caller caller, NewUser input) {
        required(input);
        Identity identity = checked(new Identity(input.provider(), input.providerUserId()));
        Texts.wellFormed("email", input.email());
        Texts.wellFormed("displayName", input.displayName());
        User known = store.read(session -> find(session, identity));
        return known != null ? new UserRef(known.userId()) : store.write(session -> {
            User faster = find(session, identity);
            return new UserRef(faster != null ? faster.userId()
                    : addUser(session, identity, input.email(), input.displayName()));
        });
    }

    @Override
    public User getUser(Caller caller, Identity input) {
        required(input);
        Identity identity = checked(input);
        return store.read(session -> find(session, identity));
    }

    @Override
    public DefaultWorkspace getOrCreateDefaultWorkspace(Caller caller, UserRef input) {
        required(input);
        String userId = acting(caller, input.userId());
        DefaultWorkspace active = store.read(session -> active(session, userId));
        return active != null ? active : store.write(session -> {
            DefaultWorkspace faster = active(session, userId);
            return faster != null ? faster : home(session, userId);
        });
    }

    @Override
    public Role getWorkspaceRole(Caller caller, Membership input) {
        required(input);
        if (input.userId() == null || input.workspaceId() == null) {
            throw ProviderException.badRequest("userId or workspaceId is missing");
        }
        return store.read(session -> {
            Standing standing = standing(session, input);
            return standing == null ? null : standing.role();
        });
    }

    @Override
    public List<WorkspaceEntry> listUserWorkspaces(Caller caller, UserRef input) {
        required(input);
        String userId = acting(caller, input.userId());
        return store.read(session -> {
            knownUser(session, userId);
            List<WorkspaceEntry> entries = new ArrayList<>();
            try (ResultSet row = session.query(LIST, userId)) {
                while (row.next()) {
                    entries.add(new WorkspaceEntry(row.getString(1), row.getString(2), row.getString(3),
                            Role.of(row.getString(4)), row.getLong(5), row.getBoolean(6)));
                }
            }
            return entries;
        });
    }

    @Override
    public WorkspaceRef createWorkspace(Caller caller, NewWorkspace input) {
        required(input);
        String userId = signedIn(caller, input.userId());
        String name = Texts.name(input.name());
        String description = Texts.description(input.description());
        return store.write(session -> new WorkspaceRef(create(session, userId, name, description)));
    }

    @Override
    public void updateWorkspace(Caller caller, WorkspaceUpdate input) {
        required(input);
        Membership membership = new Membership(signedIn(caller, input.userId()), input.workspaceId());
        String name = Texts.name(input.name());
        String description = Texts.description(input.description());
        store.write(session -> session.update(RENAME, name, description, owned(session, membership)));
    }

    @Override
    public void removeWorkspace(Caller caller, Membership input) {
        required(input);
        signedIn(caller, input.userId());
        store.write(session -> remove(session, owned(session, input), time.millis()));
    }

    @Override
    public void setActiveWorkspace(Caller caller, Membership input) {
        required(input);
        signedIn(caller, input.userId());
        store.write(session -> session.update(ACTIVATE, member(session, input).ws(), input.userId()));
    }

    /** A fresh workspace with fresh users of the given roles. */
    Provisioned provision(List<Role> members) {
        required(members);
        String workspaceId = UUID.randomUUID().toString();
        return store.write(session -> {
            long ws = addWorkspace(session, workspaceId, "Provisioned", null);
            List<String> userIds = new ArrayList<>();
            for (Role role : members) {
                String userId = addUser(session, new Identity("provision", UUID.randomUUID().toString()), null, null);
                addMember(session, ws, userId, role);
                userIds.add(userId);
            }
            return new Provisioned(workspaceId, userIds);
        });
    }

    /** A fresh workspace of a known user; its id. */
    String create(Session session, String ownerId, String name, String description) throws SQLException {
        knownUser(session, ownerId);
        String workspaceId = UUID.randomUUID().toString();
        addMember(session, addWorkspace(session, workspaceId, name, description), ownerId, Role.OWNER);
        return workspaceId;
    }

    /** Hides a workspace from all its members. */
    static int remove(Session session, long ws, long atMillis) throws SQLException {
        session.update(REMOVE, atMillis, ws);
        // Every member whose active one it was, not only the one who removes it.
        return session.update(REHOME, ws);
    }

    private record Standing(long ws, Role role) {
    }

    private static User find(Session session, Identity identity) throws SQLException {
        try (ResultSet row = session.query(IDENTITY, identity.provider(), identity.providerUserId())) {
            return row.next() ? new User(row.getString(1), row.getString(2), row.getString(3)) : null;
        }
    }

    private String addUser(Session session, Identity identity, String email, String displayName) throws SQLException {
        String userId = UUID.randomUUID().toString();
        session.update(ADD_USER, userId, identity.provider(), identity.providerUserId(), email, displayName, time.millis());
        return userId;
    }

    private long addWorkspace(Session session, String workspaceId, String name, String description) throws SQLException {
        long ws;
        try (ResultSet row = session.query(ADD_WORKSPACE, workspaceId, name, description, time.millis())) {
            ws = row.getLong(1);
        }
        session.update(ADD_HEAD, ws);
        return ws;
    }

    private static void addMember(Session session, long ws, String userId, Role role) throws SQLException {
        session.update(ADD_MEMBER, userId, ws, role.wireName());
    }

    private static DefaultWorkspace active(Session session, String userId) throws SQLException {
        knownUser(session, userId);
        try (ResultSet row = session.query(ACTIVE, userId)) {
            return row.next() ? new DefaultWorkspace(row.getString(1), row.getString(2), false) : null;
        }
    }

    /** Activates the user's oldest workspace, or a new one. */
    private DefaultWorkspace home(Session session, String userId) throws SQLException {
        try (ResultSet row = session.query(FIRST, userId)) {
            if (row.next()) {
                session.update(ACTIVATE, row.getLong(1), userId);
                return new DefaultWorkspace(row.getString(2), row.getString(3), false);
            }
        }
        String workspaceId = UUID.randomUUID().toString();
        long ws = addWorkspace(session, workspaceId, DEFAULT_NAME, null);
        addMember(session, ws, userId, Role.OWNER);
        session.update(ACTIVATE, ws, userId);
        return new DefaultWorkspace(workspaceId, DEFAULT_NAME, true);
    }

    private static Standing standing(Session session, Membership membership) throws SQLException {
        try (ResultSet row = session.query(ROLE, membership.userId(), membership.workspaceId())) {
            return row.next() ? new Standing(row.getLong(1), Role.of(row.getString(2))) : null;
        }
    }

    private static Standing member(Session session, Membership membership) throws SQLException {
        knownUser(session, membership.userId());
        Standing standing = standing(session, membership);
        if (standing != null) {
            return standing;
        }
        try (ResultSet row = session.query(EXISTS, membership.workspaceId())) {
            throw row.next() ? ProviderException.forbidden("the user is no member of the workspace")
                    : ProviderException.notFound("there is no such workspace");
        }
    }

    /** The workspace's number, if the user owns it. */
    private static long owned(Session session, Membership membership) throws SQLException {
        Standing standing = member(session, membership);
        if (standing.role() != Role.OWNER) {
            throw ProviderException.forbidden("only an owner may do this");
        }
        return standing.ws();
    }

    static void knownUser(Session session, String userId) throws SQLException {
        try (ResultSet row = session.query(USER, userId)) {
            if (!row.next()) {
                throw ProviderException.notFound("there is no such user");
            }
        }
    }

    /** The user named in the input, who must be the caller; a host may call without one during sign-in. */
    private static String acting(Caller caller, String userId) {
        if (userId == null || userId.isEmpty()) {
            throw ProviderException.badRequest("userId is missing");
        }
        if (caller != null && !caller.userId().equals(userId)) {
            throw ProviderException.forbidden("userId is not the caller");
        }
        return userId;
    }

    private static String signedIn(Caller caller, String userId) {
        if (caller == null) {
            throw new ProviderException(401, "UNAUTHORIZED", "nobody is signed in");
        }
        return acting(caller, userId);
    }

    /** Identities are compared exactly, code unit by code unit (STORE-03). */
    private static Identity checked(Identity identity) {
        if (identity.provider() == null || identity.provider().isBlank()
                || identity.providerUserId() == null || identity.providerUserId().isBlank()) {
            throw ProviderException.badRequest("provider or providerUserId is missing");
        }
        return new Identity(CodeUnits.encode(identity.provider()), CodeUnits.encode(identity.providerUserId()));
    }

    private static void required(Object input) {
        if (input == null) {
            throw ProviderException.badRequest("the input is missing");
        }
    }
}
