package dev.or3.tck.reference.convex.deployment.functions;

import dev.or3.tck.reference.convex.deployment.database.Document;
import java.util.List;

/** Who may do what in which workspace. */
final class Members {
    private Members() {
    }

    /** A workspace that was not removed; null if there is none. */
    static Document live(Context context, String workspaceId) {
        Document workspace = context.db().first("workspaces", "by_workspace", workspaceId);
        return workspace == null || workspace.flag("deleted") ? null : workspace;
    }

    /** The membership of a user in a live workspace, or null. */
    static Document find(Context context, String userId, String workspaceId) {
        Document member = context.db().first("members", "by_user", userId, workspaceId);
        return member == null || live(context, workspaceId) == null ? null : member;
    }

    /** The workspace's id, if the user who acts is a member of it. */
    static String workspace(Context context, Args args) {
        String workspaceId = args.text("workspaceId");
        if (find(context, context.acting(args), workspaceId) == null) {
            throw FunctionError.forbidden("this is not a workspace of the user");
        }
        return workspaceId;
    }

    /**
     * The membership of the user who acts, if the role is one of these; all roles if there are none.
     */
    static Document require(Context context, Args args, String... roles) {
        String userId = context.acting(args);
        String workspaceId = args.text("workspaceId");
        known(context, userId);
        if (live(context, workspaceId) == null) {
            throw FunctionError.notFound("there is no such workspace");
        }
        Document member = find(context, userId, workspaceId);
        if (member == null) {
            throw FunctionError.forbidden("the user is no member of the workspace");
        }
        if (roles.length > 0 && !List.of(roles).contains(member.text("role"))) {
            throw FunctionError.forbidden("the user's role does not allow this");
        }
        return member;
    }

    static Document known(Context context, String userId) {
        Document user = context.db().first("users", "by_user", userId);
        if (user == null) {
            throw FunctionError.notFound("there is no such user");
        }
        return user;
    }
}
