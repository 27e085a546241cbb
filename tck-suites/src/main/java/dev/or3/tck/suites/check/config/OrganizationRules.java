package dev.or3.tck.suites.check.config;

import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.AskFindings;
import dev.or3.tck.suites.check.Linearizability;
import dev.or3.tck.suites.check.Linearizability.Answer;
import dev.or3.tck.suites.check.Linearizability.Operation;
import dev.or3.tck.suites.check.config.ConfigWorld.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What each organization uses, by itself: CFG-02, -06, -07 and -08. */
final class OrganizationRules {
    private static final int BOUND = 100_000;
    private static final Set<String> TOLD = Set.of("switchProvider", "rollbackProvider", "saveConfig", "activeConfig",
            "query");
    private static final Set<String> CHANGES = Set.of("switchProvider", "rollbackProvider");

    private OrganizationRules() {
    }

    static void judge(ConfigWorld world, AskFindings found) {
        Map<String, List<AskCall>> byOrganization = new LinkedHashMap<>();
        world.calls.stream().filter(call -> TOLD.contains(call.method()) && world.isOrganization(call.text("orgId"))
                && isPlain(call)).forEach(call -> byOrganization.computeIfAbsent(call.text("orgId"), id -> new ArrayList<>())
                .add(call));
        judgeIds(world, found);
        byOrganization.forEach((id, calls) -> {
            // What nobody answered may still happen, and its id is not known.
            if (calls.stream().noneMatch(call -> CHANGES.contains(call.method()) && call.event().error() != null
                    && call.status() == 0)) {
                judge(world, id, calls, found);
            }
        });
    }

    /** Whoever calls says so: what somebody does in another's name is not counted among the calls. */
    private static boolean isPlain(AskCall call) {
        return call.input().path("actorId").isMissingNode() || String.valueOf(call.text("actorId"))
                .equals(call.event().user());
    }

    /** No two configurations have one id. */
    private static void judgeIds(ConfigWorld world, AskFindings found) {
        Map<String, AskCall> made = new HashMap<>();
        for (AskCall call : world.calls) {
            if (!call.isOk() || !(call.method().equals("saveConfig") || call.method().equals("switchProvider"))) {
                continue;
            }
            String id = call.answer().path("configId").textValue();
            AskCall first = id == null ? call : made.putIfAbsent(id, call);
            if (first != null && id == null || first != null && !ConfigWorld.use(first.input().path("config"))
                    .equals(ConfigWorld.use(call.input().path("config")))) {
                found.violated("CFG-07", call.text("orgId"),
                        "Because each configuration that is saved has an id of its own, yet "
                        + call.called() + " got " + call.outcome() + ".", "an id that no other has", call.outcome(), first,
                        call);
            }
        }
    }

    private static void judge(ConfigWorld world, String orgId, List<AskCall> calls, AskFindings found) {
        judgeService(world, orgId, calls, found);
        OrganizationModel model = new OrganizationModel(world);
        List<Operation<AskCall, AskCall>> operations = calls.stream().filter(call -> call.event().error() == null
                || call.status() != 0).map(call -> Operation.answered(call.seq(), call.event().invoked(),
                call.event().returned(), call, call)).toList();
        Answer answer = Linearizability.decide(model, operations, BOUND).answer();
        if (answer == Answer.UNDECIDED) {
            found.limit("CFG-07: the search over " + calls.size() + " calls stopped after " + BOUND + " configurations");
        } else if (answer == Answer.LINEARIZABLE) {
            premises(world, calls, found);
        } else {
            Linearizability.culprit(model, operations, BOUND).ifPresent(seq -> contradiction(world, orgId, calls,
                    calls.stream().filter(call -> call.seq() == seq).findFirst().orElseThrow(), found));
        }
    }

    private static void premises(ConfigWorld world, List<AskCall> calls, AskFindings found) {
        long standard = 0;
        long kept = 0;
        long back = 0;
        AskCall last = null;
        boolean switched = false;
        for (AskCall call : calls) {
            if (CHANGES.contains(call.method()) && (call.isOk() || call.isTurnedDown())) {
                last = call;
                switched |= call.isOk();
            } else if (call.method().equals("query") && call.isOk() && (last == null || last.isAnsweredBefore(call))) {
                standard += !switched && world.standard().isPresent() ? 1 : 0;
                kept += switched && last != null && !last.isOk() && last.method().equals("switchProvider") ? 1 : 0;
                back += last != null && last.isOk() && last.method().equals("rollbackProvider") ? 1 : 0;
            }
        }
        found.premise("CFG-02", switched ? standard : 0);
        found.premise("CFG-07", kept);
        found.premise("CFG-08", back);
    }

