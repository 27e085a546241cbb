package dev.or3.tck.suites.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import dev.or3.tck.api.workspaces.Workspaces.Identity;
import dev.or3.tck.api.workspaces.Workspaces.Membership;
import dev.or3.tck.api.workspaces.Workspaces.NewUser;
import dev.or3.tck.api.workspaces.Workspaces.NewWorkspace;
import dev.or3.tck.api.workspaces.Workspaces.UserRef;
import dev.or3.tck.api.workspaces.Workspaces.WorkspaceEntry;
import dev.or3.tck.api.workspaces.Workspaces.WorkspaceUpdate;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryWorkspacesTest {
    @TempDir
    Path directory;
    private Provider provider;
    private Workspaces workspaces;

    @BeforeEach
    void open() {
        provider = new MemoryProviderFactory().open(ProviderConfig.in(directory));
        workspaces = provider.workspaces();
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private String user(String provider, String id) {
        return workspaces.getOrCreateUser(null, new NewUser(provider, id, id + "@example.org", null)).userId();
    }

    private String create(String userId, String name) {
        return workspaces.createWorkspace(null, new NewWorkspace(userId, name, "text")).workspaceId();
    }

    private List<WorkspaceEntry> list(String userId) {
        return workspaces.listUserWorkspaces(null, new UserRef(userId));
    }

    private Role role(String userId, String workspaceId) {
        return workspaces.getWorkspaceRole(null, new Membership(userId, workspaceId));
    }

    @Test
    void an_identity_is_one_user_and_identities_stay_apart() {
        assertThat(user("clerk", "a")).isEqualTo(user("clerk", "a"));
        assertThat(List.of(user("clerk", "a"), user("basic", "a"), user("clerk", "A"), user("cl", "erk:a"),
                user("cl:erk", "a"), user("clerk", "é"), user("clerk", "e\u0301"))).doesNotHaveDuplicates();
        assertThat(workspaces.getUser(null, new Identity("clerk", "a")).email()).isEqualTo("a@example.org");
        assertThat(workspaces.getUser(null, new Identity("clerk", "nobody"))).isNull();
    }

    @Test
    void first_logins_at_once_end_in_one_user_with_one_default_workspace() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Callable<String> login = () ->
                workspaces.getOrCreateDefaultWorkspace(null, new UserRef(user("clerk", "a"))).workspaceId();
        List<Future<String>> logins = threads.invokeAll(Collections.nCopies(16, login));
        threads.shutdown();
        String home = logins.get(0).get();
        for (Future<String> each : logins) {
            assertThat(each.get()).isEqualTo(home);
        }
        assertThat(list(user("clerk", "a"))).singleElement()
                .returns(home, WorkspaceEntry::id).returns(Role.OWNER, WorkspaceEntry::role)
                .returns(true, WorkspaceEntry::isActive);
    }

    @Test
    void the_default_workspace_is_the_active_one() {
        String user = user("clerk", "a");
        create(user, "one");
        String two = create(user, "two");
        workspaces.setActiveWorkspace(null, new Membership(user, two));
        assertThat(workspaces.getOrCreateDefaultWorkspace(null, new UserRef(user)))
                .returns(two, Workspaces.DefaultWorkspace::workspaceId).returns(false, Workspaces.DefaultWorkspace::created);
        assertThat(list(user)).extracting(WorkspaceEntry::isActive).containsExactly(false, true);
    }

    @Test
    void roles_hold_in_every_live_workspace_and_nowhere_else() {
        Controls.Provisioned space = provider.controls().provision(List.of(Role.OWNER, Role.EDITOR, Role.VIEWER));
        assertThat(space.userIds()).extracting(id -> role(id, space.workspaceId()))
                .containsExactly(Role.OWNER, Role.EDITOR, Role.VIEWER);
        String owner = space.userIds().get(0);
        assertThat(role(owner, create(owner, "inactive"))).isEqualTo(Role.OWNER);
        assertThat(role("stranger", space.workspaceId())).isNull();
        assertThat(role(owner, "nowhere")).isNull();
        workspaces.removeWorkspace(null, new Membership(owner, space.workspaceId()));
        assertThat(role(owner, space.workspaceId())).isNull();
    }

    @Test
    void only_an_owner_removes_and_no_viewer_or_stranger_updates() {
        Controls.Provisioned space = provider.controls().provision(List.of(Role.OWNER, Role.EDITOR, Role.VIEWER));
        for (String user : List.of(space.userIds().get(1), space.userIds().get(2), user("clerk", "stranger"))) {
            assertThatThrownBy(() -> workspaces.removeWorkspace(null, new Membership(user, space.workspaceId())))
                    .isInstanceOf(ProviderException.class);
        }
        for (String user : List.of(space.userIds().get(2), user("clerk", "stranger"))) {
            assertThatThrownBy(() -> workspaces.updateWorkspace(null,
                    new WorkspaceUpdate(user, space.workspaceId(), "mine", null))).isInstanceOf(ProviderException.class);
        }
        workspaces.updateWorkspace(null, new WorkspaceUpdate(space.userIds().get(0), space.workspaceId(), " new ", "d"));
        assertThat(list(space.userIds().get(1))).singleElement().returns("new", WorkspaceEntry::name)
                .returns("d", WorkspaceEntry::description);
    }

    @Test
    void a_removal_rehomes_every_member_whose_active_workspace_it_was() {
        Controls.Provisioned space = provider.controls().provision(List.of(Role.OWNER, Role.EDITOR));
        String owner = space.userIds().get(0);
        String editor = space.userIds().get(1);
        String other = create(editor, "other");
        workspaces.removeWorkspace(null, new Membership(owner, space.workspaceId()));
        assertThat(list(owner)).isEmpty();
        assertThat(list(editor)).singleElement().returns(other, WorkspaceEntry::id).returns(true, WorkspaceEntry::isActive);
        assertThatThrownBy(() -> workspaces.setActiveWorkspace(null, new Membership(editor, space.workspaceId())))
                .isInstanceOf(ProviderException.class);
        assertThat(workspaces.getOrCreateDefaultWorkspace(null, new UserRef(owner)).created()).isTrue();
    }

    @Test
    void bad_names_and_unknown_users_are_refused() {
        String user = user("clerk", "a");
        for (String name : new String[] {null, "", "  ", "x".repeat(101)}) {
            assertThatThrownBy(() -> create(user, name)).isInstanceOf(ProviderException.class);
        }
        assertThatThrownBy(() -> create("nobody", "fine")).isInstanceOf(ProviderException.class);
        assertThatThrownBy(() -> list("nobody")).isInstanceOf(ProviderException.class);
        assertThat(create(user, "x".repeat(100))).isNotNull();
    }

    @Test
    void a_restart_keeps_users_memberships_and_the_active_workspace() {
        String user = user("clerk", "a");
        create(user, "one");
        String two = create(user, "two");
        workspaces.setActiveWorkspace(null, new Membership(user, two));
        provider.controls().restart();
        assertThat(provider.workspaces().getOrCreateDefaultWorkspace(null, new UserRef(user)).workspaceId()).isEqualTo(two);
    }
}
