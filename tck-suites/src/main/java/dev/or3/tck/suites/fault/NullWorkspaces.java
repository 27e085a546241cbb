package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import java.util.List;
import java.util.UUID;

/** Workspaces components without a memory. */
final class NullWorkspaces {
    private NullWorkspaces() {
    }

    /** Nobody is known, and nobody has anything. */
    static class Empty implements Workspaces {
        String id(String told) {
            return "";
        }

        @Override
        public UserRef getOrCreateUser(Caller caller, NewUser input) {
            return new UserRef(id(input.provider() + input.providerUserId()));
        }

        @Override
        public User getUser(Caller caller, Identity input) {
            return null;
        }

        @Override
        public DefaultWorkspace getOrCreateDefaultWorkspace(Caller caller, UserRef input) {
            return new DefaultWorkspace(id(input.userId()), "", false);
        }

        @Override
        public Role getWorkspaceRole(Caller caller, Membership input) {
            return null;
        }

        @Override
        public List<WorkspaceEntry> listUserWorkspaces(Caller caller, UserRef input) {
            return List.of();
        }

        @Override
        public WorkspaceRef createWorkspace(Caller caller, NewWorkspace input) {
            return new WorkspaceRef(id(input.name()));
        }

        @Override
        public void updateWorkspace(Caller caller, WorkspaceUpdate input) {
            // Nothing to change.
        }

        @Override
        public void removeWorkspace(Caller caller, Membership input) {
            // Nothing to remove.
        }

        @Override
        public void setActiveWorkspace(Caller caller, Membership input) {
            // Nothing to activate.
        }
    }

    /** Everybody is somebody, and owns everything. */
    static class Agreeing extends Empty {
        @Override
        String id(String told) {
            return UUID.randomUUID().toString();
        }

        @Override
        public User getUser(Caller caller, Identity input) {
            return new User(id(input.provider() + input.providerUserId()), null, null);
        }

        @Override
        public Role getWorkspaceRole(Caller caller, Membership input) {
            return Role.OWNER;
        }
    }

    /** Ids are what one was told. */
    static final class Echo extends Agreeing {
        @Override
        String id(String told) {
            return told;
        }

        @Override
        public List<WorkspaceEntry> listUserWorkspaces(Caller caller, UserRef input) {
            return List.of(new WorkspaceEntry(input.userId(), input.userId(), null, Role.OWNER, null, true));
        }
    }
}
