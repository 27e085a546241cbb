package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import dev.or3.tck.suites.fault.Accounts.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Users, workspaces and roles, each call one transaction (STORE rules). */
class Members implements Workspaces {
    static final int LONGEST_NAME = 100;
    static final int LONGEST_DESCRIPTION = 1000;

    final Parts parts;
    final Accounts accounts;

    Members(Parts parts) {
        this.parts = parts;
        this.accounts = parts.disk.accounts;
    }

    @Override
    public UserRef getOrCreateUser(Caller caller, NewUser input) {
        checkIdentity(input.provider(), input.providerUserId());
        Object identity = identity(input.provider(), input.providerUserId());
        return parts.transact(accounts, () -> {
            String known = accounts.identities.get(identity);
            return new UserRef(known != null ? known : addUser(identity, input));
        });
    }

    /** What tells one account from another: provider and id, compared exactly (STORE-03). */
    Object identity(String provider, String providerUserId) {
        return new Identity(provider, providerUserId);
    }

    String addUser(Object identity, NewUser input) {
        User user = new User(UUID.randomUUID().toString(), input.email(), input.displayName());
        accounts.users.put(user.userId(), user);
        accounts.identities.put(identity, user.userId());
        return user.userId();
    }

    @Override
    public User getUser(Caller caller, Identity input) {
        checkIdentity(input.provider(), input.providerUserId());
        String userId = accounts.identities.get(identity(input.provider(), input.providerUserId()));
        return userId == null ? null : accounts.users.get(userId);
    }

    @Override
    public DefaultWorkspace getOrCreateDefaultWorkspace(Caller caller, UserRef input) {
        return parts.transact(accounts, () -> {
            checkUser(input.userId());
            Optional<Workspace> known = active(input.userId()).or(() -> first(input.userId()));
            Workspace home = known.orElseGet(() -> addWorkspace(input.userId(), "My workspace", null));
            accounts.active.put(input.userId(), home.id());
            return new DefaultWorkspace(home.id(), home.name(), known.isEmpty());
        });
    }

    Optional<Workspace> active(String userId) {
        return Optional.ofNullable(accounts.active.get(userId)).flatMap(this::live);
    }

    /** The oldest live workspace of a user. */
    Optional<Workspace> first(String userId) {
        return accounts.homesOf(userId).stream().flatMap(id -> live(id).stream()).findFirst();
    }

    Optional<Workspace> live(String workspaceId) {
        return Optional.ofNullable(workspaceId).map(accounts.workspaces::get).filter(found -> !found.removed());
    }

    Workspace addWorkspace(String userId, String name, String description) {
        Workspace workspace = new Workspace(UUID.randomUUID().toString(), name, description, parts.clock.seconds(), false);
        accounts.workspaces.put(workspace.id(), workspace);
        accounts.join(userId, workspace.id(), Role.OWNER);
        return workspace;
    }

    @Override
    public Role getWorkspaceRole(Caller caller, Membership input) {
        return parts.transact(accounts, () -> role(input));
    }

    /** The role of a user in a live workspace, active or not; else null (STORE-06, -14). */
    Role role(Membership input) {
        return input.userId() == null ? null
                : live(input.workspaceId()).map(found -> accounts.membersOf(found.id()).get(input.userId())).orElse(null);
    }

    @Override
    public List<WorkspaceEntry> listUserWorkspaces(Caller caller, UserRef input) {
        return parts.transact(accounts, () -> {
            checkUser(input.userId());
            String active = accounts.active.get(input.userId());
            return accounts.homesOf(input.userId()).stream().flatMap(id -> live(id).stream())
                    .map(found -> entry(input.userId(), found, found.id().equals(active))).toList();
        });
    }

    WorkspaceEntry entry(String userId, Workspace found, boolean isActive) {
        return new WorkspaceEntry(found.id(), found.name(), found.description(),
                accounts.membersOf(found.id()).get(userId), found.createdAt(), isActive);
    }

    @Override
    public WorkspaceRef createWorkspace(Caller caller, NewWorkspace input) {
        String name = checkName(input.name());
        checkDescription(input.description());
        return parts.transact(accounts, () -> {
            checkUser(input.userId());
            Workspace created = addWorkspace(input.userId(), name, input.description());
            accounts.active.putIfAbsent(input.userId(), created.id());
            return new WorkspaceRef(created.id());
        });
    }

    @Override
    public void updateWorkspace(Caller caller, WorkspaceUpdate input) {
        String name = checkName(input.name());
        checkDescription(input.description());
        parts.transact(accounts, () -> {
            Workspace found = checkMember(input.userId(), input.workspaceId());
            checkMayUpdate(role(new Membership(input.userId(), input.workspaceId())));
            accounts.workspaces.put(found.id(), found.renamed(name, input.description()));
            return null;
        });
    }

    void checkMayUpdate(Role role) {
        if (role == Role.VIEWER) {
            throw ProviderException.forbidden("a viewer may not change the workspace");
        }
    }

    @Override
    public void removeWorkspace(Caller caller, Membership input) {
        parts.transact(accounts, () -> {
            Workspace found = checkMember(input.userId(), input.workspaceId());
            checkMayRemove(role(input));
            accounts.workspaces.put(found.id(), found.gone());
            leave(input.userId(), found.id());
            return null;
        });
    }

    void checkMayRemove(Role role) {
        if (role != Role.OWNER) {
            throw ProviderException.forbidden("only an owner may remove the workspace");
        }
    }

    /** Every member whose active workspace is gone gets another one, if there is any (STORE-08). */
    void leave(String remover, String workspaceId) {
        accounts.membersOf(workspaceId).keySet().forEach(member -> rehome(member, workspaceId));
    }

    void rehome(String userId, String workspaceId) {
        if (accounts.active.remove(userId, workspaceId)) {
            first(userId).ifPresent(other -> accounts.active.put(userId, other.id()));
        }
    }

    @Override
    public void setActiveWorkspace(Caller caller, Membership input) {
        parts.transact(accounts, () -> {
            Workspace found = checkMember(input.userId(), input.workspaceId());
            accounts.active.put(input.userId(), found.id());
            return null;
        });
    }

    private static void checkIdentity(String provider, String providerUserId) {
        if (Admission.isBlank(provider) || Admission.isBlank(providerUserId)) {
            throw ProviderException.badRequest("provider and providerUserId must not be empty");
        }
    }

    void checkUser(String userId) {
        if (userId == null || !accounts.users.containsKey(userId)) {
            throw ProviderException.notFound("there is no such user");
        }
    }

    /** The live workspace, if the user is a member; a stranger learns nothing of it. */
    Workspace checkMember(String userId, String workspaceId) {
        checkUser(userId);
        return live(workspaceId).filter(found -> accounts.membersOf(found.id()).containsKey(userId))
                .orElseThrow(() -> ProviderException.notFound("there is no such workspace for this user"));
    }

    /** The trimmed name (STORE-10). */
    String checkName(String name) {
        String trimmed = name == null ? "" : name.strip();
        if (trimmed.isEmpty() || trimmed.codePointCount(0, trimmed.length()) > LONGEST_NAME) {
            throw ProviderException.badRequest("name must have 1 to " + LONGEST_NAME + " characters");
        }
        return trimmed;
    }

    void checkDescription(String description) {
        if (description != null && description.codePointCount(0, description.length()) > LONGEST_DESCRIPTION) {
            throw ProviderException.badRequest("description must have at most " + LONGEST_DESCRIPTION + " characters");
        }
    }
}
