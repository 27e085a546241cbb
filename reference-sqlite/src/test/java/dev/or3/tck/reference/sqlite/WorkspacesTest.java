package dev.or3.tck.reference.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.control.Controls.Provisioned;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import dev.or3.tck.api.workspaces.Workspaces.DefaultWorkspace;
import dev.or3.tck.api.workspaces.Workspaces.Identity;
import dev.or3.tck.api.workspaces.Workspaces.Membership;
import dev.or3.tck.api.workspaces.Workspaces.NewUser;
import dev.or3.tck.api.workspaces.Workspaces.NewWorkspace;
import dev.or3.tck.api.workspaces.Workspaces.UserRef;
import dev.or3.tck.api.workspaces.Workspaces.WorkspaceEntry;
import dev.or3.tck.api.workspaces.Workspaces.WorkspaceUpdate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspacesTest {
    @TempDir
    Path directory;
    private SqliteProvider provider;
    private SqliteProvider second;
    private Workspaces workspaces;

    @BeforeEach
    void open() {
        provider = new SqliteProvider(ProviderConfig.in(directory));
        second = new SqliteProvider(ProviderConfig.in(directory));
        workspaces = provider.workspaces();
    }

    @AfterEach
    void close() {
        provider.close();
        second.close();
    }

    private String user(String name) {
        return workspaces.getOrCreateUser(null, new NewUser("clerk", name, name + "@example.org", name)).userId();
    }

    private String workspace(String userId, String name) {
        return workspaces.createWorkspace(Caller.of(userId, null), new NewWorkspace(userId, name, null)).workspaceId();
    }

    private List<WorkspaceEntry> list(String userId) {
        return workspaces.listUserWorkspaces(Caller.of(userId, null), new UserRef(userId));
    }

    private void activate(String userId, String workspaceId) {
        workspaces.setActiveWorkspace(Caller.of(userId, null), new Membership(userId, workspaceId));
    }

    private void remove(String userId, String workspaceId) {
        workspaces.removeWorkspace(Caller.of(userId, null), new Membership(userId, workspaceId));
    }

    private void rename(String userId, String workspaceId, String name) {
        workspaces.updateWorkspace(Caller.of(userId, null), new WorkspaceUpdate(userId, workspaceId, name, null));
    }

    @Test
    void identitiesAreComparedExactly() {
        Set<String> users = new HashSet<>();
        List<NewUser> identities = List.of(new NewUser("a", "b:c", null, null), new NewUser("a:b", "c", null, null),
                new NewUser("a", "B:c", null, null), new NewUser("a", "b:c ", null, null),
                new NewUser("a", "\u00e9", null, null),
                new NewUser("a", "e\u0301", null, null), new NewUser("a", "\uD83D\uDE00", null, null),
                new NewUser("a", "\uD83D", null, null), new NewUser("a", "b\u0000c", null, null),
                new NewUser("a", "b", null, null));
        for (NewUser identity : identities) {
            users.add(workspaces.getOrCreateUser(null, identity).userId());
        }
        assertThat(users).hasSize(identities.size());
        assertThat(workspaces.getOrCreateUser(null, new NewUser("a", "b", "new@example.org", null)).userId()).isIn(users);
        assertThat(workspaces.getUser(null, new Identity("a", "nobody"))).isNull();
        user("x");
        assertThat(workspaces.getUser(null, new Identity("clerk", "x")).email()).isEqualTo("x@example.org");
    }

    @Test
    void firstLoginsAtOnceMakeOneUserAndOneDefaultWorkspace() throws Exception {
        for (int round = 0; round < 20; round++) {
            String name = "racer" + round;
            List<String> users = atOnce(instance ->
                    instance.workspaces().getOrCreateUser(null, new NewUser("clerk", name, null, null)).userId());
            assertThat(new HashSet<>(users)).hasSize(1);
            UserRef user = new UserRef(users.get(0));
            List<String> homes = atOnce(instance ->
                    instance.workspaces().getOrCreateDefaultWorkspace(null, user).workspaceId());
            assertThat(new HashSet<>(homes)).hasSize(1);
            assertThat(list(user.userId())).singleElement().satisfies(entry -> {
                assertThat(entry.role()).isEqualTo(Role.OWNER);
                assertThat(entry.isActive()).isTrue();
            });
        }
        assertThat(Rig.count(directory, "users")).isEqualTo(20);
        assertThat(Rig.count(directory, "workspaces")).isEqualTo(20);
    }

    private interface Call {
        String on(SqliteProvider instance);
    }

    /** Runs the call six times at the same instant, over two instances. */
    private List<String> atOnce(Call call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        CyclicBarrier barrier = new CyclicBarrier(6);
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                SqliteProvider instance = i % 2 == 0 ? provider : second;
                calls.add(() -> {
                    barrier.await(10, TimeUnit.SECONDS);
                    return call.on(instance);
                });
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> future : threads.invokeAll(calls, 30, TimeUnit.SECONDS)) {
                answers.add(future.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theDefaultWorkspaceIsTheActiveOne() {
        String user = user("u");
        DefaultWorkspace home = workspaces.getOrCreateDefaultWorkspace(null, new UserRef(user));
        assertThat(home.created()).isTrue();
        String other = workspace(user, "  Other  ");
        assertThat(workspaces.getOrCreateDefaultWorkspace(null, new UserRef(user)))
                .isEqualTo(new DefaultWorkspace(home.workspaceId(), home.workspaceName(), false));
        activate(user, other);
        assertThat(workspaces.getOrCreateDefaultWorkspace(null, new UserRef(user)))
                .isEqualTo(new DefaultWorkspace(other, "Other", false));
        assertThat(list(user)).filteredOn(WorkspaceEntry::isActive).extracting(WorkspaceEntry::id).containsExactly(other);
        provider.controls().restart();
        assertThat(list(user)).filteredOn(WorkspaceEntry::isActive).extracting(WorkspaceEntry::id).containsExactly(other);
    }

    @Test
    void removingAWorkspaceHidesItFromAllMembersAndRehomesEachOfThem() {
        Provisioned shared = provider.controls().provision(List.of(Role.OWNER, Role.EDITOR, Role.VIEWER));
        String owner = shared.userIds().get(0);
        String editor = shared.userIds().get(1);
        String viewer = shared.userIds().get(2);
        String own = workspace(editor, "Own");
        shared.userIds().forEach(member -> activate(member, shared.workspaceId()));

        remove(owner, shared.workspaceId());

        shared.userIds().forEach(member -> {
            assertThat(list(member)).extracting(WorkspaceEntry::id).doesNotContain(shared.workspaceId());
            assertThat(workspaces.getWorkspaceRole(null, new Membership(member, shared.workspaceId()))).isNull();
            assertStatus(404, () -> activate(member, shared.workspaceId()));
        });
        assertThat(list(editor)).extracting(WorkspaceEntry::id, WorkspaceEntry::isActive)
                .containsExactly(Tuple.tuple(own, true));
        assertThat(workspaces.getOrCreateDefaultWorkspace(null, new UserRef(viewer)).created()).isTrue();
        assertStatus(404, () -> remove(owner, shared.workspaceId()));
        Rig other = Rig.on(provider);
        assertStatus(403, () -> other.pull(Caller.of(owner, shared.workspaceId()), 0, 1));
    }

    @Test
    void onlyOwnersManage() {
        Provisioned shared = provider.controls().provision(List.of(Role.OWNER, Role.EDITOR, Role.VIEWER));
        String stranger = user("stranger");
        for (String other : List.of(shared.userIds().get(1), shared.userIds().get(2), stranger)) {
            assertStatus(403, () -> rename(other, shared.workspaceId(), "Mine"));
            assertStatus(403, () -> remove(other, shared.workspaceId()));
        }
        assertStatus(403, () -> activate(stranger, shared.workspaceId()));
        String owner = shared.userIds().get(0);
        rename(owner, shared.workspaceId(), " New ");
        assertThat(list(owner)).extracting(WorkspaceEntry::name).containsExactly("New");
        assertThat(workspaces.getWorkspaceRole(null, new Membership(shared.userIds().get(2), shared.workspaceId())))
                .isEqualTo(Role.VIEWER);
        assertThat(workspaces.getWorkspaceRole(null, new Membership(stranger, shared.workspaceId()))).isNull();
        assertThat(workspaces.getWorkspaceRole(null, new Membership(owner, "nowhere"))).isNull();
        assertThat(workspaces.getWorkspaceRole(null, new Membership("nobody", shared.workspaceId()))).isNull();
    }

    @Test
    void badInputIsRefused() {
        String user = user("u");
        assertStatus(400, () -> workspace(user, "  \t\n"));
        assertStatus(400, () -> workspace(user, null));
        assertStatus(400, () -> workspace(user, "x".repeat(101)));
        assertThat(list(workspaceOf(user, "\uD83D\uDE00".repeat(100)))).hasSize(1);
        assertStatus(400, () -> workspaces.createWorkspace(Caller.of(user, null),
                new NewWorkspace(user, "n", "x".repeat(1001))));
        assertStatus(400, () -> workspace(user, "\uD83D"));
        assertStatus(404, () -> workspace("nobody", "n"));
        assertStatus(404, () -> list("nobody"));
        assertStatus(404, () -> workspaces.getOrCreateDefaultWorkspace(null, new UserRef("nobody")));
        assertStatus(404, () -> activate(user, "nowhere"));
        assertStatus(400, () -> workspaces.getOrCreateUser(null, new NewUser("", "x", null, null)));
        assertStatus(400, () -> workspaces.getOrCreateUser(null, new NewUser("x", null, null, null)));
        assertStatus(403, () -> workspaces.listUserWorkspaces(Caller.of(user("v"), null), new UserRef(user)));
        assertStatus(401, () -> workspaces.createWorkspace(null, new NewWorkspace(user, "n", null)));
    }

    private String workspaceOf(String user, String name) {
        workspace(user, name);
        return user;
    }

    private static void assertStatus(int status, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(ProviderException.class,
                refused -> assertThat(refused.status()).isEqualTo(status));
    }
}
