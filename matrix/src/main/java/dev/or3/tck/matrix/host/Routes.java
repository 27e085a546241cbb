package dev.or3.tck.matrix.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.protocol.Dispatcher;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import dev.or3.tck.matrix.host.Route.Act;
import dev.or3.tck.matrix.host.Route.Rate;
import java.util.List;
import java.util.Optional;

/** The endpoints for those who signed in. Viewer reads, editor writes, owner manages. */
final class Routes {
    private static final String SCOPE = "/scope/workspaceId";
    private static final String WORKSPACE = "/workspaceId";
    private static final String ROW = "/workspace_id";

    static final List<Route> ALL = List.of(
            sync("push", "push", Rate.PUSH, Role.EDITOR, "push"),
            sync("pull", "pull", Rate.PULL, Role.VIEWER, "pull"),
            sync("update-cursor", "updateCursor", Rate.OTHER, Role.VIEWER, "updateCursor"),
            sync("gc-tombstones", "collect", Rate.COLLECT, Role.EDITOR, "gcTombstones"),
            sync("gc-change-log", "collect", Rate.COLLECT, Role.EDITOR, "gcChangeLog"),
            workspaces("GET", "", "nothing", null, null, "listUserWorkspaces"),
            workspaces("POST", "", "createWorkspace", null, null, "createWorkspace"),
            workspaces("PATCH", "/{id}", "updateWorkspace", "{id}", Role.OWNER, "updateWorkspace"),
            workspaces("DELETE", "/{id}", "nothing", "{id}", Role.OWNER, "removeWorkspace"),
            workspaces("POST", "/active", "activate", WORKSPACE, Role.VIEWER, "setActiveWorkspace"),
            storage("presign-upload", "presignUpload", WORKSPACE, Role.EDITOR, "presignUpload"),
            storage("presign-download", "presignDownload", WORKSPACE, Role.VIEWER, "presignDownload"),
            storage("commit", "commit", ROW, Role.EDITOR, "commit"),
            storage("gc/run", "collectObjects", ROW, Role.OWNER, "gc"),
            new Route("GET", "/api/admin/health", Axis.SYNC, "nothing", Rate.OTHER, null, null, Health::of));

    /** Who is signed in, asked by anybody. */
    static final String SESSION = "/api/auth/session";

    private Routes() {
    }

    private static Route sync(String path, String shape, Rate rate, Role role, String method) {
        return new Route("POST", "/api/sync/" + path, Axis.SYNC, shape, rate, SCOPE, role, call(Axis.SYNC, "sync", method));
    }

    private static Route storage(String path, String shape, String workspace, Role role, String method) {
        return new Route("POST", "/api/storage/" + path, Axis.STORAGE, shape, Rate.OTHER, workspace, role,
                call(Axis.STORAGE, "storage", method));
    }

    /** Whoever calls acts for themselves, whatever the body says. */
    private static Route workspaces(String verb, String path, String shape, String workspace, Role role, String method) {
        Act call = call(Axis.SYNC, "workspaces", method);
        return new Route(verb, "/api/workspaces" + path, Axis.SYNC, shape, Rate.OTHER, workspace, role,
                (host, session, id, body) -> {
                    body.put("userId", session.userId());
                    if (id != null) {
                        body.put("workspaceId", id);
                    }
                    return call.go(host, session, id, body);
                });
    }

    private static Act call(Axis axis, String component, String method) {
        return (host, session, id, body) -> new Dispatcher(host.provider(axis).orElseThrow())
                .call(component, method, session.in(id), body);
    }

    /** The session as its owner sees it, in the active workspace if there are any; empty for nobody. */
    static JsonNode session(Host host, Optional<Session> session) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putNull("session");
        session.ifPresent(there -> {
            ObjectNode told = answer.putObject("session").put("authenticated", true).put("provider", there.provider());
            told.putObject("user").put("id", there.userId()).put("email", there.account().email())
                    .put("displayName", there.account().displayName());
            host.provider(Axis.SYNC).ifPresent(provider -> tellWorkspace(provider.workspaces(), there, told));
        });
        return answer;
    }

    private static void tellWorkspace(Workspaces workspaces, Session session, ObjectNode told) {
        Workspaces.DefaultWorkspace active = workspaces.getOrCreateDefaultWorkspace(session.in(null),
                new Workspaces.UserRef(session.userId()));
        Role role = workspaces.getWorkspaceRole(session.in(active.workspaceId()),
                new Workspaces.Membership(session.userId(), active.workspaceId()));
        told.putObject("workspace").put("id", active.workspaceId()).put("name", active.workspaceName());
        told.put("role", role == null ? null : role.wireName());
    }
}
