package dev.or3.tck.suites.check.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.check.Linearizability;
import dev.or3.tck.suites.check.Linearizability.Answer;
import dev.or3.tck.suites.check.Linearizability.Operation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One job: whom it is shown to, its status, and when it is gone (JOB-01, -02, -05). */
final class LifeRules {
    private static final int BOUND = 100_000;
    /** What a job shows as it was made. */
    private static final List<String> MADE = List.of("userId", "threadId", "messageId", "model");

    private final JobLife life;
    private final List<AskCall> cleanups;
    private final AskFindings findings;

    /**
     * @param cleanups those that were answered, of the whole history
     */
    LifeRules(JobLife life, List<AskCall> cleanups, AskFindings findings) {
        this.life = life;
        this.cleanups = cleanups;
        this.findings = findings;
    }

    /** Whether all is well so far, so that it makes sense to look at the content. */
    boolean judge() {
        AskFindings own = new AskFindings();
        life.calls().stream().filter(life::isForeign).forEach(call -> judgeForeign(call, own));
        life.own().filter(call -> call.is("getJob") && !JobLife.status(call).isEmpty()).forEach(
                call -> judgeMade(call, own));
        judgeAborts(own);
        judgeReturn(own);
        judgeExpiry(own);
        if (own.isClean()) {
            judgeOrder(own);
        }
        own.moveTo(findings);
        return own.isClean();
    }

    private void judgeForeign(AskCall call, AskFindings found) {
        boolean shows = call.is("getJob") && call.isOk() && call.answer().isObject();
        boolean aborts = call.is("abortJob") && call.isOk() && call.answer().asBoolean();
        if (shows || aborts) {
            found.violated("JOB-02", null, "Because job " + life.id() + " is that of " + life.owner() + ", yet "
                            + call.called() + " by " + call.text("userId") + (shows ? " shows it." : " aborts it."),
                    shows ? "null" : "false", call.outcome(), life.created(), call);
        } else if (life.own().anyMatch(own -> own.is("getJob") && !JobLife.status(own).isEmpty())) {
            found.premise("JOB-02", 1);
        }
    }

    private void judgeMade(AskCall look, AskFindings found) {
        JsonNode job = look.answer();
        for (String field : MADE) {
            if (!Objects.equals(job.path(field).textValue(), life.created().text(field))) {
                wrong(look, field, job.path(field), life.created().input().path(field), found);
                return;
            }
        }
        if (!job.path("id").asText().equals(life.id())) {
            wrong(look, "id", job.path("id"), life.created().answer(), found);
        }
    }

    private void wrong(AskCall look, String field, JsonNode shown, JsonNode made, AskFindings found) {
        found.violated("JOB-02", null, "Because job " + life.id() + " was made with " + field + " " + made + ", yet "
                        + look.called() + " shows " + shown + ".", made.toString(), shown.toString(), life.created(), look);
    }

    private void judgeAborts(AskFindings found) {
        List<AskCall> aborts = life.own().filter(call -> call.is("abortJob") && call.isOk()).toList();
        List<AskCall> won = aborts.stream().filter(call -> call.answer().asBoolean()).toList();
        if (won.size() > 1) {
            found.violated("JOB-02", null, "Because a job is aborted once, yet " + won.get(0).called() + " and "
                            + won.get(1).called() + " on job " + life.id() + " were both answered with true.",
                    "true once", "true twice", won.get(0), won.get(1));
        }
    }

    /** What ended streams no more, whenever that was. */
    private void judgeReturn(AskFindings found) {
        AskCall ended = null;
        for (AskCall call : life.own().filter(call -> call.is("getJob")).toList()) {
            String status = JobLife.status(call);
            if (status.equals(LifeModel.STREAMING) && ended != null && ended.precedes(call)) {
                found.violated("JOB-01", null, "Because " + ended.called() + " showed job " + life.id() + " as "
                                + JobLife.status(ended) + ", which is final, yet " + call.called() + " shows it streaming.",
                        JobLife.status(ended), status, ended, call);
                return;
            }
            ended = ended == null && !status.isEmpty() && !status.equals(LifeModel.STREAMING) ? call : ended;
        }
    }

