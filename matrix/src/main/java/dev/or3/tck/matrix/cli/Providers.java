package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.ProviderFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The providers that can be certified, found by {@link ServiceLoader}. */
final class Providers {
    static final String DEFAULT = "sqlite";

    private final Map<String, ProviderFactory> byId = new TreeMap<>();
    private final List<Throwable> broken = new ArrayList<>();
    private final String where;

    private Providers(ClassLoader loader, String where) {
        this.where = where;
        Iterator<ProviderFactory> found = ServiceLoader.load(ProviderFactory.class, loader).iterator();
        while (hasNext(found)) {
            add(found);
        }
    }

    /** Those that came with the kit. */
    static Providers ofKit() {
        return new Providers(Providers.class.getClassLoader(), "the kit");
    }

    /** Those in an author's jars. */
    static Providers inJars(List<Path> jars) {
        return new Providers(IsolatedLoader.of(jars),
                jars.stream().map(Path::toString).collect(Collectors.joining(", ")));
    }

    private boolean hasNext(Iterator<ProviderFactory> found) {
        try {
            return found.hasNext();
        } catch (ServiceConfigurationError e) {
            broken.add(e);
            return broken.size() < 10 && hasNext(found);
        }
    }

    private void add(Iterator<ProviderFactory> found) {
        try {
            ProviderFactory factory = found.next();
            String id = factory.id();
            if (id == null || id.isBlank()) {
                broken.add(new IllegalStateException(factory.getClass().getName() + " has no id"));
            } else {
                byId.put(id, factory);
            }
        } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
            broken.add(e);
        }
    }

    /** The provider of that id; without an id, the only one there is, or the kit's own reference. */
    ProviderFactory choose(String id) {
        if (byId.isEmpty()) {
            throw none();
        }
        if (id == null) {
            if (byId.size() > 1 && !byId.containsKey(DEFAULT)) {
                throw Trouble.usage("several providers are in " + where + ": choose one with --provider " + ids("|"));
            }
            return byId.size() == 1 ? byId.values().iterator().next() : byId.get(DEFAULT);
        }
        ProviderFactory factory = byId.get(id);
        if (factory == null) {
            throw Trouble.usage(Nearest.unknown("provider", id, byId.keySet()));
        }
        return factory;
    }

    private String ids(String separator) {
        return String.join(separator, byId.keySet());
    }

    private Trouble none() {
        if (!broken.isEmpty()) {
            Throwable cause = broken.get(0);
            Throwable root = cause.getCause() == null ? cause : cause.getCause();
            return Trouble.usage("the provider in " + where + " cannot be loaded: " + root
                    + "; it needs a public class with a public constructor without parameters, and all its jars", cause);
        }
        return Trouble.usage("no provider is in " + where + ": its META-INF/services/" + ProviderFactory.class.getName()
                + " must name a class that implements ProviderFactory");
    }
}
