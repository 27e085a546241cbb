package dev.or3.tck.reference.convex;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.notifications.Notifications;
import dev.or3.tck.api.shape.Shape;

/** The notifications component, by the functions {@code notifications:…}. */
final class ConvexNotifications implements Notifications {
    private final Calls calls;

    ConvexNotifications(Calls calls) {
        this.calls = calls;
    }

    @Override
    public String emitBackgroundJobComplete(Caller caller, JobDone input) {
        Shape.check(caller, input);
        return calls.mutation(caller, "notifications:emitBackgroundJobComplete", Calls.args(input), String.class);
    }

    @Override
    public String emitBackgroundJobError(Caller caller, JobFailed input) {
        Shape.check(caller, input);
        return calls.mutation(caller, "notifications:emitBackgroundJobError", Calls.args(input), String.class);
    }
}
