package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.databind.JavaType;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.workspaces.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A provider behind an endpoint, as a provider in this JVM. Each method is one request. */
final class HttpProvider extends RemoteProvider {
    static final Duration MANIFEST_LIMIT = Duration.ofSeconds(10);

    private final Endpoint endpoint;
    private final Controls controls = new RemoteControls();

    HttpProvider(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    Object ask(String component, String method, Caller caller, Object input, JavaType result) {
        return endpoint.call(component, method, caller, input, result);
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

    /** From now on, answers may take so long. */
    void limitCalls(Duration limit) {
        endpoint.limit(limit);
    }

    @Override
    public Controls controls() {
        return controls;
    }

    /** Leaves the provider running: it belongs to somebody else. */
    @Override
    public void close() {
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
            endpoint.longControl("restart", Map.of(), NOTHING);
        }
    }
}
