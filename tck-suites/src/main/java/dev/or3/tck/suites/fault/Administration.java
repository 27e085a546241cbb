package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.admin.Admin;
import dev.or3.tck.api.shape.Shape;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces.Identity;
import dev.or3.tck.api.workspaces.Workspaces.User;
import dev.or3.tck.suites.fault.Accounts.Workspace;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The admin component over the tables of users and workspaces, each call one transaction (ADM rules, STORE-13). */
class Administration implements Admin {
    static final String COUNT = "count-rows";
    private static final int USERS_AT_MOST = 100;

    final Parts parts;
    final Accounts accounts;
    final Set<String> admins;
    final Map<Object, String> settings;

    Administration(Parts parts) {
        this.parts = parts;
        this.accounts = parts.disk.accounts;
        this.admins = parts.disk.extra("admins", ConcurrentHashMap::newKeySet);
        this.settings = parts.disk.extra("workspace settings", ConcurrentHashMap::new);
    }

    /** Refuses malformed input (ADM-03). */
    void admit(Caller caller, Record input) {
        Shape.check(caller, input);
    }

    @Override
    public ProviderStatus getStatus(Caller caller, Nothing input) {
        return new ProviderStatus(new JsonText("{\"storage\":\"memory\"}"),
                List.of(new Warning("warning", "everything is lost when this process ends")),
                List.of(new Action("reset-everything", "Forget everything", null, true), listed()));
    }

    Action listed() {
        return new Action(COUNT, "Count the rows of all tables", "Tells how much there is", null);
    }

    @Override
    public JsonText runAction(Caller caller, ActionRun input) {
        admit(caller, input);
        if (!COUNT.equals(input.actionId())) {
            throw ProviderException.notFound("there is no such action");
        }
        return new JsonText("{\"users\":" + accounts.users.size() + ",\"workspaces\":" + accounts.workspaces.size() + "}");
    }

    @Override
    public List<Member> listMembers(Caller caller, WorkspaceRef input) {
        admit(caller, input);
        return parts.transact(accounts, () -> {
            Workspace found = checkLive(input.workspaceId());
            return accounts.membersOf(found.id()).entrySet().stream().map(member -> new Member(member.getKey(),
                    accounts.users.get(member.getKey()).email(), member.getValue())).toList();
        });
    }

    @Override
    public void upsertMember(Caller caller, NewMember input) {
        admit(caller, input);
        parts.transact(accounts, () -> {
            Workspace found = checkLive(input.workspaceId());
            String userId = user(input);
            checkOwnerStays(found.id(), userId, input.role());
            give(userId, found.id(), input.role());
            return null;
        });
    }

    void give(String userId, String workspaceId, Role role) {
        if (accounts.membersOf(workspaceId).containsKey(userId)) {
            accounts.change(userId, workspaceId, role);
        } else {
            accounts.join(userId, workspaceId, role);
        }
    }

    private String user(NewMember input) {
        return accounts.users.values().stream()
                .filter(user -> input.provider() == null && Objects.equals(user.email(), input.emailOrProviderId()))
                .map(User::userId)
                .findFirst().or(() -> accounts.identities.entrySet().stream()
                        .filter(entry -> entry.getKey() instanceof Identity identity
                                && identity.providerUserId().equals(input.emailOrProviderId())
                                && (input.provider() == null || input.provider().equals(identity.provider())))
                        .map(Map.Entry::getValue).findFirst())
                .orElseThrow(() -> ProviderException.notFound("there is no such user"));
    }

    @Override
    public void setMemberRole(Caller caller, MemberRole input) {
        admit(caller, input);
        parts.transact(accounts, () -> {
            Workspace found = checkMember(input.workspaceId(), input.userId());
            checkOwnerStays(found.id(), input.userId(), input.role());
            accounts.change(input.userId(), found.id(), input.role());
            return null;
        });
    }

    @Override
    public void removeMember(Caller caller, MemberRef input) {
        admit(caller, input);
        parts.transact(accounts, () -> {
            Workspace found = checkMember(input.workspaceId(), input.userId());
            checkOwnerStays(found.id(), input.userId(), null);
            accounts.leave(input.userId(), found.id());
            parts.members.rehome(input.userId(), found.id());
            return null;
        });
    }

    /** Refuses to take the role of the last owner (STORE-13). */
    void checkOwnerStays(String workspaceId, String userId, Role role) {
        Map<String, Role> members = accounts.membersOf(workspaceId);
        boolean otherOwner = members.entrySet().stream()
                .anyMatch(member -> member.getValue() == Role.OWNER && !member.getKey().equals(userId));
        if (members.get(userId) == Role.OWNER && role != Role.OWNER && !otherOwner) {
            throw ProviderException.conflict("the last owner of a workspace stays its owner");
        }
    }

    @Override
    public WorkspacePage listWorkspaces(Caller caller, WorkspaceQuery input) {
        admit(caller, input);
        int page = input.page() == null ? 1 : input.page();
        int perPage = input.perPage() == null ? 20 : input.perPage();
        if (page < 1 || perPage < 1) {
            throw ProviderException.badRequest("page and perPage must be 1 or more");
        }
        return parts.transact(accounts, () -> {
            List<Workspace> matching = accounts.workspaces.values().stream().filter(found -> matches(found, input))
                    .sorted(Comparator.comparing(Workspace::id)).toList();
            return page(matching, page, perPage);
        });
    }

