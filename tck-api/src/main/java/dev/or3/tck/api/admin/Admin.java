package dev.or3.tck.api.admin;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.shape.LongText;
import dev.or3.tck.api.shape.OrNull;
import dev.or3.tck.api.workspaces.Role;
import java.util.List;

/**
 * The admin component (ADM rules, STORE-13). Called by several threads at once. Who may call is the host's business;
 * malformed input (ADM-03) and what would leave a workspace without an owner (STORE-13) are refused with a 4xx
 * {@link ProviderException}, and change nothing.
 */
public interface Admin {

    /** How the provider is, and what can be done about it (ADM-01). */
    ProviderStatus getStatus(Caller caller, Nothing input);

    /**
     * Runs a listed action; an unlisted one is refused (ADM-01). Answers what the provider likes. An action that is not
     * marked as dangerous can be run at any time, under load too, and changes nothing that another method shows.
     */
    JsonText runAction(Caller caller, ActionRun input);

    /** All members of a workspace, each once. */
    List<Member> listMembers(Caller caller, WorkspaceRef input);

    /** Makes a known user a member, or changes the role of one; the last owner stays owner (STORE-13). */
    void upsertMember(Caller caller, NewMember input);

    /** Changes the role of a member; refused where the last owner would be none any more (STORE-13). */
    void setMemberRole(Caller caller, MemberRole input);

    /** Refused for the last owner (STORE-13). */
    void removeMember(Caller caller, MemberRef input);

    /**
     * One page of all workspaces, with the number of all that match (ADM-02). As long as none changes, the pages of one
     * query show each of them exactly once, in any order.
     */
    WorkspacePage listWorkspaces(Caller caller, WorkspaceQuery input);

    /** A workspace, deleted or not; null if there is none. */
    WorkspaceSummary getWorkspace(Caller caller, WorkspaceRef input);

    /** Creates a workspace for its owner, a known user. Name and description as in the workspaces component. */
    NewWorkspaceId createWorkspace(Caller caller, NewWorkspace input);

    /** Hides a workspace from its members until it is restored; its members, roles and settings are kept. */
    void softDeleteWorkspace(Caller caller, Deletion input);

    /** Undoes {@link #softDeleteWorkspace}; does nothing to a workspace that is not deleted. */
    void restoreWorkspace(Caller caller, WorkspaceRef input);

    /** The users in whose email or display name the query stands, each once. */
    List<UserSummary> searchUsers(Caller caller, UserQuery input);

    /** The text kept under a key of a workspace; null if there is none. */
    String getSetting(Caller caller, SettingKey input);

    /** Keeps a text under a key of one workspace, in place of what was there. */
    void setSetting(Caller caller, Setting input);

    /** All admins, each once. */
    List<UserSummary> listAdmins(Caller caller, Nothing input);

    /** Makes a known user an admin; does nothing to one who is. An admin is a platform_owner to the config component. */
    void grantAdmin(Caller caller, UserRef input);

    /** Ends that; does nothing to a user who is none. */
    void revokeAdmin(Caller caller, UserRef input);

    boolean isAdmin(Caller caller, UserRef input);

    record Nothing() {
    }

    /**
     * @param details  anything, or null
     * @param warnings none if all is well
     * @param actions  what {@link #runAction} accepts
     */
    record ProviderStatus(JsonText details, List<Warning> warnings, List<Action> actions) {
    }

    /**
     * @param level info, warning or error
     */
    record Warning(String level, String message) {
    }

    /**
     * @param danger whether it cannot be undone; null for no
     */
    record Action(String id, String label, String description, Boolean danger) {
    }

    record ActionRun(String actionId, JsonText payload) {
    }

    record WorkspaceRef(String workspaceId) {
    }

    record UserRef(String userId) {
    }

    record Member(String userId, String email, Role role) {
    }

    /**
     * @param emailOrProviderId of a known user
     * @param provider          of the identity, where the other is a provider's id; null for any
     */
    record NewMember(String workspaceId, String emailOrProviderId, Role role, @OrNull String provider) {
    }

    record MemberRole(String workspaceId, String userId, Role role) {
    }

    record MemberRef(String workspaceId, String userId) {
    }

    /**
     * @param search         a part of the name, whatever its case; null for all
     * @param includeDeleted null for no
     * @param page           from 1; null for the first
     * @param perPage        1 or more; null for the provider's choice
     */
    record WorkspaceQuery(@OrNull String search, @OrNull Boolean includeDeleted, @OrNull Integer page,
            @OrNull Integer perPage) {
    }

    record WorkspacePage(List<WorkspaceSummary> items, long total) {
    }

    /**
     * @param createdAt epoch seconds or milliseconds
     * @param deletedAt of a deleted one; null if not told
     */
    record WorkspaceSummary(String id, String name, String description, Long createdAt, boolean deleted, Long deletedAt,
            String ownerUserId, long memberCount) {
    }

    record NewWorkspace(String name, @OrNull String description, String ownerUserId) {
    }

    record NewWorkspaceId(String workspaceId) {
    }

    /**
     * @param deletedAt epoch seconds or milliseconds; null for now
     */
    record Deletion(String workspaceId, @OrNull Long deletedAt) {
    }

    /**
     * @param limit how many at most; null for the provider's choice
     */
    record UserQuery(String query, @OrNull Integer limit) {
    }

    record UserSummary(String userId, String email, String displayName) {
    }

    record SettingKey(String workspaceId, String key) {
    }

    record Setting(String workspaceId, String key, @LongText String value) {
    }
}
