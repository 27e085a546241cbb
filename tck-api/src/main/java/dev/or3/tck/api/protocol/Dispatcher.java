package dev.or3.tck.api.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.workspaces.Role;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Turns calls and controls that arrive as JSON into calls of a provider's typed interfaces. As safe for use by several
 * threads as the provider itself.
 *
 * <p>A body that does not fit the shape of its method is refused with 400; a component, method or control that does not
 * exist answers 501. What fits is handed on as it is, absent parts as null: to refuse those is up to the provider (PULL-15).
 */
public final class Dispatcher {

    private static final Map<String, Route<?>> CALLS = Arrays.stream(ComponentType.values())
            .flatMap(component -> component.methods().stream().map(method -> entry(component, method)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final Map<String, Route<?>> CONTROLS = Map.of(
            "provision", new Route<>(Provision.class,
                    (provider, caller, input) -> provider.controls().provision(input.members())),
            "clock", new Route<>(Offset.class,
                    (provider, caller, input) -> new Now(provider.controls().clock(input.offsetSeconds()))),
            "inspect", new Route<>(Key.class,
                    (provider, caller, key) -> provider.controls().inspect(key.workspaceId(), key.tableName(), key.pk())),
            "restart", new Route<>(Nothing.class, (provider, caller, input) -> {
                provider.controls().restart();
                return null;
            }));

    private final Provider provider;

    public Dispatcher(Provider provider) {
        this.provider = provider;
    }

    /**
     * Makes a call.
     *
     * @param caller the signed-in caller, or null
     * @return the answer, ready to be written with {@link Json}; null where the method answers nothing
     * @throws ProviderException 400 if the input does not fit, 501 if there is no such method, or as the provider refuses
     */
    public Object call(String component, String method, Caller caller, JsonNode input) {
        String name = component + "." + method;
        return route(CALLS, name, name).go(provider, caller, input, name);
    }

    /**
     * Uses a test control.
     *
     * @return the answer, ready to be written with {@link Json}; null where the control answers nothing
     * @throws ProviderException 400 if the input does not fit, 501 if there is no such control, or as the provider refuses
     */
    public Object control(String name, JsonNode input) {
        return route(CONTROLS, name, "control " + name).go(provider, null, input, "control " + name);
    }

    private static Route<?> route(Map<String, Route<?>> routes, String key, String name) {
        Route<?> route = routes.get(key);
        if (route == null) {
            throw ProviderException.unsupported(name);
        }
        return route;
    }

    private static Map.Entry<String, Route<?>> entry(ComponentType component, Method method) {
        return Map.entry(component.wireName() + "." + method.getName(), new Route<>(method.getParameterTypes()[1],
                (provider, caller, input) -> invoke(method, component.of(provider), caller, input)));
    }

    /** What the method throws comes out as it is. */
    private static Object invoke(Method method, Object component, Caller caller, Object input) {
        try {
            return method.invoke(component, caller, input);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException told) {
                throw told;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Typed<I> {
        Object on(Provider provider, Caller caller, I input);
    }

    private record Route<I>(Class<? extends I> type, Typed<I> call) {
        Object go(Provider provider, Caller caller, JsonNode input, String name) {
            if (input == null || !input.isObject()) {
                throw ProviderException.badRequest(name + ": the input must be an object");
            }
            I bound;
            try {
                bound = Json.mapper().treeToValue(input, type);
            } catch (JsonProcessingException | IllegalArgumentException e) {
                String why = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
                throw new ProviderException(400, "BAD_REQUEST", name + ": the input does not fit: " + why, e);
            }
            return call.on(provider, caller, bound);
        }
    }

    private record Provision(List<Role> members) {
    }

    private record Offset(long offsetSeconds) {
    }

    private record Now(long now) {
    }

    private record Key(String workspaceId, String tableName, String pk) {
    }

    private record Nothing() {
    }
}
