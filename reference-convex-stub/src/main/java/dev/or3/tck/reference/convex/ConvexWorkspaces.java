package dev.or3.tck.reference.convex;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import java.util.List;

/** The workspaces component, by the functions {@code workspaces:…}, which validate what they are given. */
final class ConvexWorkspaces implements Workspaces {
    private final Calls calls;

    ConvexWorkspaces(Calls calls) {
        this.calls = calls;
    }

    @Override
    public UserRef getOrCreateUser(Caller caller, NewUser input) {
        return calls.mutation(null, "workspaces:getOrCreateUser", Calls.args(input), UserRef.class);
    }

    @Override
    public User getUser(Caller caller, Identity input) {
        return calls.query(null, "workspaces:getUser", Calls.args(input), User.class);
    }

    @Override
    public DefaultWorkspace getOrCreateDefaultWorkspace(Caller caller, UserRef input) {
        var args = Calls.args(input);
        Acting.check(caller, input.userId());
        return calls.mutation(caller, "workspaces:getOrCreateDefaultWorkspace", args, DefaultWorkspace.class);
    }

    @Override
    public Role getWorkspaceRole(Caller caller, Membership input) {
        return calls.query(null, "workspaces:getWorkspaceRole", Calls.args(input), Role.class);
    }

    @Override
    public List<WorkspaceEntry> listUserWorkspaces(Caller caller, UserRef input) {
        var args = Calls.args(input);
        Acting.check(caller, input.userId());
        return calls.query(caller, "workspaces:listUserWorkspaces", args, Calls.listOf(WorkspaceEntry.class));
    }

    @Override
    public WorkspaceRef createWorkspace(Caller caller, NewWorkspace input) {
        var args = Calls.args(input);
        Acting.signedIn(caller, input.userId());
        return calls.mutation(caller, "workspaces:createWorkspace", args, WorkspaceRef.class);
    }

    @Override
    public void updateWorkspace(Caller caller, WorkspaceUpdate input) {
        var args = Calls.args(input);
        Acting.signedIn(caller, input.userId());
        calls.mutation(caller, "workspaces:updateWorkspace", args, Void.class);
    }

    @Override
    public void removeWorkspace(Caller caller, Membership input) {
        var args = Calls.args(input);
        Acting.signedIn(caller, input.userId());
        calls.mutation(caller, "workspaces:removeWorkspace", args, Void.class);
    }

    @Override
    public void setActiveWorkspace(Caller caller, Membership input) {
        var args = Calls.args(input);
        Acting.signedIn(caller, input.userId());
        calls.mutation(caller, "workspaces:setActiveWorkspace", args, Void.class);
    }
}
