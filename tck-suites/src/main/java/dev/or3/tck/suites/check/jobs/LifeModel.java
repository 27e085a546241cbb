package dev.or3.tck.suites.check.jobs;

import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.Linearizability.Model;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** The status of one job within the time in which it cannot expire. */
final class LifeModel implements Model<String, AskCall, AskCall> {
    static final String STREAMING = "streaming";
    static final String COMPLETE = "complete";
    private static final String ABORTED = "aborted";

    /** What a call makes of a streaming job. */
    private static final Map<String, String> ENDS = Map.of("completeJob", COMPLETE, "failJob", "error", "abortJob", ABORTED);

    @Override
    public Collection<String> initial() {
        return Set.of(STREAMING);
    }

    @Override
    public Collection<String> step(String status, AskCall call, AskCall answered) {
        boolean streams = status.equals(STREAMING);
        if (call.is("getJob")) {
            return only(status, call.isOk() && JobLife.status(call).equals(status));
        }
        if (call.is("checkJobAborted")) {
            return only(status, call.isOk() && call.answer().asBoolean() == status.equals(ABORTED));
        }
        if (call.is("updateJob")) {
            return only(status, call.isOk() || !streams);
        }
        boolean ends = call.isOk() && (!call.is("abortJob") || call.answer().asBoolean());
        if (streams) {
            return ends ? Set.of(ENDS.get(call.method())) : Set.of();
        }
        return only(status, !ends || !call.is("abortJob"));
    }

    private static Collection<String> only(String status, boolean possible) {
        return possible ? Set.of(status) : Set.of();
    }

    @Override
    public Collection<String> stepUnanswered(String status, AskCall call) {
        return Set.of(status.equals(STREAMING) ? ENDS.getOrDefault(call.method(), status) : status);
    }

    @Override
    public boolean isRead(AskCall call) {
        return !ENDS.containsKey(call.method());
    }
}
