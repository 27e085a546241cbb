package dev.or3.tck.reference.convex;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.admin.Admin;
import dev.or3.tck.api.shape.Shape;
import java.util.List;

/**
 * The admin component, by the functions {@code admin:…}. Its calls always go with the deployment's key: who may make them
 * is the host's business.
 */
final class ConvexAdmin implements Admin {
    private final Calls calls;
    private final Upkeep upkeep;

    ConvexAdmin(Calls calls, Upkeep upkeep) {
        this.calls = calls;
        this.upkeep = upkeep;
    }

    private <T> T query(Caller caller, String function, Record input, Class<T> type) {
        Shape.check(caller, input);
        return calls.query(null, function, Calls.args(input), type);
    }

    private <T> List<T> list(Caller caller, String function, Record input, Class<T> element) {
        Shape.check(caller, input);
        return calls.query(null, function, Calls.args(input), Calls.listOf(element));
    }

    private <T> T mutate(Caller caller, String function, Record input, Class<T> type) {
        Shape.check(caller, input);
        return calls.mutation(null, function, Calls.args(input), type);
    }

    @Override
    public ProviderStatus getStatus(Caller caller, Nothing input) {
        return upkeep.status();
    }

    @Override
    public JsonText runAction(Caller caller, ActionRun input) {
        Shape.check(caller, input);
        return JsonText.of(Json.mapper().valueToTree(upkeep.run(input.actionId())));
    }

    @Override
    public List<Member> listMembers(Caller caller, WorkspaceRef input) {
        return list(caller, "admin:listMembers", input, Member.class);
    }

    @Override
    public void upsertMember(Caller caller, NewMember input) {
        mutate(caller, "admin:upsertMember", input, Void.class);
    }

    @Override
    public void setMemberRole(Caller caller, MemberRole input) {
        mutate(caller, "admin:setMemberRole", input, Void.class);
    }

    @Override
    public void removeMember(Caller caller, MemberRef input) {
        mutate(caller, "admin:removeMember", input, Void.class);
    }

    @Override
    public WorkspacePage listWorkspaces(Caller caller, WorkspaceQuery input) {
        return query(caller, "admin:listWorkspaces", input, WorkspacePage.class);
    }

    @Override
    public WorkspaceSummary getWorkspace(Caller caller, WorkspaceRef input) {
        return query(caller, "admin:getWorkspace", input, WorkspaceSummary.class);
    }

    @Override
    public NewWorkspaceId createWorkspace(Caller caller, NewWorkspace input) {
        return mutate(caller, "admin:createWorkspace", input, NewWorkspaceId.class);
    }

    @Override
    public void softDeleteWorkspace(Caller caller, Deletion input) {
        mutate(caller, "admin:softDeleteWorkspace", input, Void.class);
    }

    @Override
    public void restoreWorkspace(Caller caller, WorkspaceRef input) {
        mutate(caller, "admin:restoreWorkspace", input, Void.class);
    }

    @Override
    public List<UserSummary> searchUsers(Caller caller, UserQuery input) {
        return list(caller, "admin:searchUsers", input, UserSummary.class);
    }

    @Override
    public String getSetting(Caller caller, SettingKey input) {
        return query(caller, "admin:getSetting", input, String.class);
    }

    @Override
    public void setSetting(Caller caller, Setting input) {
        mutate(caller, "admin:setSetting", input, Void.class);
    }

    @Override
    public List<UserSummary> listAdmins(Caller caller, Nothing input) {
        return list(caller, "admin:listAdmins", input, UserSummary.class);
    }

    @Override
    public void grantAdmin(Caller caller, UserRef input) {
        mutate(caller, "admin:grantAdmin", input, Void.class);
    }

    @Override
    public void revokeAdmin(Caller caller, UserRef input) {
        mutate(caller, "admin:revokeAdmin", input, Void.class);
    }

    @Override
    public boolean isAdmin(Caller caller, UserRef input) {
        return query(caller, "admin:isAdmin", input, Boolean.class);
    }
}
