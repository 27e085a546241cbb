package dev.or3.tck.suites.check.jobs;

import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a job's content is made of (JOB-03), and that nothing is added to it after its end (JOB-01). */
final class ContentRules {
    private final JobLife life;
    private final List<AskCall> chunks;
    private final List<AskCall> ends;
    private final AskFindings findings;

    private ContentRules(JobLife life, AskFindings findings) {
        this.life = life;
        this.findings = findings;
        this.chunks = life.calls().stream()
                .filter(call -> call.is("updateJob") && call.text("contentChunk") != null).toList();
        this.ends = life.calls().stream().filter(JobLife::mayEnd).toList();
    }

    static void judge(JobLife life, AskFindings whole) {
        ContentRules rules = new ContentRules(life, new AskFindings());
        Set<String> texts = new HashSet<>();
        boolean distinct = rules.chunks.stream().map(call -> call.text("contentChunk"))
                .allMatch(text -> !text.isEmpty() && texts.add(text));
        long safe = life.safeUntil();
        AskFindings findings = rules.findings;
        life.own().filter(call -> call.is("getJob") && call.isOk() && call.ended() < safe)
                .takeWhile(look -> findings.isClean()).forEach(look -> rules.judge(look, distinct));
        findings.moveTo(whole);
    }

    private void judge(AskCall look, boolean distinct) {
        String content = look.answer().path("content").asText();
        String status = JobLife.status(look);
        if (status.equals(LifeModel.COMPLETE)) {
            judgeFinal(look, content);
        } else if (distinct && (status.equals(LifeModel.STREAMING) || !content.isEmpty())) {
            judgeChunks(look, content, status.equals(LifeModel.STREAMING));
        }
    }

    private void judgeFinal(AskCall look, String content) {
        List<AskCall> finals = ends.stream().filter(call -> call.is("completeJob") && !look.precedes(call)).toList();
        List<AskCall> possible = finals.stream().filter(call -> !isLate(call)).toList();
        if (possible.stream().anyMatch(call -> content.equals(call.text("finalContent")))) {
            findings.premise("JOB-03", 1);
        } else if (!possible.isEmpty()) {
            boolean late = finals.stream().anyMatch(call -> content.equals(call.text("finalContent")));
            violated(late ? "JOB-01" : "JOB-03", possible.get(0), possible.get(0).called() + " gave job " + life.id()
                    + " its final content", look, content, possible.get(0).text("finalContent"));
        }
    }

    /** Whether another call had ended the job before. */
    private boolean isLate(AskCall call) {
        return ends.stream().anyMatch(end -> end != call && end.isOk() && end.precedes(call));
    }

    private void judgeChunks(AskCall look, String content, boolean streaming) {
        Map<Integer, Integer> places = new HashMap<>();
        long covered = 0;
        for (AskCall call : chunks) {
            String chunk = call.text("contentChunk");
            int place = content.indexOf(chunk);
            boolean must = streaming && call.isOk() && call.precedes(look) && !isLate(call);
            boolean may = call.mayTakeEffect() && !look.precedes(call) && !isLate(call);
            if (place < 0 && must) {
                violated("JOB-03", call, call.called() + " appended '" + chunk + "' to job " + life.id(), look, content,
                        "content with that chunk");
                return;
            } else if (place >= 0 && !may) {
                violated(isLate(call) ? "JOB-01" : "JOB-03", call, call.called() + " got " + call.outcome()
                        + (isLate(call) ? " after the end of job " + life.id() : ""), look, content,
                        "content without its chunk '" + chunk + "'");
                return;
            }
            if (place >= 0) {
                covered += chunk.length();
                Integer before = places.put(call.event().client(), place);
                if (before != null && before > place) {
                    violated("JOB-03", call, call.called() + " sent '" + chunk + "' after the other chunks of its writer",
                            look, content, "the chunks of one writer in their order");
                    return;
                }
            }
        }
        if (covered != content.length()) {
            AskCall last = chunks.isEmpty() ? life.created() : chunks.get(chunks.size() - 1);
            violated("JOB-03", last, "the chunks sent that it holds are " + covered + " characters long", look, content,
                    "chunks that were sent, each once");
        } else if (!content.isEmpty()) {
            findings.premise("JOB-03", chunks.stream().anyMatch(one -> chunks.stream().anyMatch(
                    other -> one != other && one.overlaps(other))) ? 1 : 0);
        }
    }

    private void violated(String rule, AskCall cause, String because, AskCall look, String content, String expected) {
        findings.violated(rule, null, "Because " + because + ", yet " + look.called() + " shows the content '" + content
                        + "'.", expected, content, cause, look);
    }
}
