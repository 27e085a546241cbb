package dev.or3.tck.suites.check.store;

import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.check.Linearizability;
import dev.or3.tck.suites.check.Linearizability.Answer;
import dev.or3.tck.suites.check.Linearizability.Operation;
import dev.or3.tck.suites.check.store.StoreCall.Method;
import dev.or3.tck.suites.check.store.StoreFacts.Workspace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether the calls of a history have an order that the model explains (STORE-12), one search for each part of users and
 * workspaces that have nothing to do with each other. Asked only where no rule names what is wrong.
 */
final class StoreOrder {
    static final int BOUND = 100_000;

    private final StoreFacts facts;
    private final StoreFindings findings;
    private final int bound;
    private final Map<String, String> parents = new HashMap<>();

    private StoreOrder(StoreFacts facts, StoreFindings findings, int bound) {
        this.facts = facts;
        this.findings = findings;
        this.bound = bound;
    }

    static void judge(StoreFacts facts, StoreFindings findings, int bound) {
        StoreOrder order = new StoreOrder(facts, findings, bound);
        facts.workspaces().forEach(workspace -> workspace.members().keySet().forEach(
                user -> order.join("user " + user, "workspace " + workspace.id())));
        Map<String, List<StoreCall>> parts = new LinkedHashMap<>();
        facts.calls().stream().filter(order::counts).forEach(call ->
                parts.computeIfAbsent(order.root("user " + call.user()), any -> new ArrayList<>()).add(call));
        Map<String, List<Workspace>> workspaces = new HashMap<>();
        facts.workspaces().forEach(workspace -> workspaces.computeIfAbsent(order.root("workspace " + workspace.id()),
                any -> new ArrayList<>()).add(workspace));
        parts.forEach((part, calls) -> order.judgePart(workspaces.getOrDefault(part, List.of()), calls));
    }

    /** Leaves out what has no effect and tells nothing about the state: see the direct judgements. */
    private boolean counts(StoreCall call) {
        Role role = facts.role(call.user(), call.workspace());
        return switch (call.method()) {
            case ENTER, FIND -> false;
            case LIST -> call.isOk() && facts.isKnownUser(call.user()) && call.answer().entries() != null;
            case ROLE -> call.isOk() && role != null;
            case DEFAULT -> facts.isKnownUser(call.user()) && call.mayTakeEffect();
            case CREATE -> facts.isKnownUser(call.user()) && call.mayTakeEffect() && !Inputs.isBad(call);
            case UPDATE -> call.mayTakeEffect() ? role == Role.OWNER || role == Role.EDITOR
                    : role == Role.OWNER && call.isTurnedDown() && Inputs.fits(call);
            case REMOVE -> role == Role.OWNER && (call.mayTakeEffect() || call.isTurnedDown());
            case ACTIVATE -> role != null && (call.mayTakeEffect() || call.isTurnedDown());
        };
    }

    private void judgePart(List<Workspace> workspaces, List<StoreCall> calls) {
        StoreModel model = new StoreModel(workspaces);
        List<Operation<StoreCall, StoreCall.Answer>> operations = calls.stream().map(StoreOrder::operation).toList();
        Answer answer = Linearizability.decide(model, operations, bound).answer();
        if (answer == Answer.UNDECIDED) {
            findings.limit("STORE-12: the search over " + calls.size() + " calls on " + workspaces.size()
                    + " workspaces stopped after " + bound + " configurations");
        } else if (answer == Answer.LINEARIZABLE) {
            findings.premise("STORE-12", overlaps(calls));
        } else {
            Linearizability.culprit(model, operations, bound).ifPresent(seq -> contradiction(calls.stream()
                    .filter(call -> call.seq() == seq).findFirst().orElseThrow(), calls));
        }
    }

    private static Operation<StoreCall, StoreCall.Answer> operation(StoreCall call) {
        return call.isUnknown() ? Operation.unanswered(call.seq(), call.event().invoked(), call)
                : Operation.answered(call.seq(), call.event().invoked(), call.event().returned(), call, call.answer());
    }

    private void contradiction(StoreCall culprit, List<StoreCall> calls) {
        List<StoreCall> suspects = calls.stream()
                .filter(call -> call != culprit && changes(call) && !culprit.precedes(call) && isNear(culprit, call))
                .sorted(Comparator.comparingLong((StoreCall call) -> call.event().returned()).reversed()).limit(3)
                .sorted(Comparator.comparingInt(StoreCall::seq)).toList();
        String told = String.join(", ", suspects.stream().map(call -> call.called() + " for user " + call.user() + " got "
                + call.outcome()).toList());
        findings.violated("STORE-12", culprit.workspace(), "Because " + (told.isEmpty() ? "every call was answered" : told)
                        + ", yet " + culprit.called() + " for user " + culprit.user() + " got " + culprit.outcome()
                        + ": no order of the calls explains that, with each taking effect once between its beginning and its"
                        + " answer.", "an answer that some order of the calls explains", culprit.outcome(),
                Stream.concat(suspects.stream(), Stream.of(culprit)).toArray(StoreCall[]::new));
    }

    private boolean isNear(StoreCall culprit, StoreCall call) {
        return call.user().equals(culprit.user()) || call.workspace() != null
                && (call.workspace().equals(culprit.workspace()) || facts.role(culprit.user(), call.workspace()) != null);
    }

    private static boolean changes(StoreCall call) {
        return !call.method().isRead() && call.method() != Method.DEFAULT;
    }

    /** Pairs that really overlapped and could have disturbed each other. */
    private long overlaps(List<StoreCall> calls) {
        long pairs = 0;
        for (int i = 0; i < calls.size(); i++) {
            StoreCall a = calls.get(i);
            for (int j = i + 1; j < calls.size() && (a.isUnknown() || !a.precedes(calls.get(j))); j++) {
                StoreCall b = calls.get(j);
                pairs += a.isOk() && b.isOk() && (changes(a) || changes(b)) && isNear(a, b) && a.overlaps(b) ? 1 : 0;
            }
        }
        return pairs;
    }

    private void join(String a, String b) {
        parents.put(root(a), root(b));
    }

    private String root(String node) {
        String parent = parents.getOrDefault(node, node);
        if (parent.equals(node)) {
            return node;
        }
        String top = root(parent);
        parents.put(node, top);
        return top;
    }
}
