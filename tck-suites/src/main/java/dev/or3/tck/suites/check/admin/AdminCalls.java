package dev.or3.tck.suites.check.admin;

import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.check.AskCall;
import dev.or3.tck.suites.check.ask.InputJudgement;
import dev.or3.tck.suites.run.History;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which calls of a history belong to the admin component's story, and what they are. */
final class AdminCalls {
    static final String COMPONENT = "admin";

    private static final Set<String> MEMBERS = Set.of("upsertMember", "setMemberRole", "removeMember");
    private static final Set<String> BESIDE = Set.of("getOrCreateUser", "getWorkspaceRole", "listUserWorkspaces");
    private static final Set<String> READS = Set.of("getWorkspaceRole", "listUserWorkspaces", "listMembers", "getWorkspace",
            "listWorkspaces", "searchUsers", "getSetting", "listAdmins", "isAdmin");
    private static final Set<String> APART = Set.of("getStatus", "runAction");

    private AdminCalls() {
    }

    /** The calls that the model explains: those of the admin component, and some of the workspaces component. */
    static List<AskCall> told(List<AskCall> calls) {
        return calls.stream().filter(call -> call.component().equals(COMPONENT) && !APART.contains(call.method())
                && !InputJudgement.isMalformed(call)
                || call.component().equals("workspaces") && BESIDE.contains(call.method())).toList();
    }

    static boolean isRead(AskCall call) {
        return READS.contains(call.method());
    }

    static boolean changesMembers(AskCall call) {
        return MEMBERS.contains(call.method());
    }

    /** The user that a change is about; null if nobody is known under what it says. */
    static String member(AdminState state, AskCall call) {
        return call.method().equals("upsertMember") ? state.named(call.text("emailOrProviderId")) : call.text("userId");
    }

    /** What there is before the first call. */
    static AdminState provisioned(History history) {
        Map<String, AdminState.Workspace> workspaces = new HashMap<>();
        for (History.Space space : history.header().spaces()) {
            Map<String, String> roles = new HashMap<>();
            space.members().forEach(member -> roles.merge(member.userId(), member.role().wireName(),
                    (one, other) -> one.equals(Role.OWNER.wireName()) ? one : other));
            workspaces.put(space.workspaceId(), new AdminState.Workspace("", roles, false, Map.of()));
        }
        return new AdminState(Map.of(), workspaces, Set.of());
    }
}
