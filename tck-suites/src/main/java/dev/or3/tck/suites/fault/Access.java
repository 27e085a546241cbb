package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.Scope;

/** Who may call: the scope of a call is the workspace of the caller's session (ISO-01). */
class Access {
    final Parts parts;

    Access(Parts parts) {
        this.parts = parts;
    }

    /** The tables of the workspace that a call is about. */
    Space enter(Caller caller, Scope scope) {
        if (caller == null) {
            throw new ProviderException(401, "UNAUTHORIZED", "sign in first");
        }
        if (scope == null || scope.workspaceId() == null || scope.workspaceId().isEmpty()) {
            throw ProviderException.badRequest("scope.workspaceId is missing");
        }
        if (!scope.workspaceId().equals(caller.workspaceId())) {
            throw ProviderException.forbidden("the scope is not the workspace of this session");
        }
        return parts.disk.space(scope.workspaceId());
    }
}
