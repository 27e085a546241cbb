package dev.or3.tck.suites.check.limits;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.Linearizability;
import dev.or3.tck.suites.check.Linearizability.Answer;
import dev.or3.tck.suites.check.Linearizability.Operation;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One key under one limit. Where kinds of windows differ, only what holds for all of them is judged: at most twice the limit
 * in any window; at most the limit in a burst that follows a quiet time and crosses no boundary of windows that begin at
 * multiples of their length.
 */
final class KeyRules {
    /** Clocks of the kit and the provider may differ so much, in milliseconds. */
    private static final long SLACK = 2_000;
    /** Windows that weigh the one before look back so many windows. */
    private static final int LOOKED_BACK = 2;
    private static final int BOUND = 100_000;

    private final List<LimitCall> calls;
    private final List<LimitCall> counting;
    private final long windowMs;
    private final long max;
    private final boolean amongOthers;
    private final AskFindings findings;

    private KeyRules(List<LimitCall> calls, boolean amongOthers, AskFindings findings) {
        this.calls = calls;
        this.counting = calls.stream().filter(LimitCall::mayCount).toList();
        this.windowMs = calls.get(0).windowMs();
        this.max = calls.get(0).maxRequests();
        this.amongOthers = amongOthers;
        this.findings = findings;
    }

    /**
     * @param calls       in the order in which they began
     * @param amongOthers whether other keys were in use too
     */
    static void judge(List<LimitCall> calls, boolean amongOthers, AskFindings findings) {
        KeyRules rules = new KeyRules(calls, amongOthers, findings);
        rules.judgeAnyWindow();
        rules.calls.forEach(rules::judgeAlone);
        rules.calls.stream().filter(LimitCall::isCheck).forEach(rules::judgeDenial);
        rules.calls.stream().filter(LimitCall::isDenied).forEach(rules::judgeRetryAfter);
        rules.bursts().forEach(rules::judgeBurst);
    }

    /** Never more than twice the limit, whatever kind of window (RATE-01). */
    private void judgeAnyWindow() {
        List<LimitCall> allowed = calls.stream().filter(LimitCall::isAllowed).toList();
        for (int first = 0, last = 0; last < allowed.size(); last++) {
            while (allowed.get(last).ended() - allowed.get(first).began() >= windowMs - SLACK) {
                first++;
            }
            if (last - first + 1 > 2 * max) {
                tooMany(allowed.subList(first, last + 1), 2 * max, "within one window of " + windowMs + " ms");
                return;
            }
        }
    }

    private void tooMany(List<LimitCall> allowed, long most, String where) {
        LimitCall last = allowed.get(allowed.size() - 1);
        findings.violated("RATE-01", null, "Because the key '" + last.key() + "' may have " + max + " requests in " + windowMs
                        + " ms, yet " + allowed.size() + " were let through " + where + ", the last by "
                        + last.asked().called() + ".", "at most " + most, allowed.size() + " let through",
                witnesses(allowed.subList(Math.max(0, allowed.size() - 4), allowed.size())));
    }

    /** What an answer says by itself (RATE-02, -03). */
    private void judgeAlone(LimitCall call) {
        if (call.tellsRemaining() && (call.remaining() < 0 || call.remaining() > max
                || call.isDenied() && call.remaining() > 0)) {
            findings.violated("RATE-03", null, "Because " + (call.isDenied() ? "a denied request has nothing left"
                            : "0 to " + max + " requests can remain") + ", yet " + call.asked().called() + " says that "
                            + call.remaining() + " do.", call.isDenied() ? "0" : "0 to " + max,
                    String.valueOf(call.remaining()), call.asked());
        }
        JsonNode limit = call.asked().answer().path("limit");
        if (!call.isCheck() && limit.isNumber() && limit.asLong() != max) {
            findings.violated("RATE-03", null, "Because the limit asked about is " + max + ", yet " + call.asked().called()
                    + " says that it is " + limit.asLong() + ".", String.valueOf(max), limit.asText(), call.asked());
        }
    }

    /** A denial needs requests that count: the key's own, of late, let through (RATE-02, -03). */
    private void judgeDenial(LimitCall call) {
        List<LimitCall> before = counting.stream().filter(other -> other != call && !call.precedes(other)).toList();
        long possible = before.stream().filter(other -> isWithin(other, call, LOOKED_BACK * windowMs)).count();
        boolean quiet = before.stream().noneMatch(other -> isWithin(other, call, windowMs));
        boolean again = !before.isEmpty();
        if (again && quiet && (call.isAllowed() || call.isDenied())) {
            findings.premise("RATE-02", 1);
        }
        if (!call.isDenied() || possible >= max && !(again && quiet)) {
            return;
        }
        boolean aged = calls.stream().anyMatch(other -> other.isCheck() && other.precedes(call)
                && !isWithin(other, call, windowMs));
        String why = aged ? "the window of the earlier ones is over" : amongOthers ? "only requests under other keys, or"
                + " questions that record nothing, came besides" : "nothing else was let through";
        AskCall last = before.isEmpty() ? null : before.get(before.size() - 1).asked();
        findings.violated(aged ? "RATE-02" : "RATE-03", null, "Because at most " + possible + " of " + max + " requests under the"
                        + " key '" + call.key() + "' can count, for " + why + ", yet " + call.asked().called()
                        + " is denied.", "allowed", "denied", last, call.asked());
    }

