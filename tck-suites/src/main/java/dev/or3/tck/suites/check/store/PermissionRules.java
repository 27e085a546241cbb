package dev.or3.tck.suites.check.store;

import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.check.store.StoreCall.Method;
import dev.or3.tck.suites.check.store.StoreFacts.Workspace;
import java.util.List;

/** What must be accepted and what must be refused (STORE-05, -07, -09, -10). */
final class PermissionRules {
    private final StoreFacts facts;
    private final StoreFindings findings;

    private PermissionRules(StoreFacts facts, StoreFindings findings) {
        this.facts = facts;
        this.findings = findings;
    }

    static void judge(StoreFacts facts, StoreFindings findings) {
        PermissionRules rules = new PermissionRules(facts, findings);
        for (StoreCall call : facts.calls()) {
            switch (call.method()) {
                case CREATE -> rules.judgeCreate(call);
                case UPDATE, REMOVE, ACTIVATE -> rules.judgeChange(call);
                case DEFAULT -> rules.judgeUnknownUser(call);
                default -> { }
            }
        }
        facts.workspaces().forEach(rules::countRefusals);
    }

    private void judgeCreate(StoreCall call) {
        if (judgeUnknownUser(call) || judgeInput(call)) {
            return;
        }
        if (Inputs.fits(call) && call.isTurnedDown()) {
            mustAccept(call, Inputs.isAtEdge(call) ? "STORE-10" : "STORE-05", "user " + call.user() + " is known and "
                    + Inputs.words(call) + " is within the limits", null);
        } else if (call.isOk()) {
            judgeId(call);
        }
    }

    private void judgeId(StoreCall call) {
        Workspace workspace = facts.workspace(call.answer().workspace());
        if (workspace == null) {
            findings.violated("STORE-05", null, "Because " + call.called() + " succeeded, yet it names no workspace.",
                    "the id of a new workspace", call.outcome(), call);
        } else if (workspace.created() != call && call.event().client() >= 0) {
            findings.violated("STORE-05", workspace.id(), "Because " + call.called() + " made a new workspace, yet it "
                    + "answered the id of one that existed, " + workspace.id() + ".", "a new id", call.outcome(), call,
                    workspace.firstSeen());
        }
    }

    private void judgeChange(StoreCall call) {
        Workspace workspace = facts.workspace(call.workspace());
        Role role = facts.role(call.user(), call.workspace());
        boolean live = workspace != null && workspace.isLiveThroughout(call);
        boolean removed = workspace != null && workspace.isRemovedBefore(call);
        if (call.method() == Method.UPDATE && role == Role.OWNER && live && judgeInput(call)) {
            return;
        }
        if (call.isTurnedDown() && live && isEntitled(call, role)
                && (call.method() != Method.UPDATE || Inputs.fits(call))) {
            String rule = call.method() == Method.ACTIVATE ? "STORE-09"
                    : call.method() == Method.UPDATE && Inputs.isAtEdge(call) ? "STORE-10" : "STORE-07";
            mustAccept(call, rule, "user " + call.user() + " is " + role.wireName() + " of the live workspace "
                    + workspace.id(), workspace.firstSeen());
        } else if (call.isOk()) {
            judgeAcceptedChange(call, workspace, role, live, removed);
        }
    }

    private void judgeAcceptedChange(StoreCall call, Workspace workspace, Role role, boolean live, boolean removed) {
        String rule = call.method() == Method.ACTIVATE ? "STORE-09" : "STORE-07";
        boolean idempotent = call.method() == Method.REMOVE;
        if (workspace == null && !idempotent) {
            mustRefuse(call, rule, "no workspace has the id " + call.workspace(), null);
        } else if (removed && !idempotent) {
            mustRefuse(call, rule, "workspace " + workspace.id() + " was removed by " + workspace.removals().get(0).called(),
                    workspace.removals().get(0));
        } else if (live && !mayAccept(call, role)) {
            mustRefuse(call, rule, "user " + call.user() + " is " + (role == null ? "no member" : role.wireName())
                    + " of workspace " + workspace.id(), workspace.firstSeen());
        }
    }

    private static boolean isEntitled(StoreCall call, Role role) {
        return call.method() == Method.ACTIVATE ? role != null : role == Role.OWNER;
    }

    private static boolean mayAccept(StoreCall call, Role role) {
        return isEntitled(call, role) || call.method() == Method.UPDATE && role == Role.EDITOR;
    }

    private boolean judgeUnknownUser(StoreCall call) {
        if (facts.isKnownUser(call.user())) {
            return false;
        }
        if (call.isOk()) {
            mustRefuse(call, "STORE-10", "there is no user " + call.user(), null);
        } else if (call.isTurnedDown()) {
            findings.premise("STORE-10", hasAcceptedTwin(call) ? 1 : 0);
        }
        return true;
    }

    /** Whether the input is bad, which settles the matter. */
    private boolean judgeInput(StoreCall call) {
        if (!Inputs.isBad(call)) {
            return false;
        }
        if (call.isOk()) {
            mustRefuse(call, "STORE-10", Inputs.words(call) + " is outside the limits", null);
        } else if (call.isTurnedDown()) {
            findings.premise("STORE-10", hasAcceptedTwin(call) ? 1 : 0);
        }
        return true;
    }

    private boolean hasAcceptedTwin(StoreCall call) {
        return facts.calls(call.method()).stream().anyMatch(twin -> twin.isOk() && facts.isKnownUser(twin.user())
                && (!Inputs.carriesName(twin) || Inputs.fits(twin)));
    }

    private void mustAccept(StoreCall call, String rule, String because, StoreCall witness) {
        findings.violated(rule, call.workspace(), "Because " + because + ", yet " + call.called() + " got "
                + call.outcome() + ".", "success", call.outcome(), call, witness);
    }

    private void mustRefuse(StoreCall call, String rule, String because, StoreCall witness) {
        findings.violated(rule, call.workspace(), "Because " + because + ", yet " + call.called() + " succeeded.",
                "a refusal", call.outcome(), call, witness);
    }

    /** A refusal counts beside an accepted twin, and where the workspace was seen alive after it. */
    private void countRefusals(Workspace workspace) {
        for (Method method : List.of(Method.REMOVE, Method.UPDATE)) {
            if (workspace.calls(method).stream().anyMatch(twin -> twin.isOk()
                    && workspace.members().get(twin.user()) == Role.OWNER)) {
                findings.premise("STORE-07", workspace.calls(method).stream().filter(call -> call.isTurnedDown()
                        && !mayAccept(call, workspace.members().get(call.user())) && workspace.isLiveThroughout(call)
                        && isSeenAfter(workspace, call)).count());
            }
        }
    }

    private boolean isSeenAfter(Workspace workspace, StoreCall call) {
        return workspace.members().keySet().stream().anyMatch(member ->
                facts.sights(member, workspace.id()).stream().anyMatch(sight -> sight.event().invoked()
                        > call.event().returned()));
    }
}
