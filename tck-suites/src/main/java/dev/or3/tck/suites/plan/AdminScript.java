package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.Stages.fields;

import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.plan.Plan.Client;
import dev.or3.tck.suites.plan.Plan.Space;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes down calls of the admin component, and of the workspaces component beside it. Users are met by a first login, for
 * members are found by their email; who calls is a provisioned owner.
 */
final class AdminScript {
    static final int CLIENTS = 4;
    static final String CALLER = "${user:0:0}";
    static final String SHARED = "${workspace:0}";

    private static final String COMPONENT = "admin";
    private static final List<Space> SPACES = List.of(Space.of(Role.OWNER, Role.EDITOR, Role.VIEWER));
    private static final List<Client> DEVICES = List.of(new Client(0, 0, "device-0"), new Client(0, 1, "device-1"),
            new Client(0, 2, "device-2"), new Client(0, 0, "device-3"));

    final Stages stages = new Stages(CLIENTS);
    private int texts;

    Plan plan(String name, long seed, int index, Set<Feature> features) {
        return new Plan(name, seed, index, features, SPACES, DEVICES, stages.all());
    }

    /** A text that no other call gives. */
    String fresh(String what) {
        return what + " " + texts++ + " of ${run}";
    }

    static String bound(String variable) {
        return "${var:" + variable + "}";
    }

    static String email(String name) {
        return name + "-${run}@example.org";
    }

    /** A user of that name, with an email and a display name that both begin with it. */
    AdminScript user(String name) {
        stages.ask("workspaces", "getOrCreateUser", null, null, fields("provider", "github", "providerUserId",
                name + "-id-${run}", "email", email(name), "displayName", name + "-${run}"), Map.of(name, "/userId"));
        return this;
    }

    AdminScript role(String user, String workspace) {
        stages.ask("workspaces", "getWorkspaceRole", user, null, fields("userId", user, "workspaceId", workspace), Map.of());
        return this;
    }

    AdminScript home(String user) {
        stages.ask("workspaces", "listUserWorkspaces", user, null, fields("userId", user), Map.of());
        return this;
    }

    /** Asks how the provider is, runs the first harmless action, and one that nobody listed. */
    AdminScript status(String tag) {
        return call("getStatus", Map.of(), Map.of(tag, "/actions/[danger!=true]/id"))
                .call("runAction", fields("actionId", bound(tag)))
                .call("runAction", fields("actionId", "no-such-action-${run}"))
                .call("getStatus", Map.of());
    }

    AdminScript create(String owner, String name, String bind) {
        return call("createWorkspace", fields("name", name, "ownerUserId", owner), Map.of(bind, "/workspaceId"));
    }

    AdminScript get(String workspace) {
        return call("getWorkspace", fields("workspaceId", workspace));
    }

    AdminScript delete(String workspace) {
        return call("softDeleteWorkspace", fields("workspaceId", workspace, "deletedAt", 1_800_000_000L));
    }

    AdminScript restore(String workspace) {
        return call("restoreWorkspace", fields("workspaceId", workspace));
    }

    AdminScript list(String search, Boolean includeDeleted, int page, int perPage) {
        return call("listWorkspaces",
                fields("search", search, "includeDeleted", includeDeleted, "page", page, "perPage", perPage));
    }

    AdminScript members(String workspace) {
        return call("listMembers", fields("workspaceId", workspace));
    }

    /** By the email of a user of that name. */
    AdminScript upsert(String workspace, String name, Role role) {
        return call("upsertMember",
                fields("workspaceId", workspace, "emailOrProviderId", email(name), "role", role.wireName()));
    }

    /** By the identity of a user of that name. */
    AdminScript upsertIdentity(String workspace, String name, Role role) {
        return call("upsertMember", fields("workspaceId", workspace, "emailOrProviderId", name + "-id-${run}",
                "role", role.wireName(), "provider", "github"));
    }

    AdminScript setRole(String workspace, String user, Role role) {
        return call("setMemberRole", fields("workspaceId", workspace, "userId", user, "role", role.wireName()));
    }

    AdminScript remove(String workspace, String user) {
        return call("removeMember", fields("workspaceId", workspace, "userId", user));
    }

    AdminScript users(String query, Integer limit) {
        return call("searchUsers", fields("query", query, "limit", limit));
    }

    AdminScript setting(String workspace, String key) {
        return call("getSetting", fields("workspaceId", workspace, "key", key));
    }

    AdminScript set(String workspace, String key, String value) {
        return call("setSetting", fields("workspaceId", workspace, "key", key, "value", value));
    }

    AdminScript admins() {
        return call("listAdmins", Map.of());
    }

    AdminScript isAdmin(String user) {
        return call("isAdmin", fields("userId", user));
    }

    AdminScript grant(String user) {
        return call("grantAdmin", fields("userId", user));
    }

    AdminScript revoke(String user) {
        return call("revokeAdmin", fields("userId", user));
    }

    private AdminScript call(String method, Map<String, Object> input) {
        return call(method, input, Map.of());
    }

    private AdminScript call(String method, Map<String, Object> input, Map<String, String> binds) {
        stages.ask(COMPONENT, method, CALLER, SHARED, input, binds);
        return this;
    }
}