    /** Whether it may still have counted so many milliseconds later, when the call was made. */
    private static boolean isWithin(LimitCall other, LimitCall call, long millis) {
        return other.ended() == Long.MAX_VALUE || call.began() - other.ended() < millis + SLACK;
    }

    /** After the time that a denial names, a request passes (RATE-02). */
    private void judgeRetryAfter(LimitCall denied) {
        Optional<Long> told = denied.retryAfterMs();
        if (told.isEmpty()) {
            return;
        }
        long wait = told.get();
        if (wait < 0 || wait > windowMs + SLACK) {
            findings.violated("RATE-02", null, "Because a window of " + windowMs + " ms is over after that time at the latest, yet "
                            + denied.asked().called() + " says to try again in " + wait + " ms.", "0 to " + windowMs + " ms",
                    wait + " ms", denied.asked());
            return;
        }
        Optional<LimitCall> next = calls.stream().filter(LimitCall::isCheck).filter(call -> denied.precedes(call)
                && call.began() >= denied.ended() + wait + SLACK).findFirst();
        next.filter(call -> counting.stream().noneMatch(other -> other != call && !other.precedes(denied)
                && !call.precedes(other))).ifPresent(call -> {
                    findings.premise("RATE-02", call.isAllowed() || call.isDenied() ? 1 : 0);
                    if (call.isDenied()) {
                        findings.violated("RATE-02", null, "Because " + denied.asked().called() + " said to try again in " + wait
                                        + " ms, yet " + call.asked().called() + ", " + (call.began() - denied.ended())
                                        + " ms later and with nothing let through in between, is denied too.", "allowed",
                                "denied", denied.asked(), call.asked());
                    }
                });
    }

    /** Groups of calls that all kinds of windows count alike: they begin after a quiet time, with nothing counted. */
    private List<List<LimitCall>> bursts() {
        List<List<LimitCall>> bursts = new ArrayList<>();
        List<LimitCall> burst = null;
        for (LimitCall call : calls) {
            if (burst == null || !fits(burst.get(0), call)) {
                boolean quiet = counting.stream().noneMatch(other -> other != call && !call.precedes(other)
                        && other.asked().seq() < call.asked().seq() && isWithin(other, call, LOOKED_BACK * windowMs));
                burst = quiet ? new ArrayList<>() : null;
                if (quiet) {
                    bursts.add(burst);
                }
            }
            if (burst != null) {
                burst.add(call);
            }
        }
        return bursts;
    }

    private boolean fits(LimitCall first, LimitCall call) {
        long end = call.ended() == Long.MAX_VALUE ? call.began() : call.ended();
        return end - first.began() < windowMs - SLACK
                && (first.began() - SLACK) / windowMs == (end + SLACK) / windowMs;
    }

    private void judgeBurst(List<LimitCall> burst) {
        if (!fits(burst.get(0), burst.get(0))) {
            return;
        }
        List<LimitCall> allowed = burst.stream().filter(LimitCall::isAllowed).toList();
        long checks = burst.stream().filter(LimitCall::isCheck).count();
        findings.premise("RATE-01", checks > max ? 1 : 0);
        findings.premise("RATE-03", burst.stream().filter(LimitCall::tellsRemaining).count() > 1
                && (amongOthers || burst.stream().anyMatch(call -> !call.isCheck())) ? 1 : 0);
        if (allowed.size() > max) {
            tooMany(allowed, max, "in one burst");
        } else if (findings.isClean()) {
            judgeOrder(burst);
        }
    }

    private void judgeOrder(List<LimitCall> burst) {
        LimitModel model = new LimitModel(max);
        List<Operation<LimitCall, JsonNode>> operations = burst.stream()
                .filter(call -> call.asked().isOk() || call.mayCount()).map(KeyRules::operation).toList();
        Answer answer = Linearizability.decide(model, operations, BOUND).answer();
        if (answer == Answer.UNDECIDED) {
            findings.limit("RATE-01: the search over " + operations.size() + " calls stopped after " + BOUND
                    + " configurations");
        } else if (answer == Answer.NOT_LINEARIZABLE) {
            Linearizability.culprit(model, operations, BOUND).ifPresent(seq -> contradiction(burst.stream()
                    .filter(call -> call.asked().seq() == seq).findFirst().orElseThrow(), burst));
        }
    }

    private static Operation<LimitCall, JsonNode> operation(LimitCall call) {
        AskCall asked = call.asked();
        return asked.isUnknown() ? Operation.unanswered(asked.seq(), asked.event().invoked(), call)
                : Operation.answered(asked.seq(), asked.event().invoked(), asked.event().returned(), call, asked.answer());
    }

    private void contradiction(LimitCall culprit, List<LimitCall> burst) {
        List<LimitCall> before = burst.stream().filter(call -> call.mayCount() && call != culprit && !culprit.precedes(call))
                .sorted(Comparator.comparingInt(call -> call.asked().seq())).toList();
        findings.violated("RATE-03", null, "Because " + before.size() + " of " + max + " requests under the key '" + culprit.key()
                        + "' may have been let through when " + culprit.asked().called() + " was made, yet it got "
                        + culprit.asked().outcome() + ": no order of the calls explains that.",
                "an answer that some order of the calls explains", culprit.asked().outcome(),
                Stream.concat(Stream.of(witnesses(before)), Stream.of(culprit.asked())).toArray(AskCall[]::new));
    }

    private static AskCall[] witnesses(List<LimitCall> calls) {
        return calls.stream().map(LimitCall::asked).toArray(AskCall[]::new);
    }
}
