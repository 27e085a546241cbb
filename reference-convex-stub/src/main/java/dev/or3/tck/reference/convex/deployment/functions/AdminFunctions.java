package dev.or3.tck.reference.convex.deployment.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.reference.convex.deployment.Values;
import dev.or3.tck.reference.convex.deployment.database.Document;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** The functions {@code admin:…}: for who holds the deployment's key, since who is an admin is the host's business. */
final class AdminFunctions {
    private static final int PER_PAGE = 20;
    private static final int PER_PAGE_AT_MOST = 1000;
    /** Times below are seconds, others milliseconds: the year 5138, or 1973. */
    private static final long SECONDS = 100_000_000_000L;
    private static final List<String> ROLES = List.of("owner", "editor", "viewer");

    private AdminFunctions() {
    }

    static void register(Functions functions) {
        functions.query("admin:listMembers", keyed(AdminFunctions::listMembers));
        functions.mutation("admin:upsertMember", keyed(AdminFunctions::upsertMember));
        functions.mutation("admin:setMemberRole", keyed(AdminFunctions::setMemberRole));
        functions.mutation("admin:removeMember", keyed(AdminFunctions::removeMember));
        functions.query("admin:listWorkspaces", keyed(AdminFunctions::listWorkspaces));
        functions.query("admin:getWorkspace", keyed(AdminFunctions::getWorkspace));
        functions.mutation("admin:createWorkspace", keyed(AdminFunctions::createWorkspace));
        functions.mutation("admin:softDeleteWorkspace", keyed(AdminFunctions::softDeleteWorkspace));
        functions.mutation("admin:restoreWorkspace", keyed(AdminFunctions::restoreWorkspace));
        functions.query("admin:searchUsers", keyed(AdminFunctions::searchUsers));
        functions.query("admin:getSetting", keyed(AdminFunctions::getSetting));
        functions.mutation("admin:setSetting", keyed(AdminFunctions::setSetting));
        functions.query("admin:listAdmins", keyed(AdminFunctions::listAdmins));
        functions.mutation("admin:grantAdmin", keyed(AdminFunctions::grantAdmin));
        functions.mutation("admin:revokeAdmin", keyed(AdminFunctions::revokeAdmin));
        functions.query("admin:isAdmin", keyed(AdminFunctions::isAdmin));
    }

    private static Function.Body keyed(Function.Body body) {
        return (context, args) -> {
            context.requireKey();
            return body.run(context, args);
        };
    }

    private static JsonNode listMembers(Context context, Args args) {
        ArrayNode members = Values.mapper().createArrayNode();
        for (Document member : members(context, live(context, args))) {
            members.addObject().put("userId", member.text("userId")).put("role", member.text("role"))
                    .put("email", Members.known(context, member.text("userId")).text("email"));
        }
        return members;
    }

    private static List<Document> members(Context context, Document workspace) {
        return context.db().all("members", "by_workspace", workspace.text("workspaceId"));
    }

    private static JsonNode upsertMember(Context context, Args args) {
        Document workspace = live(context, args);
        String role = role(args);
        Document user = named(context, args.text("emailOrProviderId"), args.textOrNull("provider"));
        Document member = Members.find(context, user.text("userId"), workspace.text("workspaceId"));
        if (member == null) {
            WorkspaceFunctions.addMember(context, workspace.text("workspaceId"), user.text("userId"), role);
        } else {
            change(context, workspace, member, role);
        }
        return Functions.nothing();
    }

    /** The one user of that email; or else of that id at their provider, whichever it is if none is given. */
    private static Document named(Context context, String emailOrId, String provider) {
        List<Document> found = provider != null ? List.of() : context.db().all("users", "by_email", emailOrId);
        if (found.isEmpty()) {
            found = context.db().all("users", "by_provider_user", emailOrId).stream()
                    .filter(user -> provider == null || provider.equals(user.text("provider"))).toList();
        }
        if (found.isEmpty()) {
            throw FunctionError.notFound("there is no such user");
        }
        if (found.size() > 1) {
            throw FunctionError.conflict("several users go by that: name one by the id at their provider");
        }
        return found.get(0);
    }

