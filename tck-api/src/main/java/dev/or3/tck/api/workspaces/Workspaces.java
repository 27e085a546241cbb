package dev.or3.tck.api.workspaces;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import java.util.List;

/**
 * The workspaces component (STORE rules). Called by several threads at once; linearizable (STORE-12).
 *
 * <p>The acting user is the {@code userId} of the input; the caller names the same one, or is null for the calls a host
 * makes during sign-in. Refusals throw {@link ProviderException} with a 4xx status and change nothing. Names are 1 to 100
 * characters after trimming, descriptions up to 1000.
 */
public interface Workspaces {

    /** The user of an identity, created on first use (STORE-01 to -03). */
    UserRef getOrCreateUser(Caller caller, NewUser input);

    /** The user of an identity, or null (capability {@code getUser}). */
    default User getUser(Caller caller, Identity input) {
        throw ProviderException.unsupported("workspaces.getUser");
    }

    /** The active workspace of a user, or their first, created on first use with an owner membership (STORE-04). */
    DefaultWorkspace getOrCreateDefaultWorkspace(Caller caller, UserRef input);

    /** The role of a user in a live workspace; null for strangers, unknown ids and removed workspaces (STORE-06, -14). */
    Role getWorkspaceRole(Caller caller, Membership input);

    /** The live workspaces of a user, with the user's own roles (STORE-15). */
    List<WorkspaceEntry> listUserWorkspaces(Caller caller, UserRef input);

    /** Creates a workspace owned by the user (STORE-05). */
    WorkspaceRef createWorkspace(Caller caller, NewWorkspace input);

    /** Renames a workspace; an owner may, an editor may or may not, a viewer or a stranger may not (STORE-07). */
    void updateWorkspace(Caller caller, WorkspaceUpdate input);

    /** Removes a workspace; owners only. Members whose active one it was are re-homed (STORE-08). */
    void removeWorkspace(Caller caller, Membership input);

    /** Makes a live workspace of the user the active one (STORE-09). */
    void setActiveWorkspace(Caller caller, Membership input);

    /** An account at an auth provider; compared exactly. */
    record Identity(String provider, String providerUserId) {
    }

    /** An identity with what the auth provider tells of it. */
    record NewUser(String provider, String providerUserId, String email, String displayName) {
    }

    record UserRef(String userId) {
    }

    record User(String userId, String email, String displayName) {
    }

    /**
     * @param created whether this call created it; null if not told
     */
    record DefaultWorkspace(String workspaceId, String workspaceName, Boolean created) {
    }

    /** A user in a workspace. */
    record Membership(String userId, String workspaceId) {
    }

    record WorkspaceRef(String workspaceId) {
    }

    record NewWorkspace(String userId, String name, String description) {
    }

    record WorkspaceUpdate(String userId, String workspaceId, String name, String description) {
    }

    /**
     * @param role      the user's own role
     * @param createdAt epoch seconds or milliseconds; null if not told
     * @param isActive  null if not told
     */
    record WorkspaceEntry(String id, String name, String description, Role role, Long createdAt, Boolean isActive) {
    }
}
