package dev.or3.tck.reference.convex.deployment.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.reference.convex.deployment.Values;
import dev.or3.tck.reference.convex.deployment.database.Document;
import java.util.Comparator;
import java.util.UUID;

/** The functions {@code workspaces:…}. A user has one field for the active workspace, so never two. */
final class WorkspaceFunctions {
    static final String OWNER = "owner";
    static final String ACTIVE = "activeWorkspaceId";
    private static final String DEFAULT_NAME = "My workspace";

    private WorkspaceFunctions() {
    }

    static void register(Functions functions) {
        functions.query("workspaces:getUser", WorkspaceFunctions::getUser);
        functions.mutation("workspaces:getOrCreateUser", WorkspaceFunctions::getOrCreateUser);
        functions.mutation("workspaces:getOrCreateDefaultWorkspace", WorkspaceFunctions::getOrCreateDefaultWorkspace);
        functions.query("workspaces:getWorkspaceRole", WorkspaceFunctions::getWorkspaceRole);
        functions.query("workspaces:listUserWorkspaces", WorkspaceFunctions::listUserWorkspaces);
        functions.mutation("workspaces:createWorkspace", WorkspaceFunctions::createWorkspace);
        functions.mutation("workspaces:updateWorkspace", WorkspaceFunctions::updateWorkspace);
        functions.mutation("workspaces:removeWorkspace", WorkspaceFunctions::removeWorkspace);
        functions.mutation("workspaces:setActiveWorkspace", WorkspaceFunctions::setActiveWorkspace);
    }

    private static JsonNode getUser(Context context, Args args) {
        Document user = identified(context, args);
        return user == null ? Functions.nothing() : shown(user);
    }

    /** What others are told of a user. */
    static ObjectNode shown(Document user) {
        return Values.object().put("userId", user.text("userId")).put("email", user.text("email"))
                .put("displayName", user.text("displayName"));
    }

    private static Document identified(Context context, Args args) {
        String provider = Names.identity("provider", args.text("provider"));
        String id = Names.identity("providerUserId", args.text("providerUserId"));
        return context.db().first("users", "by_identity", provider, id);
    }

    private static JsonNode getOrCreateUser(Context context, Args args) {
        Document user = identified(context, args);
        if (user == null) {
            user = addUser(context, args.text("provider"), args.text("providerUserId"), args.textOrNull("email"),
                    args.textOrNull("displayName"));
        }
        return Values.object().put("userId", user.text("userId"));
    }

    static Document addUser(Context context, String provider, String providerUserId, String email, String displayName) {
        return context.db().insert("users", Values.object().put("userId", UUID.randomUUID().toString())
                .put("provider", provider).put("providerUserId", providerUserId).put("email", email)
                .put("displayName", displayName).put("createdAt", context.now()));
    }

    private static JsonNode getOrCreateDefaultWorkspace(Context context, Args args) {
        Document user = Members.known(context, context.acting(args));
        String active = user.text(ACTIVE);
        if (active != null && Members.find(context, user.text("userId"), active) != null) {
            return home(Members.live(context, active), false);
        }
        Document first = firstOf(context, user.text("userId"));
        Document home = first != null ? first : addWorkspace(context, DEFAULT_NAME, null, user.text("userId"));
        activate(context, user, home.text("workspaceId"));
        return home(home, first == null);
    }

    private static ObjectNode home(Document workspace, boolean created) {
        return Values.object().put("workspaceId", workspace.text("workspaceId")).put("workspaceName", workspace.text("name"))
                .put("created", created);
    }

    /** The user's live workspace that they came to first, or null. */
    private static Document firstOf(Context context, String userId) {
        return context.db().all("members", "by_user", userId).stream().sorted(Comparator.comparingLong(Document::id))
                .map(member -> Members.live(context, member.text("workspaceId"))).filter(live -> live != null)
                .findFirst().orElse(null);
    }

    private static void activate(Context context, Document user, String workspaceId) {
        context.db().patch(user, fields -> fields.put(ACTIVE, workspaceId));
    }

    private static JsonNode getWorkspaceRole(Context context, Args args) {
        Document member = Members.find(context, args.text("userId"), args.text("workspaceId"));
        return member == null ? Functions.nothing() : member.fields().get("role");
    }

    private static JsonNode listUserWorkspaces(Context context, Args args) {
        Document user = Members.known(context, context.acting(args));
        ArrayNode entries = Values.mapper().createArrayNode();
        for (Document member : context.db().all("members", "by_user", user.text("userId"))) {
            Document workspace = Members.live(context, member.text("workspaceId"));
            if (workspace != null) {
                entries.addObject().put("id", workspace.text("workspaceId")).put("name", workspace.text("name"))
                        .put("description", workspace.text("description")).put("role", member.text("role"))
                        .put("createdAt", workspace.number("createdAt"))
                        .put("isActive", workspace.text("workspaceId").equals(user.text(ACTIVE)));
            }
        }
        return entries;
    }

    private static JsonNode createWorkspace(Context context, Args args) {
        String name = Names.name(args);
        String description = Names.description(args);
        String userId = Members.known(context, context.acting(args)).text("userId");
        return Values.object().put("workspaceId", addWorkspace(context, name, description, userId).text("workspaceId"));
    }

    static Document addWorkspace(Context context, String name, String description, String ownerId) {
        Document workspace = context.db().insert("workspaces", Values.object()
                .put("workspaceId", UUID.randomUUID().toString()).put("name", name).put("description", description)
                .put("createdAt", context.now()).put("deleted", false));
        if (ownerId != null) {
            addMember(context, workspace.text("workspaceId"), ownerId, OWNER);
        }
        return workspace;
    }

    static void addMember(Context context, String workspaceId, String userId, String role) {
        context.db().insert("members", Values.object().put("workspaceId", workspaceId).put("userId", userId)
                .put("role", role));
    }

    private static JsonNode updateWorkspace(Context context, Args args) {
        String name = Names.name(args);
        String description = Names.description(args);
        Document member = Members.require(context, args, OWNER);
        context.db().patch(Members.live(context, member.text("workspaceId")), fields -> {
            fields.put("name", name);
            if (description != null) {
                fields.put("description", description);
            }
        });
        return Functions.nothing();
    }

    private static JsonNode removeWorkspace(Context context, Args args) {
        Document member = Members.require(context, args, OWNER);
        remove(context, Members.live(context, member.text("workspaceId")), context.now());
        return Functions.nothing();
    }

    /** Hides a workspace, and finds another home for every member whose active one it was. */
    static void remove(Context context, Document workspace, long at) {
        String workspaceId = workspace.text("workspaceId");
        context.db().patch(workspace, fields -> fields.put("deleted", true).put("deletedAt", at));
        for (Document member : context.db().all("members", "by_workspace", workspaceId)) {
            rehome(context, member.text("userId"), workspaceId);
        }
    }

    /** Finds a user another home, if their active workspace is the one that they lose. */
    static void rehome(Context context, String userId, String lost) {
        Document user = Members.known(context, userId);
        if (lost.equals(user.text(ACTIVE))) {
            Document other = firstOf(context, userId);
            activate(context, user, other == null ? null : other.text("workspaceId"));
        }
    }

    private static JsonNode setActiveWorkspace(Context context, Args args) {
        Document member = Members.require(context, args);
        activate(context, Members.known(context, member.text("userId")), member.text("workspaceId"));
        return Functions.nothing();
    }
}
