package dev.or3.tck.reference.convex;

import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Manifest.Component;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.admin.Admin;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.jobs.Jobs;
import dev.or3.tck.api.limits.RateLimits;
import dev.or3.tck.api.notifications.Notifications;
import dev.or3.tck.api.storage.Storage;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.tokens.Tokens;
import dev.or3.tck.api.workspaces.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A provider on a Convex deployment; all instances of a deployment share its state. Safe for use by several threads.
 */
public final class ConvexProvider implements Provider {
    static final Limits LIMITS = new Limits(100, 500, 64 * 1024, 3600L, 365L * 24 * 3600, 3600L, 20, 5, 3600L,
            4L * 1024 * 1024);
    /** Of each component, what it can do beyond the plain interface. */
    private static final Map<String, Set<String>> CAPABILITIES = Map.of(
            "sync", Set.of("gc", "snapshot", "applied", "cursorOwnership"), "workspaces", Set.of("getUser"),
            "storage", Set.of("commit", "gc", "delete", "quota"), "rateLimits", Set.of(), "jobs", Set.of(),
            "notifications", Set.of(), "admin", Set.of());

    private final Manifest manifest;
    private final Calls calls;
    private final Sync sync;
    private final Workspaces workspaces;
    private final RateLimits rateLimits;
    private final Storage storage;
    private final Jobs jobs;
    private final Notifications notifications;
    private final Admin admin;
    private final Controls controls;

    /**
     * Connects to the deployment.
     *
     * @param broker where the token of a signed-in caller comes from; null to use the deployment's key for all calls
     * @throws ProviderException naming the setting that is missing or wrong, and what to do (DUR-06)
     */
    public ConvexProvider(ProviderConfig config, Tokens broker) {
        Settings settings = Settings.of(config);
        this.calls = new Calls(endpoint(settings), broker);
        if (!calls.isAnswered()) {
            calls.close();
            throw Settings.wrong("no deployment answers at " + Settings.URL + " (" + settings.place()
                    + "): set it to the URL of the deployment, or start the deployment");
        }
        this.sync = new ConvexSync(calls, config.schema(), LIMITS);
        this.workspaces = new ConvexWorkspaces(calls);
        this.rateLimits = new ConvexRateLimits(calls);
        this.storage = new ConvexStorage(calls);
        this.jobs = new ConvexJobs(calls);
        this.notifications = new ConvexNotifications(calls);
        this.admin = new ConvexAdmin(calls, new Upkeep(calls, settings));
        this.controls = settings.controls() ? new ConvexControls(calls) : new Controls() { };
        this.manifest = manifest(settings);
    }

    private static Endpoint endpoint(Settings settings) {
        if (settings.url() != null) {
            Endpoint.Address address = new Endpoint.Address(settings.url(), settings.adminKey());
            return () -> address;
        }
        return settings.isInMemory() ? StubEndpoint.inMemory(settings.weather())
                : new StubEndpoint(settings.stub(), settings.weather());
    }

    private static Manifest manifest(Settings settings) {
        String scope = settings.isInMemory() ? "process" : null;
        Map<String, Component> components = CAPABILITIES.entrySet().stream().collect(
                Collectors.toMap(Map.Entry::getKey, component -> new Component(component.getValue(), scope)));
        return new Manifest(Manifest.PROTOCOL,
                new Manifest.Identity(ConvexProviderFactory.ID, "or3-provider-convex", "0.1.0"), Profile.V1_1, components,
                LIMITS, List.of("file_meta.ref_count"), false,
                settings.controls() ? List.of("provision", "clock", "inspect", "restart") : List.of());
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    public Sync sync() {
        return sync;
    }

    @Override
    public Workspaces workspaces() {
        return workspaces;
    }

    @Override
    public RateLimits rateLimits() {
        return rateLimits;
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Jobs jobs() {
        return jobs;
    }

    @Override
    public Notifications notifications() {
        return notifications;
    }

    @Override
    public Admin admin() {
        return admin;
    }

    @Override
    public Controls controls() {
        return controls;
    }

    @Override
    public void close() {
        calls.close();
    }
}
