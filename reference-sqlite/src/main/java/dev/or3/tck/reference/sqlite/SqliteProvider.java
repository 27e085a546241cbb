package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.admin.Admin;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.limits.RateLimits;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.workspaces.Workspaces;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A provider on one SQLite file. Several instances, in this process or others, may share the file. Safe for use by
 * several threads.
 */
public final class SqliteProvider implements Provider {
    static final Limits LIMITS = new Limits(500, 1000, 256 * 1024, 3600L, 10L * 365 * 24 * 3600, 3600L);

    private final Manifest manifest;
    private final Store store;
    private final SqliteSync sync;
    private final SqliteWorkspaces workspaces;
    private final SqliteRateLimits rateLimits;
    private final SqliteAdmin admin;
    private final SqliteControls controls;

    /**
     * Opens the database file, creating or upgrading it.
     *
     * @throws ProviderException naming the setting that is missing or wrong, and what to do (DUR-06)
     */
    public SqliteProvider(ProviderConfig config) {
        Settings settings = Settings.of(config);
        Profile profile = settings.profile();
        ProviderTime time = new ProviderTime();
        this.store = new Store(settings);
        this.sync = new SqliteSync(store, config.schema(), LIMITS, profile, time);
        this.workspaces = new SqliteWorkspaces(store, time);
        this.rateLimits = new SqliteRateLimits(store, time);
        this.admin = new SqliteAdmin(store, workspaces, time);
        this.controls = new SqliteControls(store, workspaces, time);
        this.manifest = manifest(profile, settings.inMemory());
    }

    private static Manifest manifest(Profile profile, boolean inMemory) {
        Manifest.Component sync = profile.includes(Profile.V1_1)
                ? Manifest.Component.with("gc", "snapshot", "applied", "cursorOwnership") : Manifest.Component.with("gc");
        Manifest.Component workspaces = Manifest.Component.with("getUser");
        return new Manifest(Manifest.PROTOCOL,
                new Manifest.Identity(SqliteProviderFactory.ID, "or3-provider-sqlite", "0.1.0"), profile,
                Map.of("sync", scoped(sync, inMemory), "workspaces", scoped(workspaces, inMemory),
                        "rateLimits", scoped(Manifest.Component.with(), inMemory),
                        "admin", scoped(Manifest.Component.with(), inMemory)), LIMITS,
                List.of("file_meta.ref_count"), false,
                inMemory ? List.of("provision", "clock", "inspect") : List.of("provision", "clock", "inspect", "restart"));
    }

    private static Manifest.Component scoped(Manifest.Component component, boolean inMemory) {
        return inMemory ? new Manifest.Component(component.capabilities(), "process") : component;
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
    public Admin admin() {
        return admin;
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
        store.close();
    }
}
