package dev.or3.tck.api.protocol;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.admin.Admin;
import dev.or3.tck.api.config.Configuration;
import dev.or3.tck.api.jobs.Jobs;
import dev.or3.tck.api.limits.RateLimits;
import dev.or3.tck.api.notifications.Notifications;
import dev.or3.tck.api.storage.Storage;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.tokens.Tokens;
import dev.or3.tck.api.workspaces.Workspaces;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The components of the protocol. A component's methods in the protocol are those of its interface that take a caller and
 * an input; the names are the same.
 */
public enum ComponentType {
    SYNC("sync", Sync.class, Provider::sync),
    WORKSPACES("workspaces", Workspaces.class, Provider::workspaces),
    STORAGE("storage", Storage.class, Provider::storage),
    TOKENS("tokens", Tokens.class, Provider::tokens),
    RATE_LIMITS("rateLimits", RateLimits.class, Provider::rateLimits),
    JOBS("jobs", Jobs.class, Provider::jobs),
    NOTIFICATIONS("notifications", Notifications.class, Provider::notifications),
    ADMIN("admin", Admin.class, Provider::admin),
    CONFIG("config", Configuration.class, Provider::configuration);

    private final String wireName;
    private final Class<?> type;
    private final Function<Provider, ?> accessor;

    <C> ComponentType(String wireName, Class<C> type, Function<Provider, C> accessor) {
        this.wireName = wireName;
        this.type = type;
        this.accessor = accessor;
    }

    /** Its name in manifests and calls. */
    public String wireName() {
        return wireName;
    }

    /** The interface of it. */
    public Class<?> type() {
        return type;
    }

    /**
     * This component of a provider.
     *
     * @throws dev.or3.tck.api.ProviderException 501 if the provider has none
     */
    public Object of(Provider provider) {
        return accessor.apply(provider);
    }

    /** The methods that can be called over the protocol. */
    public List<Method> methods() {
        return Arrays.stream(type.getMethods()).filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getParameterCount() == 2 && method.getParameterTypes()[0] == Caller.class).toList();
    }
}
