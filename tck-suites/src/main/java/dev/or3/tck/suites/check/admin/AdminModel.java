package dev.or3.tck.suites.check.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.Linearizability;
import dev.or3.tck.suites.check.admin.AdminState.User;
import dev.or3.tck.suites.check.admin.AdminState.Workspace;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a correct admin component does one call after the other. Its tables hold more than one history shows: admins, users
 * and workspaces that the history does not know are looked past, and searches look for names that only it gives.
 */
final class AdminModel implements Linearizability.Model<AdminState, AskCall, AskCall> {
    private final AdminState initial;

    AdminModel(AdminState initial) {
        this.initial = initial;
    }

    @Override
    public Collection<AdminState> initial() {
        return Set.of(initial);
    }

    @Override
    public boolean isRead(AskCall call) {
        return AdminCalls.isRead(call);
    }

    @Override
    public Collection<AdminState> step(AdminState state, AskCall call, AskCall same) {
        if (call.isRefused()) {
            return mayRefuse(state, call) ? Set.of(state) : Set.of();
        }
        if (AdminCalls.isRead(call)) {
            return shows(state, call) ? Set.of(state) : Set.of();
        }
        return mustRefuse(state, call) ? Set.of() : Set.of(after(state, call));
    }

    @Override
    public Collection<AdminState> stepUnanswered(AdminState state, AskCall call) {
        return Set.of(AdminCalls.isRead(call) || mustRefuse(state, call) ? state : after(state, call));
    }

    private static boolean mayRefuse(AdminState state, AskCall call) {
        Workspace workspace = state.workspaces().get(call.text("workspaceId"));
        return switch (call.method()) {
            case "getOrCreateUser", "createWorkspace", "listWorkspaces", "searchUsers", "listAdmins" -> false;
            case "grantAdmin", "revokeAdmin", "isAdmin" -> !state.users().containsKey(call.text("userId"));
            case "setMemberRole", "removeMember" -> workspace == null || workspace.deleted()
                    || !workspace.roles().containsKey(call.text("userId")) || endsOwnership(state, call);
            case "upsertMember" -> workspace == null || workspace.deleted()
                    || state.named(call.text("emailOrProviderId")) == null || endsOwnership(state, call);
            case "listUserWorkspaces" -> false;
            case "softDeleteWorkspace", "listMembers", "setSetting", "getSetting" -> workspace == null || workspace.deleted();
            default -> workspace == null;
        };
    }

    /** What must not be done, whatever is answered. */
    private static boolean mustRefuse(AdminState state, AskCall call) {
        boolean aboutMembers = AdminCalls.changesMembers(call);
        return endsOwnership(state, call) || aboutMembers && !state.workspaces().containsKey(call.text("workspaceId"));
    }

    /** Whether it takes the last owner's role. */
    private static boolean endsOwnership(AdminState state, AskCall call) {
        Workspace workspace = state.workspaces().get(call.text("workspaceId"));
        return workspace != null && AdminCalls.changesMembers(call) && workspace.isLastOwner(AdminCalls.member(state, call))
                && !"owner".equals(call.text("role"));
    }

    private static AdminState after(AdminState state, AskCall call) {
        String id = call.text("workspaceId");
        Workspace workspace = state.workspaces().get(id);
        String user = AdminCalls.member(state, call);
        return switch (call.method()) {
            case "getOrCreateUser" -> call.isOk() ? state.with(call.answer().path("userId").asText(), new User(
                    call.text("email"), call.text("displayName"), call.text("providerUserId"))) : state;
            case "createWorkspace" -> call.isOk() ? state.with(call.answer().path("workspaceId").asText(), new Workspace(
                    call.text("name"), Map.of(call.text("ownerUserId"), "owner"), false, Map.of())) : state;
            case "grantAdmin", "revokeAdmin" -> state.users().containsKey(user)
                    ? state.withAdmin(user, call.method().equals("grantAdmin")) : state;
            case "upsertMember" -> workspace == null || user == null ? state
                    : state.with(id, workspace.with(user, call.text("role")));
            case "setMemberRole" -> workspace == null || !workspace.roles().containsKey(user) ? state
                    : state.with(id, workspace.with(user, call.text("role")));
            case "removeMember" -> workspace == null ? state : state.with(id, workspace.with(user, null));
            case "softDeleteWorkspace" -> workspace == null ? state : state.with(id, workspace.deleted(true));
            case "restoreWorkspace" -> workspace == null ? state : state.with(id, workspace.deleted(false));
            case "setSetting" -> workspace == null ? state
                    : state.with(id, workspace.set(call.text("key"), call.text("value")));
            default -> state;
        };
    }

