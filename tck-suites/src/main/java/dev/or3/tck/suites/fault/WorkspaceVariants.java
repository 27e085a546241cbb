package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.fault.Accounts.Workspace;
import java.util.List;

/** Permitted differences in workspaces. */
final class WorkspaceVariants {
    private WorkspaceVariants() {
    }

    static List<Variant> all() {
        return List.of(
                new Variant("create-activates", "Creating a workspace activates it", parts -> parts.use(new Members(parts) {
                    @Override
                    Workspace addWorkspace(String userId, String name, String description) {
                        Workspace created = super.addWorkspace(userId, name, description);
                        accounts.active.put(userId, created.id());
                        return created;
                    }
                })),
                new Variant("user-with-workspace", "Creating a user creates a workspace for them",
                        parts -> parts.use(new Members(parts) {
                    @Override
                    String addUser(Object identity, NewUser input) {
                        String userId = super.addUser(identity, input);
                        addWorkspace(userId, "My workspace", null);
                        return userId;
                    }
                })),
                new Variant("editors-read",
                        "An editor may not change the workspace, a description left out is cleared, times are not told",
                        parts -> parts.use(new Strict(parts))),
                new Variant("removed-twice", "Removing a workspace again succeeds", parts -> parts.use(new Members(parts) {
                    @Override
                    public void removeWorkspace(Caller caller, Membership input) {
                        boolean removedBefore = input.userId() != null && input.workspaceId() != null
                                && accounts.workspaces.containsKey(input.workspaceId())
                                && live(input.workspaceId()).isEmpty()
                                && accounts.membersOf(input.workspaceId()).get(input.userId()) == Role.OWNER;
                        if (!removedBefore) {
                            super.removeWorkspace(caller, input);
                        }
                    }
                })));
    }

    private static final class Strict extends Members {
        Strict(Parts parts) {
            super(parts);
        }

        @Override
        void checkMayUpdate(Role role) {
            if (role != Role.OWNER) {
                throw ProviderException.forbidden("only an owner may change the workspace");
            }
        }

        @Override
        public void updateWorkspace(Caller caller, WorkspaceUpdate input) {
            super.updateWorkspace(caller, new WorkspaceUpdate(input.userId(), input.workspaceId(), input.name(),
                    input.description() == null ? "" : input.description()));
        }

        @Override
        WorkspaceEntry entry(String userId, Workspace found, boolean isActive) {
            return new WorkspaceEntry(found.id(), found.name(), found.description(),
                    accounts.membersOf(found.id()).get(userId), null, isActive ? true : null);
        }
    }
}
