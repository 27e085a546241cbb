package dev.or3.tck.matrix.host;

import dev.or3.tck.api.ProviderFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What can be selected by its id. Immutable.
 *
 * @param <F> what starts a provider
 */
final class Registry<F> {
    private final TreeMap<String, F> factories;

    private Registry(Map<String, F> factories) {
        this.factories = new TreeMap<>(factories);
    }

    /** The providers of components that a class path holds. */
    static Registry<ProviderFactory> ofProviders(ClassLoader loader) {
        return load(ProviderFactory.class, ProviderFactory::id, loader);
    }

    /** The auth providers that a class path holds. */
    static Registry<AuthProviderFactory> ofAuth(ClassLoader loader) {
        return load(AuthProviderFactory.class, AuthProviderFactory::id, loader);
    }

    private static <F> Registry<F> load(Class<F> type, Function<F, String> id, ClassLoader loader) {
        Map<String, F> found = new HashMap<>();
        for (F factory : ServiceLoader.load(type, loader)) {
            F other = found.put(id.apply(factory), factory);
            if (other != null) {
                throw new IllegalStateException("two providers are registered as '" + id.apply(factory) + "': "
                        + other.getClass().getName() + " and " + factory.getClass().getName());
            }
        }
        return new Registry<>(found);
    }

    SortedSet<String> ids() {
        return new TreeSet<>(factories.keySet());
    }

    /** The one of that id, which must be registered. */
    F get(String id) {
        F factory = factories.get(id);
        if (factory == null) {
            throw new IllegalArgumentException("'" + id + "' is not registered");
        }
        return factory;
    }
}
