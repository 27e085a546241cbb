package dev.or3.tck.suites.check.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.Linearizability;
import dev.or3.tck.suites.check.Linearizability.Answer;
import dev.or3.tck.suites.check.Linearizability.Operation;
import dev.or3.tck.suites.check.index.HistoryIndex;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges the admin component: ADM-01, ADM-02 and STORE-13. */
public final class AdminJudgement implements Judgement {
    private static final int BOUND = 100_000;

    @Override
    public void judge(HistoryIndex index, Findings findings) {
        List<AskCall> calls = index.history().events().stream().flatMap(event -> AskCall.of(event).stream()).toList();
        if (calls.stream().noneMatch(call -> call.component().equals(AdminCalls.COMPONENT))) {
            return;
        }
        AskFindings found = new AskFindings();
        StatusRules.judge(calls, found);
        List<AskCall> told = AdminCalls.told(calls);
        told.forEach(call -> judgeOwners(told, call, found));
        PageRules.judge(told, found);
        if (found.isClean()) {
            judgeOrder(index, told, found);
        }
        found.moveTo(findings, calls.stream().anyMatch(call -> call.is(AdminCalls.COMPONENT, "getStatus")) && told.isEmpty()
                || isGrounded(told));
    }

    /** A list of members without an owner needs no model. */
    private static void judgeOwners(List<AskCall> calls, AskCall list, AskFindings found) {
        if (!list.method().equals("listMembers") || !list.isOk() || list.answer().size() == 0) {
            return;
        }
        for (JsonNode member : list.answer()) {
            if ("owner".equals(member.path("role").asText())) {
                return;
            }
        }
        String workspace = list.text("workspaceId");
        List<AskCall> changes = calls.stream().filter(call -> AdminCalls.changesMembers(call) && call.isOk()
                && workspace.equals(call.text("workspaceId")) && !list.precedes(call)).toList();
        List<AskCall> last = changes.subList(Math.max(0, changes.size() - 2), changes.size());
        found.violated("STORE-13", workspace, "Because " + (last.isEmpty() ? "the workspace has an owner"
                        : String.join(" and ", last.stream().map(AskCall::called).toList()) + " got success") + ", yet "
                        + list.called() + " shows workspace " + workspace + " without an owner.",
                "a member who is owner", list.outcome(),
                Stream.concat(last.stream(), Stream.of(list)).toArray(AskCall[]::new));
    }

    private static void judgeOrder(HistoryIndex index, List<AskCall> told, AskFindings found) {
        AdminModel model = new AdminModel(AdminCalls.provisioned(index.history()));
        List<Operation<AskCall, AskCall>> operations = told.stream().map(AdminJudgement::operation).toList();
        Answer answer = Linearizability.decide(model, operations, BOUND).answer();
        if (answer == Answer.UNDECIDED) {
            found.limit("ADM-02: the search over " + told.size() + " calls stopped after " + BOUND + " configurations");
        } else if (answer == Answer.LINEARIZABLE) {
            found.premise("ADM-02", told.stream().filter(call -> call.isOk() && AdminCalls.isRead(call)).count());
            found.premise("STORE-13", told.stream().filter(call -> AdminCalls.changesMembers(call) && call.isTurnedDown()
                    && hasAcceptedTwin(told, call)).count());
        } else {
            Linearizability.culprit(model, operations, BOUND).ifPresent(seq -> contradiction(told.stream()
                    .filter(call -> call.seq() == seq).findFirst().orElseThrow(), told, found));
        }
    }

    private static Operation<AskCall, AskCall> operation(AskCall call) {
        return call.isUnknown() ? Operation.unanswered(call.seq(), call.event().invoked(), call)
                : Operation.answered(call.seq(), call.event().invoked(), call.event().returned(), call, call);
    }

    private static boolean hasAcceptedTwin(List<AskCall> told, AskCall refused) {
        return told.stream().anyMatch(call -> call.method().equals(refused.method()) && call.isOk());
    }

    private static void contradiction(AskCall culprit, List<AskCall> told, AskFindings found) {
        String workspace = culprit.text("workspaceId");
        Optional<AskCall> before = told.stream().filter(call -> call != culprit && !AdminCalls.isRead(call) && call.isOk()
                        && !culprit.precedes(call) && (workspace == null || workspace.equals(call.text("workspaceId"))
                        || workspace.equals(call.answer().path("workspaceId").asText())))
                .reduce((first, second) -> second);
        boolean ownerless = AdminCalls.changesMembers(culprit) && culprit.isOk();
        found.violated(ownerless ? "STORE-13" : "ADM-02", workspace, "Because "
                        + before.map(call -> call.called() + " got " + call.outcome()).orElse("every call was answered")
                        + ", yet " + culprit.called() + " got " + culprit.outcome() + (ownerless
                        ? ", although it is about the last owner of a workspace, or a workspace that does not exist."
                        : ": no order of the calls explains that, with each taking effect once between its beginning and its"
                        + " answer."), ownerless ? "a refusal" : "an answer that some order of the calls explains",
                culprit.outcome(), before.orElse(null), culprit);
    }

    /** A workspace that was created shows with its owner among its members. */
    private static boolean isGrounded(List<AskCall> told) {
        return told.stream().filter(call -> call.method().equals("createWorkspace") && call.isOk()).anyMatch(created -> {
            String id = created.answer().path("workspaceId").textValue();
            return id != null && told.stream().anyMatch(shown -> shown.method().equals("getWorkspace") && shown.isOk()
                    && created.precedes(shown) && id.equals(shown.text("workspaceId"))
                    && created.text("name").strip().equals(shown.answer().path("name").asText())
                    || shown.method().equals("listWorkspaces") && shown.isOk() && shown.answer().toString().contains(id)
                    || shown.method().equals("listMembers") && shown.isOk() && id.equals(shown.text("workspaceId"))
                    && shown.answer().toString().contains(created.text("ownerUserId")));
        }) || told.stream().anyMatch(created -> created.method().equals("getOrCreateUser") && created.isOk()
                && told.stream().anyMatch(shown -> (shown.method().equals("searchUsers") || shown.method().equals("listAdmins"))
                && shown.isOk() && shown.answer().toString().contains(created.answer().path("userId").asText("?"))));
    }
}
