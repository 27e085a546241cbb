package dev.or3.tck.suites.check.store;

import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.check.store.StoreCall.Method;
import dev.or3.tck.suites.check.store.StoreFacts.Showing;
import dev.or3.tck.suites.check.store.StoreFacts.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A workspace shows the name and the description that were last given to it (STORE-05, -07, -10, -11, -15). */
final class NameRules {
    private final StoreFacts facts;
    private final StoreFindings findings;

    private NameRules(StoreFacts facts, StoreFindings findings) {
        this.facts = facts;
        this.findings = findings;
    }

    static void judge(StoreFacts facts, StoreFindings findings) {
        facts.workspaces().forEach(new NameRules(facts, findings)::judge);
    }

    private void judge(Workspace workspace) {
        List<StoreCall> writes = new ArrayList<>();
        if (workspace.created() != null) {
            writes.add(workspace.created());
        }
        workspace.calls(Method.UPDATE).stream().filter(StoreCall::mayTakeEffect).forEach(writes::add);
        Showing before = null;
        Showing base = null;
        for (Showing shown : facts.showings(workspace.id())) {
            List<StoreCall> current = current(workspace, shown.call(), writes);
            boolean explained = current.stream().anyMatch(write -> same(write.name(), shown.name()));
            boolean asBase = !explained && mayShowBase(workspace, shown, writes)
                    && (base == null ? refusedWrite(workspace, shown).isEmpty() : same(base.name(), shown.name()));
            if (asBase && base == null) {
                base = shown;
            } else if (!explained && !asBase) {
                contradiction(workspace, shown, before, current);
            }
            judgeDescription(workspace, shown, writes);
            before = shown;
        }
    }

    /** Whether it may still have the name that it was given when nobody asked for it. */
    private boolean mayShowBase(Workspace workspace, Showing shown, List<StoreCall> writes) {
        return workspace.created() == null
                && writes.stream().noneMatch(write -> definite(workspace, write) && write.precedes(shown.call()));
    }

    private void contradiction(Workspace workspace, Showing shown, Showing before, List<StoreCall> current) {
        Optional<StoreCall> refused = refusedWrite(workspace, shown);
        String rule = ruleFor(workspace, shown, before, refused.orElse(null), current);
        StoreCall basis = !current.isEmpty() ? current.get(current.size() - 1) : before == null ? null : before.call();
        String expected = !current.isEmpty() ? basis.name() : before == null ? "another name" : before.name();
        String because = refused.isPresent() || basis == null
                ? refused.map(call -> call.called() + ", which gives this name, was refused").orElse("nobody gave it")
                : basis.called() + (current.isEmpty() ? " showed" : " gave") + " workspace " + workspace.id() + " the name '"
                + brief(expected) + "', and nothing changed it since";
        findings.violated(rule, workspace.id(), "Because " + because + ", yet " + shown.call().called() + " shows '"
                        + brief(shown.name()) + "'.", "'" + brief(expected) + "'", "'" + brief(shown.name()) + "'",
                basis, refused.orElse(null), shown.call());
    }

    private String ruleFor(Workspace workspace, Showing shown, Showing before, StoreCall refused, List<StoreCall> current) {
        if (refused != null) {
            return Inputs.isBad(refused) ? "STORE-10" : "STORE-07";
        }
        if (before != null && facts.restartedBetween(before.call(), shown.call())
                && current.stream().allMatch(write -> write.precedes(before.call()))) {
            return "STORE-11";
        }
        boolean asCreated = current.size() == 1 && current.get(0) == workspace.created();
        return asCreated && before == null ? "STORE-05" : "STORE-15";
    }

    private void judgeDescription(Workspace workspace, Showing shown, List<StoreCall> writes) {
        if (shown.description() == null || shown.description().isEmpty()) {
            return;
        }
        boolean given = writes.stream().anyMatch(write -> same(write.description(), shown.description())
                && !shown.call().precedes(write));
        boolean overwritten = current(workspace, shown.call(), writes.stream().filter(write -> write.description() != null)
                .toList()).stream().noneMatch(write -> same(write.description(), shown.description()));
        if (given ? overwritten : workspace.created() != null) {
            findings.violated("STORE-15", workspace.id(), "Because the description '" + brief(shown.description())
                            + "' is not what workspace " + workspace.id() + " was given last, yet " + shown.call().called()
                            + " shows it.", "the description last given", "'" + brief(shown.description()) + "'",
                    writes.isEmpty() ? null : writes.get(writes.size() - 1), shown.call());
        }
    }

    /** The writes that may be the last one before the call. */
    private static List<StoreCall> current(Workspace workspace, StoreCall call, List<StoreCall> writes) {
        return writes.stream().filter(write -> !call.precedes(write))
                .filter(write -> writes.stream().noneMatch(later -> definite(workspace, later) && write.precedes(later)
                        && later.precedes(call)))
                .toList();
    }

    private static boolean definite(Workspace workspace, StoreCall write) {
        Role role = workspace.members().get(write.user());
        return write.isOk() && (write == workspace.created() || role == Role.OWNER || role == Role.EDITOR);
    }

    private Optional<StoreCall> refusedWrite(Workspace workspace, Showing shown) {
        return facts.calls().stream().filter(call -> Inputs.carriesName(call) && !call.mayTakeEffect()
                        && (call.method() == Method.CREATE ? workspace.members().containsKey(call.user())
                        : workspace.id().equals(call.workspace())))
                .filter(call -> call.name() != null && same(call.name(), shown.name()) && !shown.call().precedes(call))
                .findFirst();
    }

    private static boolean same(String given, String shown) {
        return Objects.equals(given == null ? null : given.strip(), shown == null ? null : shown.strip());
    }

    private static String brief(String text) {
        return text == null || text.length() <= 40 ? text : text.substring(0, 40) + "… (" + text.length() + ")";
    }
}