    private static JsonNode setMemberRole(Context context, Args args) {
        Document workspace = live(context, args);
        change(context, workspace, member(context, workspace, args), role(args));
        return Functions.nothing();
    }

    private static void change(Context context, Document workspace, Document member, String role) {
        if (!role.equals(WorkspaceFunctions.OWNER)) {
            checkOwnerStays(context, workspace, member);
        }
        context.db().patch(member, fields -> fields.put("role", role));
    }

    private static JsonNode removeMember(Context context, Args args) {
        Document workspace = live(context, args);
        Document member = member(context, workspace, args);
        checkOwnerStays(context, workspace, member);
        context.db().delete(member);
        WorkspaceFunctions.rehome(context, member.text("userId"), workspace.text("workspaceId"));
        return Functions.nothing();
    }

    private static Document member(Context context, Document workspace, Args args) {
        Document member = Members.find(context, args.text("userId"), workspace.text("workspaceId"));
        if (member == null) {
            throw FunctionError.notFound("the user is no member of the workspace");
        }
        return member;
    }

    private static void checkOwnerStays(Context context, Document workspace, Document member) {
        boolean others = members(context, workspace).stream().anyMatch(other -> other.id() != member.id() && isOwner(other));
        if (isOwner(member) && !others) {
            throw FunctionError.conflict("the last owner of a workspace stays its owner");
        }
    }

    private static boolean isOwner(Document member) {
        return WorkspaceFunctions.OWNER.equals(member.text("role"));
    }

    private static String role(Args args) {
        String role = args.text("role");
        if (!ROLES.contains(role)) {
            throw FunctionError.badRequest("role is none of " + String.join(", ", ROLES));
        }
        return role;
    }

    private static JsonNode listWorkspaces(Context context, Args args) {
        long page = args.number("page", 1, Integer.MAX_VALUE, 1);
        long perPage = args.number("perPage", 1, PER_PAGE_AT_MOST, PER_PAGE);
        boolean deletedToo = args.flag("includeDeleted");
        String search = folded(args.textOrNull("search"));
        List<Document> matching = context.db().all("workspaces", "by_creation").stream()
                .filter(workspace -> deletedToo || !workspace.flag("deleted"))
                .filter(workspace -> search == null || folded(workspace.text("name")).contains(search)).toList();
        ObjectNode answer = Values.object().put("total", matching.size());
        ArrayNode items = answer.putArray("items");
        matching.stream().skip((page - 1) * perPage).limit(perPage).forEach(item -> items.add(summary(context, item)));
        return answer;
    }

