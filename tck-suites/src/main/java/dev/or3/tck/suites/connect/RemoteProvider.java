package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.admin.Admin;
import dev.or3.tck.api.config.Configuration;
import dev.or3.tck.api.jobs.Jobs;
import dev.or3.tck.api.limits.RateLimits;
import dev.or3.tck.api.notifications.Notifications;
import dev.or3.tck.api.protocol.ComponentType;
import dev.or3.tck.api.storage.Storage;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.tokens.Tokens;
import dev.or3.tck.api.workspaces.Workspaces;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A provider that is reached by requests, as a provider in this JVM. Each method is one request. */
abstract class RemoteProvider implements Provider {
    static final JavaType NOTHING = Answers.type(JsonNode.class);

    private final Map<ComponentType, Object> components = new EnumMap<>(ComponentType.class);

    RemoteProvider() {
        for (ComponentType component : ComponentType.values()) {
            components.put(component, remote(component));
        }
    }

    /** Sends a request and reads its answer. */
    abstract Object ask(String component, String method, Caller caller, Object input, JavaType result);

    /** A method by its name, for requests that the typed interfaces cannot express. */
    final JsonNode call(String component, String method, Caller caller, JsonNode input) {
        return (JsonNode) ask(component, method, caller, input, NOTHING);
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

    /** A component whose every method is one call of that name. */
    private Object remote(ComponentType component) {
        Map<Method, JavaType> results = component.methods().stream()
                .collect(Collectors.toMap(method -> method, RemoteProvider::result));
        Class<?>[] types = {component.type()};
        return Proxy.newProxyInstance(RemoteProvider.class.getClassLoader(), types, (proxy, method, arguments) -> {
            JavaType result = results.get(method);
            if (result == null) {
                return method.invoke(this, arguments);
            }
            Object answer = ask(component.wireName(), method.getName(), (Caller) arguments[0], arguments[1], result);
            return method.getReturnType() == void.class ? null : answer;
        });
    }

    private static JavaType result(Method method) {
        return method.getReturnType() == void.class ? NOTHING : Answers.type(method.getGenericReturnType());
    }
}
