package dev.or3.tck.matrix.doctor;

import dev.or3.tck.api.Limits;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.Change;
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
import java.util.List;
import java.util.Objects;

/** The sync component: one operation there and back, and what the manifest says of it. */
final class SyncLook {
    private static final String ROUND_TRIP = "round trip";
    private static final long MONTH_SECONDS = 30L * 24 * 3600;
    private static final int PAGE = 10;

    private SyncLook() {
    }

    static List<Finding> roundTrip(Ward ward) {
        if (!ward.manifest().hasComponent("sync")) {
            return List.of(Finding.warn(ROUND_TRIP, "the manifest declares no component sync",
                    "a certificate needs the groups PUSH, PULL and LWW"));
        }
        Operation put = ward.put();
        Sync sync = ward.provider().sync();
        PushResponse pushed = sync.push(ward.owner(), new PushRequest(ward.scope(), List.of(put)));
        if (pushed == null || pushed.results() == null || pushed.results().size() != 1 || pushed.results().get(0) == null) {
            return wrong("a push of one operation is answered with " + pushed, "answer one result for each operation");
        }
        OperationResult result = pushed.results().get(0);
        if (!result.success() || result.serverVersion() == null) {
            return wrong("a plain push is refused: " + result, "accept a complete record in the table " + Ward.TABLE);
        }
        PullResponse pulled = sync.pull(ward.owner(), new PullRequest(ward.scope(), 0, PAGE, null));
        if (pulled == null || pulled.changes() == null || pulled.changes().size() != 1) {
            return wrong("a pull after one push is answered with " + pulled, "answer the one change");
        }
        return compare(put, result.serverVersion(), pulled.changes().get(0));
    }

    private static List<Finding> compare(Operation put, long version, Change change) {
        if (change == null || change.serverVersion() != version || !Objects.equals(change.pk(), put.pk())
                || !Objects.equals(change.stamp(), put.stamp())) {
            return wrong("what is pulled is not what was pushed: " + change, "return version, key and stamp unchanged");
        }
        if (!put.payload().sameAs(change.payload())) {
            return wrong("the payload comes back as " + change.payload() + " instead of " + put.payload(),
                    "return it unchanged as JSON");
        }
        return List.of(Finding.ok(ROUND_TRIP, "one operation pushed and pulled as version " + version));
    }

    private static List<Finding> wrong(String text, String advice) {
        return List.of(Finding.fail(ROUND_TRIP, text, advice));
    }

    static List<Finding> capabilities(Ward ward) {
        if (!ward.manifest().hasComponent("sync")) {
            return List.of();
        }
        return List.of(gc(ward), snapshot(ward), applied(ward), cursorOwnership(ward));
    }

    private static Finding gc(Ward ward) {
        Limits limits = ward.manifest().limits();
        long retention = Math.max(limits.minRetentionSeconds() == null ? 0 : limits.minRetentionSeconds(),
                limits.maxRetentionSeconds() == null ? MONTH_SECONDS
                        : Math.min(MONTH_SECONDS, limits.maxRetentionSeconds()));
        CollectRequest request = new CollectRequest(ward.scope(), retention);
        return honesty(ward, "gc", () -> {
            ward.provider().sync().gcTombstones(ward.owner(), request);
            ward.provider().sync().gcChangeLog(ward.owner(), request);
        });
    }

    private static Finding snapshot(Ward ward) {
        return honesty(ward, "snapshot", () -> {
            SnapshotPage page = ward.provider().sync().snapshot(ward.owner(),
                    new SnapshotRequest(ward.scope(), PAGE, null, null));
            if (page == null || page.items() == null) {
                throw new Doctor.Unexpected("no page: " + page);
            }
        });
    }

    private static Finding applied(Ward ward) {
        return honesty(ward, "applied", () -> {
            PushResponse pushed = ward.provider().sync().push(ward.owner(),
                    new PushRequest(ward.scope(), List.of(ward.put())));
            if (pushed.results().get(0).applied() == null) {
                throw ProviderException.unsupported("applied in the results of a push");
            }
        });
    }

    /** Whether another member's update of a device's cursor is refused; it may also be ignored, which only time would tell. */
    private static Finding cursorOwnership(Ward ward) {
        String subject = "capability cursorOwnership";
        boolean declared = ward.manifest().hasCapability("sync", "cursorOwnership");
        if (ward.other().isEmpty()) {
            return declared ? Finding.warn(subject, "is declared, but there is no second member to try it with",
                    "offer the control provision") : Finding.ok(subject, "not declared");
        }
        Sync sync = ward.provider().sync();
        CursorUpdate update = new CursorUpdate(ward.scope(), Ward.DEVICE, 1);
        sync.updateCursor(ward.owner(), update);
        try {
            sync.updateCursor(ward.other().get(), update);
            return Finding.ok(subject, declared ? "declared; another member's update of a device is not refused, so CUR-06 has"
                    + " to show that it is ignored" : "not declared, and another member's update of a device is not refused");
        } catch (ProviderException e) {
            if (e.status() < 400 || e.status() > 499) {
                return Finding.fail(subject, "another member's update of a device fails: " + Doctor.words(e), "refuse it with 403")
                        .repeatedBy(ward.last());
            }
            return declared ? Finding.ok(subject, "declared, and another member's update of a device is refused")
                    : Finding.warn(subject, "works, but the manifest does not declare it",
                            "declare it: what is not declared is not certified").repeatedBy(ward.last());
        }
    }

    private static Finding honesty(Ward ward, String capability, Runnable call) {
        return ward.honesty("capability", capability, ward.manifest().hasCapability("sync", capability), call);
    }
}