    WorkspacePage page(List<Workspace> matching, int page, int perPage) {
        return new WorkspacePage(matching.stream().skip(before(page, perPage)).limit(perPage).map(this::summary).toList(),
                matching.size());
    }

    /** How many stand on the pages before. */
    long before(int page, int perPage) {
        return (page - 1L) * perPage;
    }

    boolean matches(Workspace found, WorkspaceQuery input) {
        return (!found.removed() || Boolean.TRUE.equals(input.includeDeleted()))
                && (input.search() == null || holds(found.name(), input.search()));
    }

    boolean holds(String name, String search) {
        return name.toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT));
    }

    private WorkspaceSummary summary(Workspace found) {
        Map<String, Role> members = accounts.membersOf(found.id());
        String owner = members.entrySet().stream().filter(member -> member.getValue() == Role.OWNER).map(Map.Entry::getKey)
                .findFirst().orElse(null);
        return new WorkspaceSummary(found.id(), found.name(), found.description(), found.createdAt(), found.removed(), null,
                owner, members.size());
    }

    @Override
    public WorkspaceSummary getWorkspace(Caller caller, WorkspaceRef input) {
        admit(caller, input);
        return parts.transact(accounts,
                () -> Optional.ofNullable(accounts.workspaces.get(input.workspaceId())).map(this::summary).orElse(null));
    }

    @Override
    public NewWorkspaceId createWorkspace(Caller caller, NewWorkspace input) {
        admit(caller, input);
        String name = parts.members.checkName(input.name());
        parts.members.checkDescription(input.description());
        return parts.transact(accounts, () -> {
            parts.members.checkUser(input.ownerUserId());
            return new NewWorkspaceId(parts.members.addWorkspace(input.ownerUserId(), name, input.description()).id());
        });
    }

    @Override
    public void softDeleteWorkspace(Caller caller, Deletion input) {
        admit(caller, input);
        parts.transact(accounts, () -> {
            Workspace found = check(input.workspaceId());
            accounts.workspaces.put(found.id(), found.gone());
            parts.members.leave(null, found.id());
            return null;
        });
    }

    @Override
    public void restoreWorkspace(Caller caller, WorkspaceRef input) {
        admit(caller, input);
        parts.transact(accounts, () -> {
            Workspace found = check(input.workspaceId());
            accounts.workspaces.put(found.id(), found.back());
            return null;
        });
    }

    @Override
    public List<UserSummary> searchUsers(Caller caller, UserQuery input) {
        admit(caller, input);
        if (input.limit() != null && input.limit() < 1) {
            throw ProviderException.badRequest("a limit must be 1 or more");
        }
        return users(input).limit(limit(input)).toList();
    }

    int limit(UserQuery input) {
        return input.limit() == null ? USERS_AT_MOST : input.limit();
    }

    private Stream<UserSummary> users(UserQuery input) {
        return accounts.users.values().stream()
                .filter(user -> Stream.of(user.email(), user.displayName()).anyMatch(
                        text -> text != null && holds(text, input.query())))
                .sorted(Comparator.comparing(User::userId))
                .map(user -> new UserSummary(user.userId(), user.email(), user.displayName()));
    }

    @Override
    public String getSetting(Caller caller, SettingKey input) {
        admit(caller, input);
        checkLive(input.workspaceId());
        return settings.get(key(input));
    }

    @Override
    public void setSetting(Caller caller, Setting input) {
        admit(caller, input);
        if (input.key().isBlank()) {
            throw ProviderException.badRequest("a setting has a key");
        }
        parts.transact(accounts, () -> {
            checkLive(input.workspaceId());
            return settings.put(key(new SettingKey(input.workspaceId(), input.key())), input.value());
        });
    }

    /** What tells one setting from another. */
    Object key(SettingKey setting) {
        return setting;
    }

    @Override
    public List<UserSummary> listAdmins(Caller caller, Nothing input) {
        return admins.stream().map(accounts.users::get)
                .map(user -> new UserSummary(user.userId(), user.email(), user.displayName())).toList();
    }

    @Override
    public void grantAdmin(Caller caller, UserRef input) {
        admit(caller, input);
        parts.members.checkUser(input.userId());
        admins.add(input.userId());
    }

    @Override
    public void revokeAdmin(Caller caller, UserRef input) {
        admit(caller, input);
        parts.members.checkUser(input.userId());
        admins.remove(input.userId());
    }

    @Override
    public boolean isAdmin(Caller caller, UserRef input) {
        admit(caller, input);
        return admins.contains(input.userId());
    }

    private Workspace check(String workspaceId) {
        Workspace found = accounts.workspaces.get(workspaceId);
        if (found == null) {
            throw ProviderException.notFound("there is no such workspace");
        }
        return found;
    }

    private Workspace checkLive(String workspaceId) {
        Workspace found = check(workspaceId);
        if (found.removed()) {
            throw ProviderException.notFound("the workspace is deleted: restore it first");
        }
        return found;
    }

    private Workspace checkMember(String workspaceId, String userId) {
        Workspace found = checkLive(workspaceId);
        if (!accounts.membersOf(workspaceId).containsKey(userId)) {
            throw ProviderException.notFound("the user is no member of the workspace");
        }
        return found;
    }
}