    private static String folded(String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    private static ObjectNode summary(Context context, Document workspace) {
        List<Document> members = members(context, workspace);
        ObjectNode summary = Values.object().put("id", workspace.text("workspaceId")).put("name", workspace.text("name"))
                .put("description", workspace.text("description")).put("createdAt", workspace.number("createdAt"))
                .put("deleted", workspace.flag("deleted")).put("memberCount", members.size())
                .put("ownerUserId", members.stream().filter(AdminFunctions::isOwner).findFirst()
                        .map(owner -> owner.text("userId")).orElse(null));
        return workspace.flag("deleted") ? summary.put("deletedAt", workspace.number("deletedAt")) : summary;
    }

    private static JsonNode getWorkspace(Context context, Args args) {
        Document workspace = context.db().first("workspaces", "by_workspace", args.text("workspaceId"));
        return workspace == null ? Functions.nothing() : summary(context, workspace);
    }

    private static JsonNode createWorkspace(Context context, Args args) {
        String name = Names.name(args);
        String description = Names.description(args);
        String owner = Members.known(context, args.text("ownerUserId")).text("userId");
        return Values.object().put("workspaceId",
                WorkspaceFunctions.addWorkspace(context, name, description, owner).text("workspaceId"));
    }

    private static JsonNode softDeleteWorkspace(Context context, Args args) {
        long given = args.number("deletedAt", 0, Long.MAX_VALUE / 1000, context.now());
        Document workspace = any(context, args);
        if (!workspace.flag("deleted")) {
            WorkspaceFunctions.remove(context, workspace, given < SECONDS ? given * 1000 : given);
        }
        return Functions.nothing();
    }

    private static JsonNode restoreWorkspace(Context context, Args args) {
        context.db().patch(any(context, args), fields -> fields.put("deleted", false).remove("deletedAt"));
        return Functions.nothing();
    }

    private static Document any(Context context, Args args) {
        Document workspace = context.db().first("workspaces", "by_workspace", args.text("workspaceId"));
        if (workspace == null) {
            throw FunctionError.notFound("there is no such workspace");
        }
        return workspace;
    }

    private static Document live(Context context, Args args) {
        Document workspace = any(context, args);
        if (workspace.flag("deleted")) {
            throw FunctionError.notFound("the workspace is deleted: restore it first");
        }
        return workspace;
    }

    private static JsonNode searchUsers(Context context, Args args) {
        String query = args.textOrNull("query");
        if (query == null) {
            throw FunctionError.badRequest("query is missing");
        }
        long limit = Math.min(args.number("limit", 1, Integer.MAX_VALUE, PER_PAGE), PER_PAGE_AT_MOST);
        String wanted = folded(query);
        ArrayNode found = Values.mapper().createArrayNode();
        context.db().all("users", "by_user").stream()
                .filter(user -> Stream.of("email", "displayName").map(user::text).filter(Objects::nonNull)
                        .anyMatch(text -> folded(text).contains(wanted)))
                .limit(limit).forEach(user -> found.add(WorkspaceFunctions.shown(user)));
        return found;
    }

    private static JsonNode getSetting(Context context, Args args) {
        Document setting = setting(context, args);
        return setting == null ? Functions.nothing() : setting.fields().get("value");
    }

    private static Document setting(Context context, Args args) {
        if (args.text("key").isBlank()) {
            throw FunctionError.badRequest("key is blank");
        }
        return context.db().first("settings", "by_key", live(context, args).text("workspaceId"), args.text("key"));
    }

    private static JsonNode setSetting(Context context, Args args) {
        String value = args.textOrNull("value");
        if (value == null) {
            throw FunctionError.badRequest("value is missing");
        }
        Document setting = setting(context, args);
        if (setting == null) {
            context.db().insert("settings", Values.object().put("workspaceId", args.text("workspaceId"))
                    .put("key", args.text("key")).put("value", value));
        } else {
            context.db().patch(setting, fields -> fields.put("value", value));
        }
        return Functions.nothing();
    }

    private static JsonNode listAdmins(Context context, Args args) {
        ArrayNode admins = Values.mapper().createArrayNode();
        context.db().all("admins", "by_user").forEach(admin ->
                admins.add(WorkspaceFunctions.shown(Members.known(context, admin.text("userId")))));
        return admins;
    }

    private static JsonNode grantAdmin(Context context, Args args) {
        String userId = Members.known(context, args.text("userId")).text("userId");
        if (context.db().first("admins", "by_user", userId) == null) {
            context.db().insert("admins", Values.object().put("userId", userId));
        }
        return Functions.nothing();
    }

    private static JsonNode revokeAdmin(Context context, Args args) {
        String userId = Members.known(context, args.text("userId")).text("userId");
        Document admin = context.db().first("admins", "by_user", userId);
        if (admin != null) {
            context.db().delete(admin);
        }
        return Functions.nothing();
    }

    private static JsonNode isAdmin(Context context, Args args) {
        return BooleanNode.valueOf(context.db().first("admins", "by_user", args.text("userId")) != null);
    }
}
