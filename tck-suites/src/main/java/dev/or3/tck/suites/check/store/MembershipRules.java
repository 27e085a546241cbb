package dev.or3.tck.suites.check.store;

import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.check.store.StoreCall.Entry;
import dev.or3.tck.suites.check.store.StoreCall.Method;
import dev.or3.tck.suites.check.store.StoreFacts.Workspace;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What roles and lists must show, and must not (STORE-04, -05, -06, -07, -08, -11, -14, -15). */
final class MembershipRules {
    private final StoreFacts facts;
    private final StoreFindings findings;
    /** The workspaces in which somebody was told a role. */
    private final Set<String> rolesSeen = new HashSet<>();

    private MembershipRules(StoreFacts facts, StoreFindings findings) {
        this.facts = facts;
        this.findings = findings;
        facts.calls(Method.ROLE).stream().filter(call -> call.answer().role() != null)
                .forEach(call -> rolesSeen.add(call.workspace()));
    }

    static void judge(StoreFacts facts, StoreFindings findings) {
        MembershipRules rules = new MembershipRules(facts, findings);
        for (StoreCall call : facts.calls()) {
            if (call.method() == Method.ROLE) {
                rules.judgeRole(call);
            } else if (call.method() == Method.LIST && facts.isKnownUser(call.user())) {
                rules.judgeList(call);
            }
        }
        facts.users().forEach(rules::countRoles);
        facts.workspaces().forEach(rules::countCreated);
    }

    private void judgeRole(StoreCall call) {
        Workspace workspace = facts.workspace(call.workspace());
        Role given = facts.role(call.user(), call.workspace());
        boolean live = workspace != null && workspace.isLiveThroughout(call);
        boolean removed = workspace != null && workspace.isRemovedBefore(call);
        if (given == null || removed) {
            judgeNoRole(call, workspace, removed);
        } else if (call.isTurnedDown() && live) {
            findings.violated("STORE-14", workspace.id(), "Because user " + call.user() + " is " + given.wireName()
                            + " of the live workspace " + workspace.id() + ", yet " + call.called() + " got "
                            + call.outcome() + ".", given.wireName(), call.outcome(), call, workspace.created());
        } else if (call.isOk() && call.answer().role() == null && live) {
            missing(call, workspace, "null as the role");
        } else if (call.isOk() && call.answer().role() != null && call.answer().role() != given) {
            wrongRole(call, workspace, call.answer().role());
        }
    }

    /** Neither a stranger's role nor one in an unknown or removed workspace is anything but null. */
    private void judgeNoRole(StoreCall call, Workspace workspace, boolean removed) {
        String because = workspace == null ? "no workspace has the id " + call.workspace()
                : removed ? "workspace " + workspace.id() + " was removed by " + workspace.removals().get(0).called()
                : facts.isKnownUser(call.user()) ? "user " + call.user() + " is no member of workspace " + workspace.id()
                : "there is no user " + call.user();
        boolean refusedKnown = call.isTurnedDown() && facts.isKnownUser(call.user());
        if (call.isOk() && call.answer().role() != null || refusedKnown) {
            findings.violated("STORE-06", call.workspace(), "Because " + because + ", yet " + call.called() + " got "
                    + call.outcome() + ".", "null", call.outcome(), call,
                    removed ? workspace.removals().get(0) : null);
        } else if (call.isOk() && (workspace == null ? !rolesSeen.isEmpty() : rolesSeen.contains(workspace.id()))) {
            findings.premise("STORE-06");
        }
    }

    private void judgeList(StoreCall call) {
        if (call.isTurnedDown() || call.isOk() && call.answer().entries() == null) {
            findings.violated("STORE-15", null, "Because user " + call.user() + " is known, yet " + call.called() + " got "
                    + call.outcome() + ".", "the list of their workspaces", call.outcome(), call);
            return;
        }
        if (!call.isOk()) {
            return;
        }
        Set<String> shown = new HashSet<>();
        for (Entry entry : call.answer().entries()) {
            if (entry.id() == null || !shown.add(entry.id())) {
                findings.violated("STORE-15", entry.id(), "Because a list names each workspace once, by its id, yet "
                        + call.called() + " shows " + entry.id() + " again.", "every id once", call.outcome(), call);
            } else {
                judgeEntry(call, entry, facts.workspace(entry.id()));
            }
        }
        boolean whole = true;
        for (Workspace workspace : facts.workspacesOf(call.user())) {
            boolean live = workspace.isLiveThroughout(call);
            whole &= !live || shown.contains(workspace.id());
            if (live && !shown.contains(workspace.id())) {
                missing(call, workspace, "a list without it");
            }
        }
        boolean hasForeign = facts.workspaces().stream().anyMatch(
                workspace -> !workspace.members().containsKey(call.user()) && workspace.isLiveThroughout(call));
        findings.premise("STORE-15", whole && hasForeign && shown.size() > 1 ? 1 : 0);
    }

