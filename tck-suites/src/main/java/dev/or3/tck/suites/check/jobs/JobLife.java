package dev.or3.tck.suites.check.jobs;

import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.run.Event;
import java.util.List;
import java.util.stream.Stream;

/**
 * A job, the calls about it, and how long it lives for certain. Times are provider time in milliseconds.
 *
 * @param created by whose answer its id is known
 * @param calls   those about it that are well-formed and were not turned away for too much to do, in the order in which they
 *                began
 */
record JobLife(String id, AskCall created, List<AskCall> calls) {
    static final String COMPONENT = "jobs";
    /** So long a job may stream without activity, and be shown after its end. */
    static final long LIFE = 5 * 60_000;
    /** Clocks of the kit and the provider may differ so much. */
    static final long SLACK = 2_000;

    String owner() {
        return created.text("userId");
    }

    /** Whether the call names a user other than the owner. */
    boolean isForeign(AskCall call) {
        String user = call.text("userId");
        return user != null && !user.equals(owner());
    }

    Stream<AskCall> own() {
        return calls.stream().filter(call -> !isForeign(call));
    }

    /** Whether the call may have ended the job. */
    static boolean mayEnd(AskCall call) {
        return call.is("completeJob") && call.mayTakeEffect() || call.is("failJob") && call.mayTakeEffect()
                || call.is("abortJob") && (call.isUnknown() || call.isOk() && call.answer().asBoolean());
    }

    /** Whether the job has ended for certain when the call was answered. */
    static boolean tellsEnd(AskCall call) {
        return call.isOk() && (mayEnd(call) || call.is("getJob") && !status(call).isEmpty()
                && !status(call).equals(LifeModel.STREAMING) || call.is("checkJobAborted") && call.answer().asBoolean());
    }

    /** The status that a look at the job shows; empty if it shows no job. */
    static String status(AskCall call) {
        return call.isOk() ? call.answer().path("status").asText() : "";
    }

    /** Before this time a correct provider cannot have taken it for stale, or forgotten it. */
    long safeUntil() {
        long active = created.began();
        for (AskCall call : calls) {
            if (call.is("updateJob") && call.isOk() && call.began() < active + LIFE - SLACK) {
                active = Math.max(active, call.began());
            }
        }
        long stale = active + LIFE - SLACK;
        AskCall end = own().filter(JobLife::mayEnd).findFirst().orElse(null);
        if (end == null || end.began() >= stale) {
            return stale;
        }
        long forgotten = end.began() + LIFE - SLACK;
        return end.isOk() ? forgotten : Math.min(stale, forgotten);
    }

    /** The last time that anything may have happened to it; {@link Long#MAX_VALUE} if nobody knows. */
    long lastActivity() {
        return Stream.concat(Stream.of(created), calls.stream().filter(call -> call.mayTakeEffect()
                && (call.is("updateJob") || mayEnd(call)))).mapToLong(AskCall::ended).max().orElseThrow();
    }

    /** From this time on a cleanup ends it, if nothing else did; {@link Long#MAX_VALUE} if nobody knows. */
    long surelyStale() {
        return later(lastActivity());
    }

    static long later(long time) {
        return time == Long.MAX_VALUE ? time : time + LIFE + SLACK;
    }

    /** The place in the history's order at which it may have ended first; {@link Event#NEVER} if it streams throughout. */
    long mayHaveEnded(List<AskCall> all) {
        long safe = safeUntil();
        long expired = all.stream().filter(call -> call.began() >= safe)
                .mapToLong(call -> call.event().invoked()).min().orElse(Event.NEVER);
        return calls.stream().filter(JobLife::mayEnd).mapToLong(call -> call.event().invoked()).reduce(expired, Math::min);
    }

    /** The place in the history's order at which it has ended for certain; {@link Event#NEVER} if that is not known. */
    long hasEnded(List<AskCall> cleanups) {
        long stale = surelyStale();
        return Stream.concat(own().filter(JobLife::tellsEnd), cleanups.stream().filter(call -> call.began() >= stale))
                .mapToLong(call -> call.event().returned()).min().orElse(Event.NEVER);
    }
}