    private static void contradiction(ConfigWorld world, String orgId, List<AskCall> calls, AskCall culprit,
            AskFindings found) {
        Optional<AskCall> before = calls.stream().filter(call -> CHANGES.contains(call.method()) && call != culprit
                && !culprit.isAnsweredBefore(call)).reduce((first, second) -> second);
        String rule = rule(world, orgId, calls, culprit);
        found.violated(rule, orgId, "Because " + before.map(call -> call.called() + " got " + call.outcome())
                        .orElse("the organization chose no backend") + ", yet " + culprit.called() + " got "
                        + culprit.outcome()
                        + (rule.equals("CFG-06") ? ": that belongs to another organization."
                        : ": no order of the calls explains that, with each change taking effect once or, if it was refused"
                        + " or failed, not at all."), "an answer that some order of the calls explains", culprit.outcome(),
                before.orElse(null), culprit);
    }

    private static String rule(ConfigWorld world, String orgId, List<AskCall> calls, AskCall culprit) {
        if (culprit.method().equals("query") && othersUses(world, orgId).stream()
                .anyMatch(use -> use.answers(culprit.answer()))) {
            return "CFG-06";
        }
        if (culprit.method().equals("rollbackProvider")) {
            return "CFG-08";
        }
        List<AskCall> done = calls.stream().filter(call -> CHANGES.contains(call.method()) && !culprit.isAnsweredBefore(call)
                && call != culprit).toList();
        if (done.isEmpty()) {
            return "CFG-02";
        }
        return done.get(done.size() - 1).isOk() && done.get(done.size() - 1).method().equals("rollbackProvider")
                ? "CFG-08" : "CFG-07";
    }

    /** The backends that only other organizations configured. */
    private static Set<Use> othersUses(ConfigWorld world, String orgId) {
        Set<Use> others = new HashSet<>();
        Set<Use> own = new HashSet<>();
        world.standard().ifPresent(own::add);
        world.calls.stream().filter(call -> call.input().path("config").has("type") && call.text("orgId") != null)
                .forEach(call -> (orgId.equals(call.text("orgId")) ? own : others)
                        .add(ConfigWorld.use(call.input().path("config"))));
        others.removeAll(own);
        return others;
    }

    /** As long as its own backend is well, an organization is served, whatever becomes of another's (CFG-06). */
    private static void judgeService(ConfigWorld world, String orgId, List<AskCall> calls, AskFindings found) {
        Use use = world.standard().orElse(null);
        long served = 0;
        for (AskCall call : calls) {
            if (CHANGES.contains(call.method())) {
                use = call.method().equals("switchProvider") && call.isOk() && isAlone(call, calls)
                        ? ConfigWorld.use(call.input().path("config"))
                        : call.isTurnedDown() && isAlone(call, calls) ? use : null;
            } else if (call.method().equals("query") && use != null && world.isWell(use, call) && isAlone(call, calls)) {
                if (call.isTurnedDown()) {
                    found.violated(failingElsewhere(world, orgId, call) ? "CFG-06" : world.standard().filter(use::equals)
                            .isPresent() ? "CFG-02" : "CFG-07", orgId,
                            "Because the backend of the organization is well, yet "
                            + call.called() + " got " + call.outcome() + ".", "what the backend answers", call.outcome(),
                            call);
                }
                served += call.isOk() && failingElsewhere(world, orgId, call) ? 1 : 0;
            }
        }
        found.premise("CFG-06", served);
    }

    /** Whether no change of the organization was under way at the same time. */
    private static boolean isAlone(AskCall call, List<AskCall> calls) {
        return calls.stream().noneMatch(other -> other != call && CHANGES.contains(other.method())
                && !other.isAnsweredBefore(call) && !call.isAnsweredBefore(other));
    }

    /** Whether another organization's query failed before, and its backend still fails. */
    private static boolean failingElsewhere(ConfigWorld world, String orgId, AskCall during) {
        return world.calls.stream().anyMatch(call -> call.method().equals("query") && !orgId.equals(call.text("orgId"))
                && call.isTurnedDown() && call.isAnsweredBefore(during))
                && othersUses(world, orgId).stream().anyMatch(use -> world.mood(use, during)
                        .filter(mood -> mood.dead() || mood.status() != 200).isPresent());
    }
}
