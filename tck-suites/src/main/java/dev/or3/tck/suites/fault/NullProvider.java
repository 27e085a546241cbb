package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Manifest.Component;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.config.Configuration;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.jobs.Jobs;
import dev.or3.tck.api.limits.RateLimits;
import dev.or3.tck.api.notifications.Notifications;
import dev.or3.tck.api.storage.Storage;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Claims every capability and control, and keeps nothing. */
record NullProvider(Sync sync, Workspaces workspaces, RateLimits rateLimits, Storage storage, Jobs jobs,
        Notifications notifications, Configuration configuration) implements Provider {

    @Override
    public Manifest manifest() {
        return new Manifest(Manifest.PROTOCOL, new Manifest.Identity("null", "or3-provider-null", "0.1.0"), Profile.V1_1,
                Map.of("sync", Component.with("gc", "snapshot", "applied", "cursorOwnership"),
                        "workspaces", Component.with("getUser"), "rateLimits", Component.with(),
                        "storage", Component.with("commit", "gc", "delete", "quota"), "jobs", Component.with(),
                        "notifications", Component.with(), "config", Component.with()),
                new Limits(100, 500, 65536, 0L, null, 3600L, null, null, null, 1024L * 1024), List.of(), false,
                List.of("clock", "inspect", "restart", "provision"));
    }

    @Override
    public Controls controls() {
        return new Controls() {
            @Override
            public Provisioned provision(List<Role> members) {
                return new Provisioned(UUID.randomUUID().toString(),
                        members.stream().map(role -> UUID.randomUUID().toString()).toList());
            }

            @Override
            public long clock(long offsetSeconds) {
                return System.currentTimeMillis() / 1000 + offsetSeconds;
            }

            @Override
            public Inspection inspect(String workspaceId, String tableName, String pk) {
                return new Inspection(null, List.of());
            }

            @Override
            public void restart() {
                // There is nothing to lose.
            }
        };
    }

    @Override
    public void close() {
        // There is nothing to release.
    }
}
