package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Manifest.Component;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.admin.Admin;
import dev.or3.tck.api.config.Configuration;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.control.Mortal;
import dev.or3.tck.api.jobs.Jobs;
import dev.or3.tck.api.limits.RateLimits;
import dev.or3.tck.api.notifications.Notifications;
import dev.or3.tck.api.storage.Storage;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.SnapshotRequest;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.tokens.Tokens;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** One instance over a {@link Disk}, which outlives it. A restart builds its parts anew. */
final class MemoryProvider implements Provider, Mortal {
    private final Disk disk;
    private final MemorySettings settings;
    private final Life life;
    private final Supplier<Parts> assembly;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final FileServer files = new FileServer(this::depot);
    private volatile Parts parts;

    MemoryProvider(Disk disk, MemorySettings settings, Life life, Supplier<Parts> assembly) {
        this.disk = disk;
        this.settings = settings;
        this.life = life;
        this.assembly = assembly;
        start();
    }

    private void start() {
        Parts fresh = assembly.get();
        fresh.files = files;
        fresh.startup.start();
        parts = fresh;
    }

    private Depot depot() {
        return parts.depot;
    }

    @Override
    public Manifest manifest() {
        Set<String> capabilities = settings.isV11() ? Set.of("gc", "snapshot", "applied", "cursorOwnership") : Set.of("gc");
        return new Manifest(Manifest.PROTOCOL, new Manifest.Identity("memory", "or3-provider-memory", "0.1.0"),
                settings.profile(),
                components(capabilities),
                settings.limits(), parts.normalizes, settings.strictSchema(),
                List.of("clock", "inspect", "restart", "provision"));
    }

    private Map<String, Component> components(Set<String> capabilities) {
        Map<String, Component> components = new HashMap<>(Map.of("sync", new Component(capabilities, null),
                "workspaces", Component.with("getUser"), "admin", Component.with(), "rateLimits", Component.with(),
                "jobs", Component.with(), "notifications", Component.with(),
                "tokens", new Component(Set.of(), null, parts.minting.jwks()),
                "storage", new Component(parts.filing, null)));
        if (settings.configures()) {
            components.put("config", Component.with());
        }
        return components;
    }

    @Override
    public Sync sync() {
        return new Sync() {
            @Override
            public PushResponse push(Caller caller, PushRequest request) {
                return life.live(() -> parts.pushing.push(caller, request));
            }

            @Override
            public PullResponse pull(Caller caller, PullRequest request) {
                return life.live(() -> parts.paging.pull(caller, request));
            }

            @Override
            public void updateCursor(Caller caller, CursorUpdate update) {
                run(() -> parts.cursors.update(caller, update));
            }

            @Override
            public void gcTombstones(Caller caller, CollectRequest request) {
                run(() -> parts.collection.tombstones(caller, request));
            }

            @Override
            public void gcChangeLog(Caller caller, CollectRequest request) {
                run(() -> parts.collection.changeLog(caller, request));
            }

            @Override
            public SnapshotPage snapshot(Caller caller, SnapshotRequest request) {
                return life.live(() -> parts.snapshots.page(caller, request));
            }
        };
    }

    private void run(Runnable call) {
        life.live(() -> {
            call.run();
            return null;
        });
    }

    @Override
    public Workspaces workspaces() {
        return parts.members;
    }

    @Override
    public Admin admin() {
        return parts.administration;
    }

    @Override
    public Tokens tokens() {
        return parts.minting;
    }

    @Override
    public RateLimits rateLimits() {
        return parts.limits;
    }

    @Override
    public Configuration configuration() {
        return parts.configurations == null ? Provider.super.configuration() : parts.configurations;
    }

    @Override
    public Jobs jobs() {
        return parts.jobs;
    }

    @Override
    public Notifications notifications() {
        return parts.emission;
    }

    @Override
    public Storage storage() {
        return parts.depot;
    }

    @Override
    public Controls controls() {
        return new Controls() {
            @Override
            public Provisioned provision(List<Role> members) {
                return life.live(() -> MemoryProvider.this.provision(members));
            }

            @Override
            public long clock(long offsetSeconds) {
                parts.clock.moveTo(offsetSeconds);
                return parts.clock.seconds();
            }

            @Override
            public Inspection inspect(String workspaceId, String tableName, String pk) {
                return life.live(() -> MemoryProvider.this.inspect(disk.space(workspaceId), new Key(tableName, pk)));
            }

            @Override
            public void restart() {
                start();
            }
        };
    }

    /** Writes to the tables directly: what is provisioned does not depend on the part that is tested with it. */
    private Controls.Provisioned provision(List<Role> roles) {
        Accounts accounts = disk.accounts;
        return parts.transact(accounts, () -> {
            String workspaceId = UUID.randomUUID().toString();
            accounts.workspaces.put(workspaceId,
                    new Accounts.Workspace(workspaceId, "Provisioned", null, parts.clock.seconds(), false));
            List<String> userIds = roles.stream().map(role -> {
                String userId = UUID.randomUUID().toString();
                accounts.users.put(userId, new Workspaces.User(userId, null, null));
                accounts.join(userId, workspaceId, role);
                accounts.active.put(userId, workspaceId);
                return userId;
            }).toList();
            return new Controls.Provisioned(workspaceId, userIds);
        });
    }

    private Controls.Inspection inspect(Space space, Key key) {
        return parts.transact(space, () -> {
            Row row = parts.resolution.current(space, key).filter(found -> !found.deleted()).orElse(null);
            Controls.StoredRecord record = row == null ? null : new Controls.StoredRecord(row.payload(), false,
                    row.stamp().clock(), row.stamp().hlc(), row.stamp().opId());
            return new Controls.Inspection(record, space.tombstonesOf(key).stream()
                    .map(tombstone -> new Controls.Tombstone(tombstone.stamp().clock(), tombstone.stamp().hlc(),
                            tombstone.stamp().opId(), tombstone.version())).toList());
        });
    }

    @Override
    public void die() {
        life.end();
        parts.startup.die();
        close();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            files.close();
            disk.close();
        }
    }
}