    /** What a cleanup should have taken (JOB-05). */
    private void judgeExpiry(AskFindings found) {
        long stale = life.surelyStale();
        Optional<AskCall> first = cleanups.stream().filter(call -> call.began() >= stale).findFirst();
        boolean endedBefore = life.own().anyMatch(call -> call.isOk() && JobLife.mayEnd(call));
        long over = JobLife.later(endedBefore ? life.lastActivity() : first.map(AskCall::ended).orElse(Long.MAX_VALUE));
        Optional<AskCall> last = cleanups.stream().filter(call -> call.began() >= over).findFirst();
        life.own().filter(call -> call.is("getJob")).forEach(look -> {
            boolean gone = last.isPresent() && last.get().precedes(look);
            boolean cleaned = first.isPresent() && first.get().precedes(look);
            String status = JobLife.status(look);
            if (gone && !status.isEmpty()) {
                expired(look, last.get(), "ended more than five minutes before", "null", found);
            } else if (cleaned && status.equals(LifeModel.STREAMING)) {
                expired(look, first.get(), "had no activity for more than five minutes before", "an end, or null", found);
            } else if (gone || cleaned && !endedBefore) {
                found.premise("JOB-05", 1);
            }
        });
    }

    private void expired(AskCall look, AskCall cleanup, String why, String expected, AskFindings found) {
        found.violated("JOB-05", null, "Because job " + life.id() + " " + why + " " + cleanup.called() + ", yet "
                        + look.called() + " shows it as " + JobLife.status(look) + ".", expected, JobLife.status(look),
                life.created(), cleanup, look);
    }

    private void judgeOrder(AskFindings found) {
        long safe = life.safeUntil();
        LifeModel model = new LifeModel();
        List<AskCall> calls = life.own().filter(call -> call.isUnknown() ? call.began() < safe : call.ended() < safe)
                .filter(call -> !call.isUnknown() || JobLife.mayEnd(call)).toList();
        List<Operation<AskCall, AskCall>> operations = calls.stream().map(LifeRules::operation).toList();
        Answer answer = Linearizability.decide(model, operations, BOUND).answer();
        if (answer == Answer.UNDECIDED) {
            found.limit("JOB-01: the search over " + calls.size() + " calls stopped after " + BOUND + " configurations");
        } else if (answer == Answer.NOT_LINEARIZABLE) {
            Linearizability.culprit(model, operations, BOUND).ifPresent(seq -> contradiction(calls.stream()
                    .filter(call -> call.seq() == seq).findFirst().orElseThrow(), calls, found));
        } else {
            found.premise("JOB-01", calls.stream().filter(late -> late.is("getJob") && calls.stream()
                    .anyMatch(call -> call.precedes(late) && isLate(call, calls))).count());
        }
    }

    /** Whether it came after an end. */
    private static boolean isLate(AskCall call, List<AskCall> calls) {
        return !call.is("getJob") && !call.is("checkJobAborted")
                && calls.stream().anyMatch(end -> JobLife.mayEnd(end) && end.isOk() && end.precedes(call));
    }

    private static Operation<AskCall, AskCall> operation(AskCall call) {
        return call.isUnknown() ? Operation.unanswered(call.seq(), call.event().invoked(), call)
                : Operation.answered(call.seq(), call.event().invoked(), call.event().returned(), call, call);
    }

    private void contradiction(AskCall culprit, List<AskCall> calls, AskFindings found) {
        Optional<AskCall> end = calls.stream().filter(call -> call != culprit && JobLife.mayEnd(call)
                && !culprit.precedes(call)).findFirst();
        Optional<AskCall> cleanup = cleanups.stream().filter(call -> !culprit.precedes(call)
                && !call.precedes(life.created())).findFirst();
        boolean vanished = culprit.is("getJob") && JobLife.status(culprit).isEmpty();
        boolean swept = cleanup.isPresent() && (vanished || end.isEmpty());
        String rule = swept ? "JOB-05" : vanished ? "JOB-02" : "JOB-01";
        AskCall before = swept ? cleanup.get() : end.orElse(life.created());
        found.violated(rule, null, "Because " + (swept ? before.called() + " came before job " + life.id() + " can expire"
                        : end.map(call -> call.called() + " on job " + life.id() + " got " + call.outcome())
                        .orElse("job " + life.id() + " streams")) + ", yet " + culprit.called() + " got " + culprit.outcome()
                        + ": no order of the calls explains that, with one end of the job that is final.",
                "an answer that some order of the calls explains", culprit.outcome(), life.created(), before, culprit);
    }
}