    private void judgeEntry(StoreCall call, Entry entry, Workspace workspace) {
        Role given = workspace.members().get(call.user());
        if (given == null) {
            findings.violated("STORE-15", workspace.id(), "Because user " + call.user() + " is no member of workspace "
                    + workspace.id() + ", yet " + call.called() + " shows it to them.", "a list without it", call.outcome(),
                    call, workspace.firstSeen());
        } else if (workspace.isRemovedBefore(call)) {
            StoreCall removal = workspace.removals().get(0);
            findings.violated("STORE-08", workspace.id(), "Because workspace " + workspace.id() + " was removed by "
                    + removal.called() + ", yet " + call.called() + " still shows it to user " + call.user() + ".",
                    "a list without it", call.outcome(), removal, call);
        } else if (entry.role() != given) {
            wrongRole(call, workspace, entry.role());
        }
    }

    private void wrongRole(StoreCall call, Workspace workspace, Role shown) {
        Role given = workspace.members().get(call.user());
        String actual = shown == null ? "no role" : shown.wireName();
        findings.violated(ruleFor(call, workspace, null), workspace.id(), "Because user " + call.user() + " is "
                        + given.wireName() + " of workspace " + workspace.id() + origin(workspace) + ", yet " + call.called()
                        + " shows " + actual + ".", given.wireName(), actual, call, workspace.firstSeen());
    }

    private void missing(StoreCall call, Workspace workspace, String actual) {
        Role given = workspace.members().get(call.user());
        Optional<StoreCall> seen = facts.lastSight(call.user(), workspace.id(), call);
        Optional<StoreCall> refused = refusedRemoval(workspace, seen.orElse(null), call);
        String rule = ruleFor(call, workspace, refused.orElse(null));
        String because = rule.equals("STORE-11") ? seen.get().called() + " showed user " + call.user() + " as "
                + given.wireName() + " of workspace " + workspace.id() + ", and since then the provider was only restarted"
                : refused.isPresent() ? refused.get().called() + ", which would have removed workspace " + workspace.id()
                + ", was refused" : "user " + call.user() + " is " + given.wireName() + " of the live workspace "
                + workspace.id() + origin(workspace);
        findings.violated(rule, workspace.id(), "Because " + because + ", yet " + call.called() + " answered "
                        + actual + ".",
                "workspace " + workspace.id() + " with role " + given.wireName(), actual,
                refused.orElse(seen.orElse(workspace.firstSeen())), call);
    }

    private String ruleFor(StoreCall call, Workspace workspace, StoreCall refusedRemoval) {
        Optional<StoreCall> seen = facts.lastSight(call.user(), workspace.id(), call);
        if (seen.isPresent() && facts.restartedBetween(seen.get(), call)) {
            return "STORE-11";
        }
        if (refusedRemoval != null) {
            return "STORE-07";
        }
        boolean neverShown = facts.sights(call.user(), workspace.id()).isEmpty();
        if (neverShown && workspace.isImplicit()) {
            return "STORE-04";
        }
        if (neverShown && workspace.created() != null) {
            return "STORE-05";
        }
        return call.method() == Method.ROLE ? "STORE-14" : "STORE-15";
    }

    private static Optional<StoreCall> refusedRemoval(Workspace workspace, StoreCall after, StoreCall before) {
        return workspace.calls(Method.REMOVE).stream().filter(removal -> !removal.mayTakeEffect()
                && removal.precedes(before) && (after == null || !removal.precedes(after))).findFirst();
    }

    private static String origin(Workspace workspace) {
        return workspace.created() != null ? ", which " + workspace.created().called() + " created"
                : workspace.isImplicit() ? ", which " + workspace.firstSeen().called() + " showed first" : "";
    }

    /** At most one workspace is active, so two roles seen by one user cover an inactive one. */
    private void countRoles(String user) {
        long confirmed = facts.workspacesOf(user).stream().filter(workspace -> facts.sights(user, workspace.id()).stream()
                .anyMatch(sight -> sight.method() == Method.ROLE)).count();
        findings.premise("STORE-14", confirmed > 1 ? confirmed : 0);
    }

    private void countCreated(Workspace workspace) {
        for (String user : workspace.members().keySet()) {
            Set<Method> ways = new HashSet<>();
            facts.sights(user, workspace.id()).forEach(sight -> ways.add(sight.method()));
            findings.premise("STORE-05", workspace.created() != null && ways.size() > 1 ? 1 : 0);
            List<StoreCall> sights = facts.sights(user, workspace.id());
            findings.premise("STORE-11", !sights.isEmpty()
                    && facts.restartedBetween(sights.get(0), sights.get(sights.size() - 1)) ? 1 : 0);
        }
    }
}
