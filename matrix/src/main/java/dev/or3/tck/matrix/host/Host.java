package dev.or3.tck.matrix.host;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.api.admin.Admin;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * The providers of a host, selected by the environment: one for each axis that is on, started once also where it serves
 * several. Safe for use by several threads as the providers are.
 */
public final class Host implements AutoCloseable {
    /** Takes the accounts of administrators, separated by commas. */
    static final String ADMINISTRATORS = "OR3_HOST_ADMINS";
    private static final String WORKSPACES = "workspaces";

    private final Map<String, String> environment;
    private final ProviderConfig config;
    private final Registry<AuthProviderFactory> authProviders;
    private final Registry<ProviderFactory> providers;
    private final Map<String, Provider> running = new HashMap<>();
    private AuthProvider auth;
    private Map<Axis, Decision> decisions;

    private Host(Map<String, String> environment, Path data, ClassLoader loader) {
        this.environment = Map.copyOf(environment);
        this.config = ProviderConfig.in(data).with(environment);
        this.authProviders = Registry.ofAuth(loader);
        this.providers = Registry.ofProviders(loader);
    }

    /**
     * Starts the selected providers, and no others.
     *
     * @param environment variables by name
     * @param data        an existing directory for the providers' files
     * @param loader      sees the providers that are installed
     * @throws ConfigurationException with all that is to be corrected, unless {@code OR3_HOST_STRICT} is false
     */
    public static Host open(Map<String, String> environment, Path data, ClassLoader loader) {
        Host host = new Host(environment, data, loader);
        try {
            host.decisions = Decisions.of(environment, host.installed());
        } catch (RuntimeException e) {
            host.close();
            throw e;
        }
        return host;
    }

    private Decisions.Installed installed() {
        return new Decisions.Installed() {
            @Override
            public SortedSet<String> ids(Axis axis) {
                return axis == Axis.AUTH ? authProviders.ids() : providers.ids();
            }

            @Override
            public Optional<String> unfit(Axis axis, String id) {
                try {
                    return start(axis, id);
                } catch (RuntimeException | LinkageError e) {
                    return Optional.of("it does not start: " + e.getMessage());
                }
            }
        };
    }

    /** Why the provider that was started cannot serve the axis. */
    private Optional<String> start(Axis axis, String id) {
        if (axis == Axis.AUTH) {
            auth = authProviders.get(id).open(environment);
            return Optional.empty();
        }
        Provider provider = running.containsKey(id) ? running.get(id) : providers.get(id).open(config);
        // Whoever stores what members do must know who is one.
        Optional<String> missing = Stream.of(axis.component().orElseThrow(), axis == Axis.SYNC ? WORKSPACES : "")
                .filter(component -> !component.isEmpty() && !provider.manifest().hasComponent(component)).findFirst();
        if (missing.isEmpty()) {
            running.put(id, provider);
        } else if (!running.containsKey(id)) {
            provider.close();
        }
        return missing.map(component -> "it has no component " + component);
    }

    /** What was decided, axis by axis in their order. */
    public Collection<Decision> decisions() {
        return decisions.values();
    }

    /** The provider that serves an axis other than auth; empty while it is off. */
    public Optional<Provider> provider(Axis axis) {
        Decision decision = decisions.get(axis);
        return decision.isOn() ? Optional.of(running.get(decision.provider())) : Optional.empty();
    }

    /** The providers that serve at least one axis, each once. */
    Collection<Provider> providers() {
        return running.values();
    }

    /** Whether the variable names the account, or a provider's list of administrators the user. */
    boolean isAdministrator(Session session) {
        Admin.UserRef user = new Admin.UserRef(session.userId());
        return List.of(environment.getOrDefault(ADMINISTRATORS, "").split("\\s*,\\s*"))
                .contains(session.account().providerUserId())
                || running.values().stream().filter(provider -> provider.manifest().hasComponent("admin"))
                        .anyMatch(provider -> provider.admin().isAdmin(session.in(null), user));
    }

    /** The auth provider and its id; empty while nobody can sign in. */
    Optional<SignIn> signIn() {
        Decision decision = decisions.get(Axis.AUTH);
        return decision.isOn() ? Optional.of(new SignIn(decision.provider(), auth)) : Optional.empty();
    }

    /**
     * @param id under which the auth provider is registered, and users are known to the workspaces
     */
    record SignIn(String id, AuthProvider provider) {
    }

    /** Ends all providers. */
    @Override
    public void close() {
        running.values().forEach(Provider::close);
        if (auth != null) {
            auth.close();
        }
    }
}
