package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.SnapshotRequest;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.workspaces.Workspaces;

/** A provider that pushes in a way of its own. */
record PushTwin(Provider real, Pushing pushing) implements Provider {

    interface Pushing {
        PushResponse push(Sync real, Caller caller, PushRequest request);
    }

    @Override
    public Manifest manifest() {
        return real.manifest();
    }

    @Override
    public Workspaces workspaces() {
        return real.workspaces();
    }

    @Override
    public Controls controls() {
        return real.controls();
    }

    @Override
    public Sync sync() {
        Sync sync = real.sync();
        return new Sync() {
            @Override
            public PushResponse push(Caller caller, PushRequest request) {
                return pushing.push(sync, caller, request);
            }

            @Override
            public PullResponse pull(Caller caller, PullRequest request) {
                return sync.pull(caller, request);
            }

            @Override
            public void updateCursor(Caller caller, CursorUpdate update) {
                sync.updateCursor(caller, update);
            }

            @Override
            public void gcTombstones(Caller caller, CollectRequest request) {
                sync.gcTombstones(caller, request);
            }

            @Override
            public void gcChangeLog(Caller caller, CollectRequest request) {
                sync.gcChangeLog(caller, request);
            }

            @Override
            public SnapshotPage snapshot(Caller caller, SnapshotRequest request) {
                return sync.snapshot(caller, request);
            }
        };
    }

    @Override
    public void close() {
        real.close();
    }
}