    private static boolean shows(AdminState state, AskCall call) {
        Workspace workspace = state.workspaces().get(call.text("workspaceId"));
        JsonNode answer = call.answer();
        return switch (call.method()) {
            case "getWorkspaceRole" -> {
                String role = workspace == null || workspace.deleted() ? null : workspace.roles().get(call.text("userId"));
                yield role == null ? answer.isNull() : role.equals(answer.textValue());
            }
            case "listUserWorkspaces" -> showsHome(state, call);
            case "listMembers" -> workspace == null ? answer.size() == 0 : workspace.deleted() || showsMembers(workspace, answer);
            case "getWorkspace" -> workspace == null ? answer.isNull() : showsWorkspace(workspace, answer);
            case "getSetting" -> workspace == null || workspace.deleted()
                    || (workspace.settings().containsKey(call.text("key"))
                    ? workspace.settings().get(call.text("key")).equals(answer.textValue()) : answer.isNull());
            case "isAdmin" -> answer.isBoolean() && answer.booleanValue() == state.admins().contains(call.text("userId"));
            case "listAdmins" -> showsAdmins(state, answer);
            case "searchUsers" -> showsUsers(state, call);
            case "listWorkspaces" -> showsPage(state, call);
            default -> true;
        };
    }

    private static boolean showsHome(AdminState state, AskCall call) {
        Map<String, String> shown = new HashMap<>();
        for (JsonNode entry : call.answer()) {
            shown.put(entry.path("id").asText(), entry.path("role").asText());
        }
        return state.workspaces().entrySet().stream().allMatch(known -> {
            String role = known.getValue().deleted() ? null : known.getValue().roles().get(call.text("userId"));
            return role == null ? !shown.containsKey(known.getKey()) : role.equals(shown.get(known.getKey()));
        });
    }

    private static boolean showsMembers(Workspace workspace, JsonNode answer) {
        Map<String, String> shown = new HashMap<>();
        for (JsonNode member : answer) {
            if (shown.put(member.path("userId").asText(), member.path("role").asText()) != null) {
                return false;
            }
        }
        return shown.equals(workspace.roles());
    }

    private static boolean showsWorkspace(Workspace workspace, JsonNode answer) {
        String owner = answer.path("ownerUserId").textValue();
        return workspace.name().strip().equals(answer.path("name").asText())
                && answer.path("deleted").isBoolean() && answer.path("deleted").booleanValue() == workspace.deleted()
                && (workspace.deleted() || answer.path("memberCount").asInt(-1) == workspace.roles().size()
                && (owner == null || workspace.isOwner(owner)));
    }

    private static boolean showsAdmins(AdminState state, JsonNode answer) {
        Set<String> shown = new HashSet<>();
        for (JsonNode admin : answer) {
            if (!shown.add(admin.path("userId").asText())) {
                return false;
            }
        }
        return state.users().keySet().stream().allMatch(user -> shown.contains(user) == state.admins().contains(user));
    }

    /** The query is a text that only users of this history have. */
    private static boolean showsUsers(AdminState state, AskCall call) {
        Set<String> shown = new HashSet<>();
        for (JsonNode user : call.answer()) {
            if (!shown.add(user.path("userId").asText())) {
                return false;
            }
        }
        String query = call.text("query");
        long matching = state.users().values().stream().filter(user -> user.matches(query)).count();
        int limit = call.input().path("limit").asInt(Integer.MAX_VALUE);
        boolean right = shown.stream().allMatch(id -> state.users().containsKey(id) && state.users().get(id).matches(query));
        boolean oursAlone = query.contains("-");
        return oursAlone ? right && (call.input().has("limit") ? shown.size() == Math.min(limit, matching)
                : shown.size() <= matching) : shown.size() <= limit;
    }

    private static boolean showsPage(AdminState state, AskCall call) {
        String search = call.text("search").toLowerCase(Locale.ROOT);
        boolean deletedToo = call.input().path("includeDeleted").asBoolean(false);
        Map<String, Workspace> matching = new HashMap<>(state.workspaces());
        matching.values().removeIf(workspace -> workspace.deleted() && !deletedToo
                || !workspace.name().toLowerCase(Locale.ROOT).contains(search));
        int perPage = call.input().path("perPage").asInt();
        int before = (call.input().path("page").asInt() - 1) * perPage;
        JsonNode items = call.answer().path("items");
        if (call.answer().path("total").asLong(-1) != matching.size()
                || items.size() != Math.max(0, Math.min(perPage, matching.size() - before))) {
            return false;
        }
        Set<String> shown = new HashSet<>();
        for (JsonNode item : items) {
            Workspace workspace = matching.get(item.path("id").asText());
            if (workspace == null || !shown.add(item.path("id").asText()) || !showsWorkspace(workspace, item)) {
                return false;
            }
        }
        return true;
    }
}
