package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.admin.Admin;
import dev.or3.tck.api.config.Configuration;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.jobs.Jobs;
import dev.or3.tck.api.limits.RateLimits;
import dev.or3.tck.api.notifications.Notifications;
import dev.or3.tck.api.storage.Storage;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.tokens.Tokens;
import dev.or3.tck.api.workspaces.Workspaces;
import dev.or3.tck.reference.backends.BackendTypes;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A provider on one SQLite file. Several instances, in this process or others, may share the file. Safe for use by
 * several threads.
 */
public final class SqliteProvider implements Provider {
    static final Limits LIMITS =
            new Limits(500, 1000, 256 * 1024, 3600L, 10L * 365 * 24 * 3600, 3600L, 20, 5, null, null);

    private final Store store;
    private final Profile profile;
    private final SqliteSync sync;
    private final SqliteWorkspaces workspaces;
    private final SqliteRateLimits rateLimits;
    private final SqliteJobs jobs;
    private final SqliteNotifications notifications;
    private final SqliteTokens tokens;
    /** Empty without a key to encrypt with. */
    private final Optional<SqliteConfiguration> configuration;
    private final SqliteAdmin admin;
    /** Empty in memory: bytes need a place. */
    private final Optional<SqliteStorage> storage;
    private final SqliteControls controls;
    /** Made when it is first asked for: it tells the keys of tokens. */
    private volatile Manifest manifest;

    /**
     * Opens the database file, creating or upgrading it.
     *
     * @throws ProviderException naming the setting that is missing or wrong, and what to do (DUR-06)
     */
    public SqliteProvider(ProviderConfig config) {
        Settings settings = Settings.of(config);
        this.profile = settings.profile();
        ProviderTime time = new ProviderTime();
        // Before anything is opened: a malformed key leaves nothing behind.
        Optional<ConfigSettings> backends = ConfigSettings.of(config.settings());
        this.store = new Store(settings);
        this.sync = new SqliteSync(store, config.schema(), LIMITS, profile, time);
        this.workspaces = new SqliteWorkspaces(store, time);
        this.rateLimits = new SqliteRateLimits(store, time);
        this.jobs = new SqliteJobs(store, LIMITS, time);
        this.notifications = new SqliteNotifications(sync, time);
        this.tokens = new SqliteTokens(store, time);
        this.configuration = backends.map(given -> given.open(store, time));
        this.admin = new SqliteAdmin(store, workspaces, time, List.copyOf(configuration.stream().toList()));
        this.storage = store.isInMemory() || !store.settings().files() ? Optional.empty()
                : Optional.of(new SqliteStorage(store, time));
        this.controls = new SqliteControls(store, workspaces, time);
    }

    private Manifest told() {
        boolean inMemory = store.isInMemory();
        Manifest.Component sync = profile.includes(Profile.V1_1)
                ? Manifest.Component.with("gc", "snapshot", "applied", "cursorOwnership") : Manifest.Component.with("gc");
        Manifest.Component workspaces = Manifest.Component.with("getUser");
        Map<String, Manifest.Component> components = new HashMap<>(Map.of("sync", sync, "workspaces", workspaces,
                "rateLimits", Manifest.Component.with(), "jobs", Manifest.Component.with(),
                "notifications", Manifest.Component.with(), "admin", Manifest.Component.with()));
        components.put("tokens", new Manifest.Component(Set.of(), null, tokens.jwks()));
        if (configuration.isPresent()) {
            components.put("config", Manifest.Component.with());
        }
        storage.ifPresent(there -> components.put("storage", Manifest.Component.with("commit", "gc", "delete", "quota")));
        components.replaceAll((name, component) -> scoped(component, inMemory));
        return new Manifest(Manifest.PROTOCOL,
                new Manifest.Identity(SqliteProviderFactory.ID, "or3-provider-sqlite", "0.1.0"), profile,
                components, limits(),
                List.of("file_meta.ref_count"), false,
                inMemory ? List.of("provision", "clock", "inspect") : List.of("provision", "clock", "inspect", "restart"));
    }

    private Limits limits() {
        return new Limits(LIMITS.maxOpsPerPush(), LIMITS.maxPullLimit(), LIMITS.maxPayloadBytes(),
                LIMITS.minRetentionSeconds(), LIMITS.maxRetentionSeconds(), LIMITS.snapshotSeconds(), LIMITS.maxJobs(), LIMITS.maxJobsPerUser(),
                SqliteStorage.URL_SECONDS, store.settings().storageQuota());
    }

    private static Manifest.Component scoped(Manifest.Component component, boolean inMemory) {
        return inMemory ? new Manifest.Component(component.capabilities(), "process", component.jwks()) : component;
    }

    @Override
    public Manifest manifest() {
        if (manifest == null) {
            manifest = told();
        }
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
    public Tokens tokens() {
        return tokens;
    }

    @Override
    public RateLimits rateLimits() {
        return rateLimits;
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
    public Storage storage() {
        return storage.orElseThrow(() -> ProviderException.unsupported("component storage"));
    }

    @Override
    public Admin admin() {
        return admin;
    }

    /** Also a {@link dev.or3.tck.api.config.Registry}. */
    @Override
    public Configuration configuration() {
        return configured();
    }

    /**
     * The types of backends, which can be searched for what they can do.
     *
     * @throws ProviderException 501 if no key to encrypt with is set
     */
    public BackendTypes backendTypes() {
        return configured().types();
    }

    private SqliteConfiguration configured() {
        return configuration.orElseThrow(() -> ProviderException.unsupported("component config"));
    }

    @Override
    public Controls controls() {
        return controls;
    }

    /**
     * Copies the database as it is now into a new file, while others read and write.
     *
     * @param target a file that does not exist yet, in a folder that does
     * @throws ProviderException if the copy cannot be made; nothing is left of it then
     */
    public void backup(Path target) {
        store.backup(target);
    }

    @Override
    public void close() {
        configuration.ifPresent(SqliteConfiguration::close);
        storage.ifPresent(SqliteStorage::close);
        store.close();
    }
}
