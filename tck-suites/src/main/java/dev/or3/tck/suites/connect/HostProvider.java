package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.catalogue.Rule;
import java.util.Map;
import java.util.Set;

/**
 * The provider behind a host, as far as the host's endpoints show it: sync and storage as they are, and of workspaces what
 * fresh ones need. The user is whoever the caller's credentials say.
 */
final class HostProvider extends RemoteProvider {
    private static final Map<String, String> SYNC = Map.of("push", "push", "pull", "pull", "updateCursor", "update-cursor",
            "gcTombstones", "gc-tombstones", "gcChangeLog", "gc-change-log");
    private static final Map<String, String> STORAGE = Map.of("presignUpload", "presign-upload", "presignDownload",
            "presign-download", "commit", "commit", "gc", "gc/run");
    private static final Set<String> COLLECTIONS = Set.of("gcTombstones", "gcChangeLog");

    private final Manifest manifest;
    private final HostCallers callers;
    private final HostEndpoint endpoint;

    HostProvider(Manifest manifest, HostCallers callers, HostEndpoint endpoint) {
        this.manifest = manifest;
        this.callers = callers;
        this.endpoint = endpoint;
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    Object ask(String component, String method, Caller caller, Object input, JavaType result) {
        switch (component) {
            case "sync":
                return sync(method, caller, input, result);
            case "storage":
                return endpoint.post("/api/storage/" + path(STORAGE, component, method), name(caller), input, result);
            case "workspaces":
                return Json.mapper().convertValue(workspaces(method, caller, Json.mapper().valueToTree(input)), result);
            case Rule.HOST:
                return raw(method, caller, input, result);
            default:
                throw ProviderException.unsupported(component + "." + method);
        }
    }

    private Object sync(String method, Caller caller, Object input, JavaType result) {
        if (COLLECTIONS.contains(method) && !manifest.hasCapability("sync", "gc")) {
            throw ProviderException.unsupported("sync." + method);
        }
        return endpoint.post("/api/sync/" + path(SYNC, "sync", method), name(caller), input, result);
    }

    private static String path(Map<String, String> paths, String component, String method) {
        String path = paths.get(method);
        if (path == null) {
            throw ProviderException.unsupported(component + "." + method);
        }
        return path;
    }

    /** A method and a path in place of a name. */
    private Object raw(String request, Caller caller, Object input, JavaType result) {
        String[] parts = request.split(" ", 2);
        return endpoint.send(parts[0], parts[1], name(caller), parts[0].equals("GET") ? null : input, result);
    }

    /** Users are those who have credentials: a new one is the next of them. */
    private JsonNode workspaces(String method, Caller caller, JsonNode input) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        switch (method) {
            case "getOrCreateUser":
                return answer.put("userId", callers.next());
            case "createWorkspace":
                JsonNode made = (JsonNode) endpoint.post("/api/workspaces", name(caller), input, NOTHING);
                return answer.set("workspaceId", made.has("workspaceId") ? made.get("workspaceId") : made.get("id"));
            default:
                throw ProviderException.unsupported("workspaces." + method);
        }
    }

    private String name(Caller caller) {
        return caller == null ? null : callers.name(caller.userId());
    }

    /** Leaves the host running: it belongs to somebody else. */
    @Override
    public void close() {
    }
}
