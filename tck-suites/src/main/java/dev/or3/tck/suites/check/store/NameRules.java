package dev.or3.tck.suites.check.store;

import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.check.store.StoreCall.Entry;
import dev.or3.tck.suites.check.store.StoreCall.Method;
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

    private record Shown(StoreCall call, String name, String description) {
    }

    private void judge(Workspace workspace) {
        List<StoreCall> writes = new ArrayList<>();
        if (workspace.created() != null) {
            writes.add(workspace.created());
        }
        workspace.calls(Method.UPDATE).stream().filter(StoreCall::mayTakeEffect).forEach(writes::add);
        Shown before = null;
        Shown base = null;
        for (Shown shown : shown(workspace)) {
            List<StoreCall> current = current(workspace, shown.call(), writes);
            boolean explained = current.stream().anyMatch(write -> same(write.name(), shown.name()));
            if (!explained && base == null && mayShowBase(workspace, shown, writes)) {
                base = shown;
            } else if (!explained && !(mayShowBase(workspace, shown, writes) && same(base.name(), shown.name()))) {
                contradiction(workspace, shown, before, current);
            }
            judgeDescription(workspace, shown, writes);
            before = shown;
        }
    }

    /** Whether it may still have the name that it was given when nobody asked for it. */
    private boolean mayShowBase(Workspace workspace, Shown shown, List<StoreCall> writes) {
        return workspace.created() == null && refusedWrite(workspace, shown).isEmpty()
                && writes.stream().noneMatch(write -> definite(workspace, write) && write.precedes(shown.call()));
    }

    private List<Shown> shown(Workspace workspace) {
        List<Shown> shown = new ArrayList<>();
        for (String member : workspace.members().keySet()) {
            for (StoreCall call : facts.callsOf(member)) {
                if (workspace.id().equals(call.answer().workspace()) && call.method() == Method.DEFAULT) {
                    shown.add(new Shown(call, call.answer().name(), null));
                }
                for (Entry entry : call.answer().entries() == null ? List.<Entry>of() : call.answer().entries()) {
                    if (workspace.id().equals(entry.id())) {
                        shown.add(new Shown(call, entry.name(), entry.description()));
                    }
                }
            }
        }
        shown.sort((a, b) -> Long.compare(a.call().event().invoked(), b.call().event().invoked()));
        return shown;
    }

    private void contradiction(Workspace workspace, Shown shown, Shown before, List<StoreCall> current) {
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

    private String ruleFor(Workspace workspace, Shown shown, Shown before, StoreCall refused, List<StoreCall> current) {
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

    private void judgeDescription(Workspace workspace, Shown shown, List<StoreCall> writes) {
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

    private Optional<StoreCall> refusedWrite(Workspace workspace, Shown shown) {
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
