package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.SnapshotRequest;
import dev.or3.tck.api.sync.Sync;
import java.util.ArrayList;
import java.util.List;

/** Sync components without a memory. */
final class NullSync {
    private NullSync() {
    }

    /** Nothing was stored, and nothing is there. */
    static class Empty implements Sync {
        @Override
        public PushResponse push(Caller caller, PushRequest request) {
            return new PushResponse(List.of(), 0L);
        }

        @Override
        public PullResponse pull(Caller caller, PullRequest request) {
            return new PullResponse(List.of(), request.cursor(), false, 1L, false);
        }

        @Override
        public void updateCursor(Caller caller, CursorUpdate update) {
            // Nothing to remember.
        }

        @Override
        public void gcTombstones(Caller caller, CollectRequest request) {
            // Nothing to collect.
        }

        @Override
        public void gcChangeLog(Caller caller, CollectRequest request) {
            // Nothing to collect.
        }

        @Override
        public SnapshotPage snapshot(Caller caller, SnapshotRequest request) {
            return new SnapshotPage(caller.workspaceId(), "snapshot", 0, List.of(), null);
        }
    }

    /** Every operation succeeded. */
    static class Agreeing extends Empty {
        @Override
        public PushResponse push(Caller caller, PushRequest request) {
            List<OperationResult> results = new ArrayList<>();
            for (Operation operation : request.ops()) {
                results.add(result(operation, results.size() + 1));
            }
            return new PushResponse(results, (long) results.size());
        }

        OperationResult result(Operation operation, long version) {
            return OperationResult.stored(operation.stamp().opId(), version, true, null);
        }
    }

    /** Every operation succeeded, and won with the payload it has. */
    static final class Echo extends Agreeing {
        @Override
        OperationResult result(Operation operation, long version) {
            return OperationResult.stored(operation.stamp().opId(), version, true, operation.payload());
        }
    }
}
