package dev.or3.tck.suites.check.jobs;

import dev.or3.tck.api.Limits;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.run.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How many jobs stream at once (JOB-04): never more for certain than the limits allow, and nobody is refused while there is
 * room for certain. Jobs of others than this history are known by the count that was asked for before its first job.
 */
final class RoomRules {

    /**
     * A job or an attempt at one. Places in the history's order.
     *
     * @param certainFrom it streams from here for certain; never, if nobody knows whether it was made
     * @param certainTo   it may have ended here
     * @param possibleTo  it had ended here for certain
     */
    private record Stay(AskCall created, long certainFrom, long certainTo, long possibleTo) {
        boolean isOf(String user) {
            return user == null || user.equals(created.text("userId"));
        }

        boolean mayOverlap(AskCall call) {
            return created.event().invoked() < call.event().returned() && possibleTo > call.event().invoked();
        }

        boolean spans(AskCall call) {
            return certainFrom < call.event().invoked() && certainTo > call.event().returned();
        }
    }

    private final Limits limits;
    private final List<Stay> stays;
    private final List<AskCall> calls;
    private final OptionalLong others;
    private final AskFindings findings;

    RoomRules(Limits limits, List<JobLife> lives, List<AskCall> calls, List<AskCall> cleanups, AskFindings findings) {
        this.limits = limits;
        this.calls = calls;
        this.findings = findings;
        List<AskCall> creations = calls.stream().filter(call -> call.is("createJob")).toList();
        Stream<Stay> known = lives.stream().map(life -> new Stay(life.created(), life.created().event().returned(),
                life.mayHaveEnded(calls), life.hasEnded(cleanups)));
        Stream<Stay> unknown = creations.stream().filter(AskCall::isUnknown)
                .map(call -> new Stay(call, Event.NEVER, Event.NEVER, Event.NEVER));
        this.stays = Stream.concat(known, unknown).toList();
        this.others = calls.stream().filter(call -> isCount(call) && creations.stream().allMatch(call::precedes))
                .mapToLong(call -> call.answer().asLong()).findFirst();
    }

    private static boolean isCount(AskCall call) {
        return call.is("getActiveJobCount") && call.isOk() && call.answer().isNumber();
    }

    void judge() {
        stays.stream().map(stay -> stay.created().text("userId")).distinct().forEach(
                user -> judgeCrowd(user, limits.jobsPerUser()));
        judgeCrowd(null, limits.jobs());
        calls.stream().filter(call -> call.is("createJob") && !call.isOk() && !call.isUnknown()).forEach(this::judgeDenial);
        calls.stream().filter(RoomRules::isCount).forEach(this::judgeCount);
    }

    private record Turn(long place, int change, Stay stay) {
    }

    /** Sweeps over the places at which jobs begin and end for certain. */
    private void judgeCrowd(String user, int most) {
        List<Turn> turns = new ArrayList<>();
        stays.stream().filter(stay -> stay.isOf(user) && stay.certainFrom() < stay.certainTo()).forEach(stay -> {
            turns.add(new Turn(stay.certainFrom(), 1, stay));
            turns.add(new Turn(stay.certainTo(), -1, stay));
        });
        turns.sort(Comparator.comparingLong(Turn::place).thenComparingInt(Turn::change));
        int now = 0;
        for (Turn turn : turns) {
            now += turn.change();
            if (now > most) {
                AskCall last = turn.stay().created();
                findings.violated("JOB-04", null, "Because at most " + most + " jobs " + (user == null ? "" : "of one user ")
                                + "may stream at once, yet " + now + (user == null ? "" : " of " + user)
                                + " stream when " + last.called() + " is answered.", "at most " + most,
                        String.valueOf(now), last);
                return;
            }
        }
    }

    private void judgeDenial(AskCall denied) {
        String user = denied.text("userId");
        long own = stays.stream().filter(stay -> stay.isOf(user) && stay.mayOverlap(denied)).count();
        long all = stays.stream().filter(stay -> stay.mayOverlap(denied)).count();
        if (own >= limits.jobsPerUser() || others.isPresent() && all + others.getAsLong() >= limits.jobs()) {
            findings.premise("JOB-04", 1);
        } else if (others.isPresent()) {
            findings.violated("JOB-04", null, "Because at most " + own + " of " + limits.jobsPerUser() + " jobs of " + user
                            + " and " + (all + others.getAsLong()) + " of " + limits.jobs() + " in all can stream, yet "
                            + denied.called() + " got " + denied.outcome() + ".", "a job", denied.outcome(), denied);
        }
    }

    private void judgeCount(AskCall count) {
        long told = count.answer().asLong();
        long least = stays.stream().filter(stay -> stay.spans(count)).count();
        long most = stays.stream().filter(stay -> stay.mayOverlap(count)).count();
        if (told < least || others.isPresent() && told > most + others.getAsLong()) {
            findings.violated("JOB-04", null, "Because " + least + " jobs stream for certain"
                            + (others.isPresent() ? ", and at most " + (most + others.getAsLong()) + " can" : "") + ", yet "
                            + count.called() + " counts " + told + ".", least + " or more", String.valueOf(told), count);
        }
    }
}
