package dev.or3.tck.suites.check.store;

import dev.or3.tck.suites.check.store.StoreCall.Entry;
import dev.or3.tck.suites.check.store.StoreCall.Method;
import dev.or3.tck.suites.check.store.StoreFacts.Workspace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which workspace is active for a user, and which one a first login makes (STORE-04, -07, -08, -09, -11, -15). What a call
 * said about the active workspace holds until another call may have changed it; where calls overlap, nothing is concluded
 * here.
 */
final class ActiveRules {
    private final StoreFacts facts;
    private final StoreFindings findings;
    private final String user;
    private final List<StoreCall> calls;
    /** By place, when the last of the calls up to there was over. */
    private final long[] over;
    /** Activations of what is not the user's, or not live. */
    private final long refusedActivations;

    private ActiveRules(StoreFacts facts, StoreFindings findings, String user) {
        this.facts = facts;
        this.findings = findings;
        this.user = user;
        List<StoreCall> relevant = new ArrayList<>(facts.callsOf(user));
        for (Workspace workspace : facts.workspacesOf(user)) {
            workspace.calls(Method.REMOVE).stream().filter(call -> !call.user().equals(user)).forEach(relevant::add);
        }
        relevant.sort(Comparator.comparingInt(StoreCall::seq));
        this.calls = relevant;
        this.refusedActivations = relevant.stream().filter(call -> call.method() == Method.ACTIVATE && call.isTurnedDown()
                && !isActivatable(call)).count();
        this.over = new long[relevant.size()];
        for (int i = 0; i < over.length; i++) {
            over[i] = Math.max(i == 0 ? 0 : over[i - 1], relevant.get(i).over());
        }
    }

    static void judge(StoreFacts facts, StoreFindings findings) {
        facts.users().forEach(user -> new ActiveRules(facts, findings, user).judge());
    }

    private void judge() {
        judgeOneDefault();
        for (StoreCall call : calls) {
            if (call.method() == Method.LIST && call.isOk() && call.answer().entries() != null) {
                judgeList(call);
            } else if (call.method() == Method.DEFAULT) {
                judgeDefault(call);
            }
        }
    }

    /** A user gets one default workspace, unless it was removed before the next appears. */
    private void judgeOneDefault() {
        List<Workspace> made = facts.workspacesOf(user).stream()
                .filter(workspace -> workspace.isImplicit() && !bearsRefusedName(workspace)).toList();
        for (int i = 1; i < made.size(); i++) {
            Workspace first = made.get(i - 1);
            Workspace next = made.get(i);
            boolean removable = first.calls(Method.REMOVE).stream().anyMatch(
                    call -> call.mayTakeEffect() && !next.firstSeen().precedes(call));
            if (!removable && !mayComeFromLostCreate(next)) {
                findings.violated("STORE-04", next.id(), "Because " + first.firstSeen().called() + " showed " + first.id()
                                + " as a workspace of user " + user + " that nobody had asked for, yet "
                                + next.firstSeen().called() + " shows another one, " + next.id() + ".",
                        "one default workspace", "two, " + first.id() + " and " + next.id(), first.firstSeen(),
                        next.firstSeen());
            }
        }
    }

    private boolean mayComeFromLostCreate(Workspace workspace) {
        return facts.callsOf(user).stream().anyMatch(call -> call.method() == Method.CREATE && call.isUnknown()
                && !workspace.firstSeen().precedes(call));
    }

    /** Whether it shows under the name of a refused create: then it is no default workspace, and told elsewhere. */
    private boolean bearsRefusedName(Workspace workspace) {
        List<Entry> entries = workspace.firstSeen().answer().entries();
        return entries != null && entries.stream().filter(entry -> workspace.id().equals(entry.id()) && entry.name() != null)
                .anyMatch(entry -> facts.callsOf(user).stream().anyMatch(call -> call.method() == Method.CREATE
                        && !call.mayTakeEffect() && call.name() != null
                        && call.name().strip().equals(entry.name().strip())));
    }

    private void judgeList(StoreCall list) {
        List<String> active = list.answer().entries().stream().filter(Entry::isActive)
                .map(Entry::id).toList();
        if (active.size() > 1) {
            findings.violated("STORE-09", null, "Because at most one workspace of a user is active, yet " + list.called()
                    + " shows " + active + " as active.", "at most one", "two or more: " + active, list,
                    lastOf(Method.ACTIVATE, list));
        } else if (list.tellsActive()) {
            judgeAgainstBasis(list, active.isEmpty() ? null : active.get(0));
        }
    }

