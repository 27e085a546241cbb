package dev.or3.tck.suites.check.jobs;

import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.ask.InputJudgement;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.run.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judges the jobs component: JOB-01 to -05, job by job, and the limits over all of them. */
public final class JobJudgement implements Judgement {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        List<AskCall> calls = AskCall.of(index.history(), JobLife.COMPONENT).stream()
                .filter(call -> !InputJudgement.isMalformed(call)).toList();
        boolean forgets = index.history().header().manifest().isPerProcess(JobLife.COMPONENT) && index.history().events()
                .stream().anyMatch(event -> event.call() instanceof Call.Restart);
        if (calls.isEmpty() || forgets) {
            return;
        }
        AskFindings found = new AskFindings();
        List<AskCall> cleanups = calls.stream().filter(call -> call.is("cleanupExpired") && call.isOk()).toList();
        List<JobLife> lives = lives(calls, found);
        for (JobLife life : lives) {
            if (new LifeRules(life, cleanups, found).judge()) {
                ContentRules.judge(life, found);
            }
        }
        new RoomRules(index.history().header().manifest().limits(), lives, calls, cleanups, found).judge();
        found.moveTo(findings, isGrounded(lives));
    }

    private static List<JobLife> lives(List<AskCall> calls, AskFindings found) {
        Map<String, JobLife> byId = new LinkedHashMap<>();
        for (AskCall call : calls) {
            if (call.is("createJob") && call.isOk() && call.answer().isTextual()) {
                JobLife life = new JobLife(call.answer().asText(), call, new ArrayList<>());
                JobLife twin = byId.putIfAbsent(life.id(), life);
                if (twin != null) {
                    found.violated("JOB-02", null, "Because " + twin.created().called() + " made job " + life.id()
                                    + ", yet " + call.called() + " got the same id.", "an id of its own", life.id(), twin.created(), call);
                }
            }
        }
        calls.stream().filter(call -> call.text("jobId") != null && !isBusy(call)).forEach(call -> {
            JobLife life = byId.get(call.text("jobId"));
            if (life != null) {
                life.calls().add(call);
            }
        });
        return List.copyOf(byId.values());
    }

    /** Whether the provider only had too much to do. */
    private static boolean isBusy(AskCall call) {
        return call.status() == TOO_MANY_REQUESTS || call.status() == UNAVAILABLE;
    }

    /** A job was shown to its owner while it streamed, and as it ended. */
    private static boolean isGrounded(List<JobLife> lives) {
        return lives.stream().flatMap(JobLife::own).anyMatch(call -> JobLife.status(call).equals(LifeModel.STREAMING))
                || lives.stream().flatMap(JobLife::own).anyMatch(call -> call.is("abortJob") && call.isOk()
                && call.answer().asBoolean());
    }
}
