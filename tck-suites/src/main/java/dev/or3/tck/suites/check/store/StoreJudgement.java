package dev.or3.tck.suites.check.store;

import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.check.Findings;
import dev.or3.tck.suites.check.Judgement;
import dev.or3.tck.suites.check.index.HistoryIndex;
import dev.or3.tck.suites.check.store.StoreCall.Method;
import dev.or3.tck.suites.check.store.StoreFacts.Workspace;
import dev.or3.tck.suites.run.Call;

/** Judges the workspaces component: STORE-01 to -12, -14 and -15. */
public final class StoreJudgement implements Judgement {
    @Override
    public void judge(HistoryIndex index, Findings findings) {
        if (changesMembers(index)) {
            return;
        }
        StoreFacts facts = StoreFacts.of(index.history());
        if (facts.calls().isEmpty()) {
            return;
        }
        StoreFindings found = judge(facts, StoreOrder.BOUND);
        found.moveTo(findings, isGrounded(facts));
    }

    /** Whether the admin component takes part: then roles and workspaces change by calls that are judged with it. */
    private static boolean changesMembers(HistoryIndex index) {
        return index.history().events().stream().anyMatch(
                event -> event.call() instanceof Call.Ask call && call.component().equals("admin"));
    }

    static StoreFindings judge(StoreFacts facts, int bound) {
        StoreFindings found = new StoreFindings();
        IdentityRules.judge(facts, found);
        PermissionRules.judge(facts, found);
        MembershipRules.judge(facts, found);
        NameRules.judge(facts, found);
        ActiveRules.judge(facts, found);
        if (found.isClean()) {
            StoreOrder.judge(facts, found, bound);
        }
        return found;
    }

    /**
     * Whether the plain round trip was seen: a workspace that was created shows in its creator's list, with its name and
     * owner. A component that answers anything to everything passes nothing.
     */
    static boolean isGrounded(StoreFacts facts) {
        return facts.calls(Method.LIST).stream().filter(list -> list.answer().entries() != null)
                .anyMatch(list -> list.answer().entries().stream().anyMatch(entry -> {
                    Workspace shown = facts.workspace(entry.id());
                    StoreCall created = shown == null ? null : shown.created();
                    return created != null && created.precedes(list) && entry.role() == Role.OWNER
                            && created.name() != null && entry.name() != null
                            && created.name().strip().equals(entry.name().strip());
                }));
    }
}
