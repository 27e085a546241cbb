package dev.or3.tck.reference.convex;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.Scope;

/** Who acts, as far as the deployment cannot know it: with its key, a call may speak for anyone. */
final class Acting {
    private Acting() {
    }

    /** The user named in an input must be the caller; a host may call without one during sign-in. */
    static void check(Caller caller, String userId) {
        if (caller != null && !caller.userId().equals(userId)) {
            throw ProviderException.forbidden("userId is not the caller");
        }
    }

    static void signedIn(Caller caller, String userId) {
        if (caller == null) {
            throw new ProviderException(401, "UNAUTHORIZED", "nobody is signed in");
        }
        check(caller, userId);
    }

    /** The scope of a call must be the workspace of the caller's session (ISO-01). */
    static void inScope(Caller caller, Scope scope) {
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
}
