package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.admin.Admin;
import dev.or3.tck.api.config.Configuration;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.jobs.Jobs;
import dev.or3.tck.api.limits.RateLimits;
import dev.or3.tck.api.notifications.Notifications;
import dev.or3.tck.api.protocol.ComponentType;
import dev.or3.tck.api.storage.Storage;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.tokens.Tokens;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A provider behind an endpoint, as a provider in this JVM. Each method is one request. */
final class HttpProvider implements Provider {
    static final Duration MANIFEST_LIMIT = Duration.ofSeconds(10);
    private static final JavaType NOTHING = Answers.type(JsonNode.class);

    private final Endpoint endpoint;
    private final Map<ComponentType, Object> components = new EnumMap<>(ComponentType.class);
    private final Controls controls = new RemoteControls();

    HttpProvider(Endpoint endpoint) {
        this.endpoint = endpoint;
        for (ComponentType component : ComponentType.values()) {
            components.put(component, remote(component));
        }
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

    /** From now on, answers may take so long. */
    void limitCalls(Duration limit) {
        endpoint.limit(limit);
    }

    @Override
    public Sync sync() {
        return (Sync) components.get(ComponentType.SYNC);
    }

    @Override
    public Workspaces workspaces() {
        return (Workspaces) components.get(ComponentType.WORKSPACES);
    }

    @Override
    public Storage storage() {
        return (Storage) components.get(ComponentType.STORAGE);
    }

    @Override
    public Tokens tokens() {
        return (Tokens) components.get(ComponentType.TOKENS);
    }

    @Override
    public RateLimits rateLimits() {
        return (RateLimits) components.get(ComponentType.RATE_LIMITS);
    }

    @Override
    public Jobs jobs() {
        return (Jobs) components.get(ComponentType.JOBS);
    }

    @Override
    public Notifications notifications() {
        return (Notifications) components.get(ComponentType.NOTIFICATIONS);
    }

    @Override
    public Admin admin() {
        return (Admin) components.get(ComponentType.ADMIN);
    }

    @Override
    public Configuration configuration() {
        return (Configuration) components.get(ComponentType.CONFIG);
    }

    @Override
    public Controls controls() {
        return controls;
    }

    /** Leaves the provider running: it belongs to somebody else. */
    @Override
    public void close() {
    }

    /** A component whose every method is one call of that name. */
    private Object remote(ComponentType component) {
        Map<Method, JavaType> results = component.methods().stream()
                .collect(Collectors.toMap(method -> method, HttpProvider::result));
        Class<?>[] types = {component.type()};
        return Proxy.newProxyInstance(HttpProvider.class.getClassLoader(), types, (proxy, method, arguments) -> {
            JavaType result = results.get(method);
            if (result == null) {
                return method.invoke(this, arguments);
            }
            Object answer = endpoint.call(component.wireName(), method.getName(), (Caller) arguments[0], arguments[1], result);
            return method.getReturnType() == void.class ? null : answer;
        });
    }

    private static JavaType result(Method method) {
        return method.getReturnType() == void.class ? NOTHING : Answers.type(method.getGenericReturnType());
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
