package dev.or3.tck.matrix.doctor;

import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import java.util.List;

/** The test controls: those that are declared work, the others answer 501, and time moves. */
final class ControlsLook {
    private static final long STEP_SECONDS = 3600;
    private static final long SLACK_SECONDS = 5;

    private ControlsLook() {
    }

    static List<Finding> look(Ward ward) {
        return List.of(control(ward, "inspect", () -> inspect(ward)), control(ward, "clock", () -> clock(ward)),
                control(ward, "restart", () -> restart(ward)));
    }

    private static void inspect(Ward ward) {
        Operation put = ward.put();
        ward.provider().sync().push(ward.owner(), new PushRequest(ward.scope(), List.of(put)));
        Controls.Inspection seen = ward.provider().controls().inspect(ward.owner().workspaceId(), Ward.TABLE, put.pk());
        if (seen == null || seen.record() == null || seen.record().clock() != put.stamp().clock()) {
            throw new Doctor.Unexpected("another record than the one just pushed: " + seen);
        }
    }

    private static void clock(Ward ward) {
        Controls controls = ward.provider().controls();
        long before = controls.clock(0);
        long now = System.currentTimeMillis() / 1000;
        if (Math.abs(before - now) > SLACK_SECONDS) {
            throw new Doctor.Unexpected("the time " + before + " at offset 0, but it is " + now + " (epoch seconds)");
        }
        long moved = controls.clock(STEP_SECONDS) - before;
        if (Math.abs(moved - STEP_SECONDS) > SLACK_SECONDS) {
            throw new Doctor.Unexpected(moved <= SLACK_SECONDS ? "a clock that does not move: " + moved + " s instead of "
                    + STEP_SECONDS + " s" : "a clock that moved by " + moved + " s instead of " + STEP_SECONDS + " s");
        }
        long again = controls.clock(STEP_SECONDS) - before;
        if (Math.abs(again - STEP_SECONDS) > SLACK_SECONDS) {
            throw new Doctor.Unexpected("a clock that is " + again + " s ahead after the offset of " + STEP_SECONDS
                    + " s was sent twice: the offset is absolute, and repeating it changes nothing");
        }
    }

    private static void restart(Ward ward) {
        if (!ward.manifest().hasComponent("sync")) {
            ward.provider().controls().restart();
            return;
        }
        long before = pull(ward).nextCursor();
        ward.provider().controls().restart();
        long after = pull(ward).nextCursor();
        if (after != before) {
            throw new Doctor.Unexpected("a log that ends at version " + after + " after a restart, and ended at "
                    + before + " before");
        }
    }

    private static PullResponse pull(Ward ward) {
        return ward.provider().sync().pull(ward.owner(), new PullRequest(ward.scope(), 0, 100, null));
    }

    private static Finding control(Ward ward, String name, Runnable call) {
        Finding finding = ward.honesty("control", name, ward.manifest().hasControl(name), call);
        return ward.manifest().hasControl(name) || finding.health() != Finding.Health.OK ? finding
                : Finding.warn(finding.subject(), "not offered", "offer it: what needs it is not verifiable without");
    }
}
