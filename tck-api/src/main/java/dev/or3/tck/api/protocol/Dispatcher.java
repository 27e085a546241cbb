package dev.or3.tck.api.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.SnapshotRequest;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Turns calls and controls that arrive as JSON into calls of a provider's typed interfaces. As safe for use by several
 * threads as the provider itself.
 *
 * <p>A body that does not fit the shape of its method is refused with 400; a component, method or control that does not
 * exist answers 501. What fits is handed on as it is, absent parts as null: to refuse those is up to the provider (PULL-15).
 */
public final class Dispatcher {

    private static final Map<String, Route<?>> CALLS = Map.ofEntries(
            sync("push", PushRequest.class, Sync::push),
            sync("pull", PullRequest.class, Sync::pull),
            sync("updateCursor", CursorUpdate.class, answeringNothing(Sync::updateCursor)),
            sync("gcTombstones", CollectRequest.class, answeringNothing(Sync::gcTombstones)),
            sync("gcChangeLog", CollectRequest.class, answeringNothing(Sync::gcChangeLog)),
            sync("snapshot", SnapshotRequest.class, Sync::snapshot),
            workspaces("getOrCreateUser", Workspaces.NewUser.class, Workspaces::getOrCreateUser),
            workspaces("getUser", Workspaces.Identity.class, Workspaces::getUser),
            workspaces("getOrCreateDefaultWorkspace", Workspaces.UserRef.class, Workspaces::getOrCreateDefaultWorkspace),
            workspaces("getWorkspaceRole", Workspaces.Membership.class, Workspaces::getWorkspaceRole),
            workspaces("listUserWorkspaces", Workspaces.UserRef.class, Workspaces::listUserWorkspaces),
            workspaces("createWorkspace", Workspaces.NewWorkspace.class, Workspaces::createWorkspace),
            workspaces("updateWorkspace", Workspaces.WorkspaceUpdate.class, answeringNothing(Workspaces::updateWorkspace)),
            workspaces("removeWorkspace", Workspaces.Membership.class, answeringNothing(Workspaces::removeWorkspace)),
            workspaces("setActiveWorkspace", Workspaces.Membership.class, answeringNothing(Workspaces::setActiveWorkspace)));

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

    private static <I> Map.Entry<String, Route<?>> sync(String method, Class<I> input, Typed<Sync, I> call) {
        return entry("sync." + method, input, Provider::sync, call);
    }

    private static <I> Map.Entry<String, Route<?>> workspaces(String method, Class<I> input, Typed<Workspaces, I> call) {
        return entry("workspaces." + method, input, Provider::workspaces, call);
    }

    private static <C, I> Map.Entry<String, Route<?>> entry(String name, Class<I> input, Function<Provider, C> component,
            Typed<C, I> call) {
        return Map.entry(name, new Route<>(input,
                (provider, caller, bound) -> call.on(component.apply(provider), caller, bound)));
    }

    private static <C, I> Typed<C, I> answeringNothing(Silent<C, I> call) {
        return (component, caller, input) -> {
            call.on(component, caller, input);
            return null;
        };
    }

    private interface Typed<C, I> {
        Object on(C component, Caller caller, I input);
    }

    private interface Silent<C, I> {
        void on(C component, Caller caller, I input);
    }

    private record Route<I>(Class<I> type, Typed<Provider, I> call) {
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