    private void judgeDefault(StoreCall call) {
        if (call.isTurnedDown() || call.isOk() && call.answer().workspace() == null) {
            Optional<StoreCall> removal = basis(call).flatMap(basis -> rehoming(basis, call));
            findings.violated(removal.isPresent() ? "STORE-08" : "STORE-04", null, "Because user " + user + " is known"
                    + removal.map(other -> ", and " + other.called() + " removed the active workspace").orElse("")
                    + ", yet " + call.called() + " got " + call.outcome() + ".", "a workspace", call.outcome(),
                    removal.orElse(null), call);
            return;
        }
        if (!call.isOk()) {
            return;
        }
        Workspace workspace = facts.workspace(call.answer().workspace());
        if (!workspace.members().containsKey(user)) {
            findings.violated("STORE-04", workspace.id(), "Because user " + user + " is no member of workspace "
                    + workspace.id() + ", yet " + call.called() + " answers it as their default.", "a workspace of theirs",
                    call.outcome(), workspace.firstSeen(), call);
        } else if (workspace.isRemovedBefore(call)) {
            StoreCall removal = workspace.removals().get(0);
            findings.violated("STORE-08", workspace.id(), "Because workspace " + workspace.id() + " was removed by "
                    + removal.called() + ", yet " + call.called() + " answers it as the default of user " + user + ".",
                    "a live workspace", call.outcome(), removal, call);
        } else if (isNeedless(workspace, call)) {
            StoreCall list = calls.stream().filter(other -> isListWithout(workspace, other, call)).findFirst().orElseThrow();
            findings.violated("STORE-04", workspace.id(), "Because " + list.called() + " showed that user " + user
                    + " has a workspace, yet " + call.called() + " made another.", "one of " + list.outcome(),
                    call.outcome(),
                    list, call);
        } else {
            judgeAgainstBasis(call, workspace.id());
        }
        countResolved(call, workspace);
    }

    /** Whether a default workspace was made although there was one. */
    private boolean isNeedless(Workspace workspace, StoreCall call) {
        return workspace.isImplicit() && workspace.firstSeen() == call && !mayComeFromLostCreate(workspace)
                && calls.stream().anyMatch(other -> isListWithout(workspace, other, call));
    }

    private boolean isListWithout(Workspace workspace, StoreCall list, StoreCall call) {
        return list.method() == Method.LIST && list.answer().entries() != null && list.precedes(call)
                && list.answer().entries().stream().noneMatch(entry -> workspace.id().equals(entry.id()))
                && list.answer().entries().stream().map(entry -> facts.workspace(entry.id()))
                .anyMatch(shown -> shown != null && shown.isLiveThroughout(call));
    }

    /**
     * @param active the workspace that the call shows as active, or null if none is
     */
    private void judgeAgainstBasis(StoreCall call, String active) {
        Optional<StoreCall> basis = basis(call);
        if (basis.isEmpty()) {
            return;
        }
        String expected = activeAfter(basis.get());
        Optional<StoreCall> removal = rehoming(basis.get(), call);
        if (removal.isPresent()) {
            judgeRehomed(call, active, expected, removal.get());
        } else if (isSettled(basis.get(), call)) {
            boolean free = expected == null && call.method() == Method.DEFAULT;
            if (!free && !Objects.equals(expected, active)) {
                moved(basis.get(), call, expected, active);
            } else if (expected != null) {
                confirmed(basis.get(), call, expected);
            }
        }
    }

    private void judgeRehomed(StoreCall call, String active, String expected, StoreCall removal) {
        if (active == null && !call.answer().entries().isEmpty()) {
            findings.violated("STORE-08", expected, "Because " + removal.called() + " removed workspace " + expected
                            + ", which was the active one of user " + user + ", who has others, yet " + call.called()
                            + " shows none of them as active.", "another active workspace", "none is active", removal, call);
        } else if (active != null && !active.equals(expected) && !removal.user().equals(user)) {
            findings.premise("STORE-08");
        }
    }

    private void moved(StoreCall basis, StoreCall call, String expected, String active) {
        Optional<StoreCall> refused = calls.stream().filter(other -> !other.mayTakeEffect() && basis.precedes(other)
                && other.precedes(call) && (other.method() == Method.ACTIVATE || other.method() == Method.REMOVE))
                .findFirst();
        String rule = facts.restartedBetween(basis, call) ? "STORE-11"
                : refused.isPresent() ? refused.get().method() == Method.ACTIVATE ? "STORE-09" : "STORE-07"
                : basis.method() == Method.ACTIVATE ? "STORE-09"
                : basis.method() == Method.DEFAULT || call.method() == Method.DEFAULT ? "STORE-04" : "STORE-15";
        String was = expected == null ? "none was active" : expected + " was active";
        findings.violated(rule, expected, "Because " + was + " for user " + user + " after " + basis.called()
                        + (rule.equals("STORE-11") ? ", and then the provider was restarted"
                        : refused.map(other -> ", and " + other.called() + " was refused").orElse(""))
                        + ", yet " + call.called() + " shows " + (active == null ? "none" : active) + " as the active one.",
                expected == null ? "none" : expected, active == null ? "none" : active, basis, refused.orElse(null), call);
    }

