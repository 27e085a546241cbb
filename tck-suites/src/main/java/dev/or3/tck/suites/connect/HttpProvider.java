package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.SnapshotRequest;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A provider behind an endpoint, as a provider in this JVM. Each method is one request. */
final class HttpProvider implements Provider {
    private static final Duration MANIFEST_LIMIT = Duration.ofSeconds(10);
    private static final JavaType NOTHING = Answers.type(JsonNode.class);

    private final Endpoint endpoint;
    private final Sync sync = new RemoteSync();
    private final Workspaces workspaces = new RemoteWorkspaces();
    private final Controls controls = new RemoteControls();

    HttpProvider(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** A method by its name, for requests that the typed interfaces cannot express. */
    JsonNode call(String component, String method, Caller caller, JsonNode input) {
        return endpoint.call(component, method, caller, input, NOTHING);
    }

    /**
     * Asks anew at every call.
     *
     * @throws UnreachableException if no manifest comes
     */
    @Override
    public Manifest manifest() {
        return manifest(MANIFEST_LIMIT);
    }

    Manifest manifest(Duration within) {
        try {
            return Answers.manifest(endpoint.get("/tck/v1/manifest", within), endpoint.base().toString());
        } catch (LostAnswerException e) {
            throw new UnreachableException("no manifest comes from " + endpoint.base() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Sync sync() {
        return sync;
    }

    @Override
    public Workspaces workspaces() {
        return workspaces;
    }

    @Override
    public Controls controls() {
        return controls;
    }

    /** Leaves the provider running: it belongs to somebody else. */
    @Override
    public void close() {
    }

    private final class RemoteSync implements Sync {
        private static final JavaType PUSHED = Answers.type(PushResponse.class);
        private static final JavaType PULLED = Answers.type(PullResponse.class);
        private static final JavaType PAGE = Answers.type(SnapshotPage.class);

        private <T> T call(String method, Caller caller, Object input, JavaType result) {
            return endpoint.call("sync", method, caller, input, result);
        }

        @Override
        public PushResponse push(Caller caller, PushRequest request) {
            return call("push", caller, request, PUSHED);
        }

        @Override
        public PullResponse pull(Caller caller, PullRequest request) {
            return call("pull", caller, request, PULLED);
        }

        @Override
        public void updateCursor(Caller caller, CursorUpdate update) {
            call("updateCursor", caller, update, NOTHING);
        }

        @Override
        public void gcTombstones(Caller caller, CollectRequest request) {
            call("gcTombstones", caller, request, NOTHING);
        }

        @Override
        public void gcChangeLog(Caller caller, CollectRequest request) {
            call("gcChangeLog", caller, request, NOTHING);
        }

        @Override
        public SnapshotPage snapshot(Caller caller, SnapshotRequest request) {
            return call("snapshot", caller, request, PAGE);
        }
    }

    private final class RemoteWorkspaces implements Workspaces {
        private static final JavaType USER_REF = Answers.type(UserRef.class);
        private static final JavaType USER = Answers.type(User.class);
        private static final JavaType HOME = Answers.type(DefaultWorkspace.class);
        private static final JavaType ROLE = Answers.type(Role.class);
        private static final JavaType ENTRIES = Answers.listOf(WorkspaceEntry.class);
        private static final JavaType WORKSPACE = Answers.type(WorkspaceRef.class);

        private <T> T call(String method, Caller caller, Object input, JavaType result) {
            return endpoint.call("workspaces", method, caller, input, result);
        }

        @Override
        public UserRef getOrCreateUser(Caller caller, NewUser input) {
            return call("getOrCreateUser", caller, input, USER_REF);
        }

        @Override
        public User getUser(Caller caller, Identity input) {
            return call("getUser", caller, input, USER);
        }

        @Override
        public DefaultWorkspace getOrCreateDefaultWorkspace(Caller caller, UserRef input) {
            return call("getOrCreateDefaultWorkspace", caller, input, HOME);
        }

        @Override
        public Role getWorkspaceRole(Caller caller, Membership input) {
            return call("getWorkspaceRole", caller, input, ROLE);
        }

        @Override
        public List<WorkspaceEntry> listUserWorkspaces(Caller caller, UserRef input) {
            return call("listUserWorkspaces", caller, input, ENTRIES);
        }

        @Override
        public WorkspaceRef createWorkspace(Caller caller, NewWorkspace input) {
            return call("createWorkspace", caller, input, WORKSPACE);
        }

        @Override
        public void updateWorkspace(Caller caller, WorkspaceUpdate input) {
            call("updateWorkspace", caller, input, NOTHING);
        }

        @Override
        public void removeWorkspace(Caller caller, Membership input) {
            call("removeWorkspace", caller, input, NOTHING);
        }

        @Override
        public void setActiveWorkspace(Caller caller, Membership input) {
            call("setActiveWorkspace", caller, input, NOTHING);
        }
    }

    private final class RemoteControls implements Controls {
        private static final JavaType PROVISIONED = Answers.type(Provisioned.class);
        private static final JavaType NOW = Answers.type(Now.class);
        private static final JavaType INSPECTION = Answers.type(Inspection.class);

        private record Now(long now) {
        }

        @Override
        public Provisioned provision(List<Role> members) {
            return endpoint.control("provision", Map.of("members", members), PROVISIONED);
        }

        @Override
        public long clock(long offsetSeconds) {
            Now answer = endpoint.control("clock", Map.of("offsetSeconds", offsetSeconds), NOW);
            if (answer == null) {
                throw new IllegalStateException("the control clock answered null in place of the time");
            }
            return answer.now();
        }

        @Override
        public Inspection inspect(String workspaceId, String tableName, String pk) {
            return endpoint.control("inspect", Map.of("workspaceId", workspaceId, "tableName", tableName, "pk", pk),
                    INSPECTION);
        }

        @Override
        public void restart() {
            endpoint.control("restart", Map.of(), NOTHING);
        }
    }
}
