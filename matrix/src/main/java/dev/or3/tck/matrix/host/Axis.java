package dev.or3.tck.matrix.host;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a host chooses a provider for. */
public enum Axis {
    AUTH("SSR_AUTH_ENABLED", "AUTH_PROVIDER", null, Set.of("clerk", "basic-auth")),
    SYNC("OR3_SYNC_ENABLED", "OR3_SYNC_PROVIDER", "sync", Set.of("convex", "sqlite", "memory")),
    STORAGE("OR3_STORAGE_ENABLED", "NUXT_PUBLIC_STORAGE_PROVIDER", "storage", Set.of("convex", "fs", "s3")),
    LIMITS(null, "OR3_LIMITS_STORAGE_PROVIDER", "rateLimits", Set.of("memory", "convex", "sqlite")),
    BACKGROUND(null, "OR3_BACKGROUND_STREAMING_STORAGE_PROVIDER", "jobs", Set.of("memory", "convex", "sqlite"));

    private final String switchVariable;
    private final String providerVariable;
    private final String component;
    private final Set<String> known;

    Axis(String switchVariable, String providerVariable, String component, Set<String> known) {
        this.switchVariable = switchVariable;
        this.providerVariable = providerVariable;
        this.component = component;
        this.known = known;
    }

    /** The variable that switches it on; empty where naming a provider does. */
    public Optional<String> switchVariable() {
        return Optional.ofNullable(switchVariable);
    }

    /** The variable that names its provider. */
    public String providerVariable() {
        return providerVariable;
    }

    /** The component that its provider must have, by its wire name; empty for auth, which is no component. */
    public Optional<String> component() {
        return Optional.ofNullable(component);
    }

    /** Ids of providers that exist somewhere, installed here or not: these are no misspellings. */
    public Set<String> known() {
        return known;
    }

    /** The axis without which this one stays off: storage and sync ask who calls, storage also for their role. */
    public Optional<Axis> gate() {
        return this == SYNC ? Optional.of(AUTH) : this == STORAGE ? Optional.of(SYNC) : Optional.empty();
    }

    /** Its name in words and in the decision table. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