    private void confirmed(StoreCall basis, StoreCall call, String active) {
        findings.premise("STORE-11", facts.restartedBetween(basis, call) ? 1 : 0);
        if (basis.method() == Method.ACTIVATE) {
            findings.premise("STORE-09", refusedActivations);
        }
    }

    private boolean isActivatable(StoreCall call) {
        Workspace workspace = facts.workspace(call.workspace());
        return workspace != null && workspace.members().containsKey(user) && !workspace.isRemovedBefore(call);
    }

    /** The default was made for this user, and other calls agree on it and on its owner. */
    private void countResolved(StoreCall call, Workspace workspace) {
        if (workspace.isImplicit() && workspace.firstSeen() == call && !facts.sights(user, workspace.id()).isEmpty()) {
            Set<String> answers = new HashSet<>();
            List<StoreCall> defaults = calls.stream().filter(other -> other.method() == Method.DEFAULT && other.isOk())
                    .toList();
            defaults.forEach(other -> answers.add(other.answer().workspace()));
            findings.premise("STORE-04", defaults.size() > 1 && answers.contains(workspace.id()) ? 1 : 0);
        }
    }

    /** The latest call over before this one that said for certain which workspace is active. */
    private Optional<StoreCall> basis(StoreCall call) {
        StoreCall latest = null;
        for (int i = begunBy(call.event().invoked()) - 1; i >= 0 && (latest == null || over[i] > latest.over()); i--) {
            StoreCall other = calls.get(i);
            if (other.precedes(call) && isDefinite(other) && (latest == null || other.over() > latest.over())) {
                latest = other;
            }
        }
        return Optional.ofNullable(latest);
    }

    /** How many calls had begun by then. */
    private int begunBy(long time) {
        int begun = 0;
        int not = calls.size();
        while (begun < not) {
            int middle = (begun + not) >>> 1;
            if (calls.get(middle).event().invoked() <= time) {
                begun = middle + 1;
            } else {
                not = middle;
            }
        }
        return begun;
    }

    private boolean isDefinite(StoreCall call) {
        return call.user().equals(user) && switch (call.method()) {
            case ACTIVATE -> call.isOk() && facts.role(user, call.workspace()) != null;
            case DEFAULT -> call.isOk() && call.answer().workspace() != null;
            case LIST -> call.tellsActive();
            default -> false;
        };
    }

    private String activeAfter(StoreCall call) {
        return switch (call.method()) {
            case ACTIVATE -> call.workspace();
            case DEFAULT -> call.answer().workspace();
            default -> call.answer().entries().stream().filter(Entry::isActive).map(Entry::id).findFirst().orElse(null);
        };
    }

    private boolean isSettled(StoreCall basis, StoreCall call) {
        return disturbances(basis, call).isEmpty();
    }

    /** The removal of the active workspace, if nothing else came between. */
    private Optional<StoreCall> rehoming(StoreCall basis, StoreCall call) {
        List<StoreCall> between = disturbances(basis, call);
        String active = activeAfter(basis);
        boolean plain = !between.isEmpty() && between.stream().allMatch(other -> other.method() == Method.REMOVE
                && basis.precedes(other) && other.precedes(call));
        return plain ? facts.workspace(active).removals().stream().filter(between::contains).findFirst() : Optional.empty();
    }

    /** What may have changed the active workspace since the one call began and until the other was over. */
    private List<StoreCall> disturbances(StoreCall basis, StoreCall call) {
        String active = activeAfter(basis);
        List<StoreCall> between = new ArrayList<>();
        for (int i = begunBy(call.event().returned()) - 1; i >= 0 && over[i] >= basis.event().invoked(); i--) {
            StoreCall other = calls.get(i);
            if (other != basis && other != call && !other.precedes(basis) && !call.precedes(other)
                    && mayMove(other, active)) {
                between.add(0, other);
            }
        }
        return between;
    }

    private static boolean mayMove(StoreCall call, String active) {
        return call.mayTakeEffect() && switch (call.method()) {
            case ACTIVATE, CREATE -> true;
            case DEFAULT -> !call.isOk() || !Objects.equals(active, call.answer().workspace());
            case REMOVE -> active != null && active.equals(call.workspace());
            default -> false;
        };
    }

    private StoreCall lastOf(Method method, StoreCall before) {
        return calls.stream().filter(call -> call.method() == method && call.precedes(before))
                .reduce((first, second) -> second).orElse(null);
    }
}
