package dev.or3.tck.matrix.host;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.admin.Admin;
import dev.or3.tck.api.workspaces.Role;

/** Members, as an administrator lets them in: behind the host's back, for its surface has no way to. */
final class Members {
    private Members() {
    }

    static void invite(RunningHost host, String workspace, String owner, String user, String role) {
        String id = host.ask(user, "GET", "/api/auth/session", null).is(200).body().at("/session/user/id").textValue();
        host.host.provider(Axis.SYNC).orElseThrow().admin().upsertMember(Caller.of(owner, workspace),
                new Admin.NewMember(workspace, user, Role.of(role), "basic-auth"));
    }
}
