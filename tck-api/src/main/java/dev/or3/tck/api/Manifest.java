package dev.or3.tck.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a provider says of itself, as in {@code GET /tck/v1/manifest}.
 *
 * @param protocol     the protocol number, 1
 * @param provider     who it is
 * @param profile      the sync profile it claims
 * @param components   the components it has, by name; one that is absent is not tested
 * @param limits       its limits
 * @param normalizes   what it changes in payloads: {@code file_meta.ref_count}, {@code nulls}
 * @param strictSchema whether it refuses unknown fields and incomplete records
 * @param controls     the test controls it has: clock, inspect, restart, provision
 * @param starts       the variables that a process of it heeds when it starts, or null if it names none
 */
public record Manifest(int protocol, Identity provider, Profile profile, Map<String, Component> components,
        Limits limits, List<String> normalizes, boolean strictSchema, List<String> controls, Starts starts) {

    /** The protocol number of this kit. */
    public static final int PROTOCOL = 1;

    public Manifest {
        Objects.requireNonNull(provider, "provider");
        profile = profile == null ? Profile.V1_0 : profile;
        components = components == null ? Map.of() : Map.copyOf(components);
        limits = limits == null ? Limits.UNKNOWN : limits;
        normalizes = normalizes == null ? List.of() : List.copyOf(normalizes);
        controls = controls == null ? List.of() : List.copyOf(controls);
    }

    /** What a provider that is not started by variables says of itself. */
    public Manifest(int protocol, Identity provider, Profile profile, Map<String, Component> components, Limits limits,
            List<String> normalizes, boolean strictSchema, List<String> controls) {
        this(protocol, provider, profile, components, limits, normalizes, strictSchema, controls, null);
    }

    /**
     * The environment variables by which whoever starts the provider as a process places its storage and chooses the schema
     * that it serves (DUR-06, WIRE-05). Each may be null.
     *
     * @param path   names the database file
     * @param strict demands a usable path when set to {@code true}
     * @param schema takes the version of the wire schema to serve, 1 up to the current one
     */
    public record Starts(String path, String strict, String schema) {
        public Starts {
            path = named(path);
            strict = named(strict);
            schema = named(schema);
        }

        private static String named(String variable) {
            return variable == null || variable.isBlank() ? null : variable;
        }
    }

    /**
     * @param id      the id by which it is selected
     * @param name    the package name
     * @param version its version
     */
    public record Identity(String id, String name, String version) {
    }

    /**
     * One component.
     *
     * @param capabilities what it can do beyond the plain interface: for sync gc, snapshot, applied, cursorOwnership; for
     *                     workspaces getUser; for storage commit, gc, delete, quota
     * @param scope        {@code process} if its state lives in one process only, else null
     * @param jwks         of tokens: a JSON Web Key Set by which JWTs verify, else null
     */
    public record Component(Set<String> capabilities, String scope, JsonText jwks) {
        public Component {
            capabilities = capabilities == null ? Set.of() : Set.copyOf(capabilities);
        }

        public Component(Set<String> capabilities, String scope) {
            this(capabilities, scope, null);
        }

        public static Component with(String... capabilities) {
            return new Component(Set.of(capabilities), null, null);
        }
    }

    public boolean hasComponent(String name) {
        return components.containsKey(name);
    }

    public boolean hasCapability(String component, String capability) {
        Component found = components.get(component);
        return found != null && found.capabilities().contains(capability);
    }

    /** Whether the component's state lives in one process only. */
    public boolean isPerProcess(String component) {
        Component found = components.get(component);
        return found != null && "process".equals(found.scope());
    }

    public boolean hasControl(String control) {
        return controls.contains(control);
    }

    public boolean normalizes(String what) {
        return normalizes.contains(what);
    }

    /** The variables that place the storage, if both are named. */
    public Optional<ProviderFactory.StorageSettings> storageSettings() {
        return starts == null || starts.path() == null || starts.strict() == null ? Optional.empty()
                : Optional.of(new ProviderFactory.StorageSettings(starts.path(), starts.strict()));
    }

    /** The variable that takes the version of the wire schema to serve, if it is named. */
    public Optional<String> schemaVariable() {
        return Optional.ofNullable(starts).map(Starts::schema);
    }

    public Manifest withControls(List<String> others) {
        return new Manifest(protocol, provider, profile, components, limits, normalizes, strictSchema, others, starts);
    }

    public Manifest withStarts(Starts others) {
        return new Manifest(protocol, provider, profile, components, limits, normalizes, strictSchema, controls, others);
    }
}
