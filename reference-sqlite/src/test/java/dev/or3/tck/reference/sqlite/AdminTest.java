package dev.or3.tck.reference.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.admin.Admin;
import dev.or3.tck.api.admin.Admin.Action;
import dev.or3.tck.api.admin.Admin.ActionRun;
import dev.or3.tck.api.admin.Admin.Deletion;
import dev.or3.tck.api.admin.Admin.Member;
import dev.or3.tck.api.admin.Admin.MemberRef;
import dev.or3.tck.api.admin.Admin.MemberRole;
import dev.or3.tck.api.admin.Admin.NewMember;
import dev.or3.tck.api.admin.Admin.NewWorkspace;
import dev.or3.tck.api.admin.Admin.Nothing;
import dev.or3.tck.api.admin.Admin.ProviderStatus;
import dev.or3.tck.api.admin.Admin.Setting;
import dev.or3.tck.api.admin.Admin.SettingKey;
import dev.or3.tck.api.admin.Admin.UserQuery;
import dev.or3.tck.api.admin.Admin.UserRef;
import dev.or3.tck.api.admin.Admin.UserSummary;
import dev.or3.tck.api.admin.Admin.WorkspacePage;
import dev.or3.tck.api.admin.Admin.WorkspaceQuery;
import dev.or3.tck.api.admin.Admin.WorkspaceRef;
import dev.or3.tck.api.admin.Admin.WorkspaceSummary;
import dev.or3.tck.api.limits.RateLimits.Check;
import dev.or3.tck.api.limits.RateLimits.Window;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTest {
    @TempDir
    Path directory;

    private static String user(SqliteProvider provider, String name) {
        return provider.workspaces().getOrCreateUser(null,
                new Workspaces.NewUser("github", name + "-id", name + "@example.org", name)).userId();
    }

    private static String workspace(SqliteProvider provider, String name, String owner) {
        return provider.admin().createWorkspace(null, new NewWorkspace(name, null, owner)).workspaceId();
    }

    private static WorkspacePage list(Admin admin, String search, boolean deletedToo, int page, int perPage) {
        return admin.listWorkspaces(null, new WorkspaceQuery(search, deletedToo, page, perPage));
    }

    private SqliteProvider open(Map<String, String> settings) {
        return new SqliteProvider(ProviderConfig.in(directory).with(settings));
    }

    private SqliteProvider open() {
        return open(Map.of());
    }

    @Test
    void ofTwoOwnersWhoAreRemovedThroughTwoInstancesOneStays() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (SqliteProvider one = open(); SqliteProvider other = open()) {
            String alice = user(one, "alice");
            String bob = user(one, "bob");
            for (int round = 0; round < 20; round++) {
                String w = workspace(one, "Shared", alice);
                other.admin().upsertMember(null, new NewMember(w, "bob@example.org", Role.OWNER, null));
                List<Callable<Boolean>> calls = List.of(
                        () -> done(() -> one.admin().removeMember(null, new MemberRef(w, alice))),
                        () -> done(() -> other.admin().setMemberRole(null, new MemberRole(w, bob, Role.VIEWER))));
                List<Boolean> done = new ArrayList<>();
                for (Future<Boolean> call : threads.invokeAll(calls)) {
                    done.add(call.get());
                }
                assertThat(done).containsExactlyInAnyOrder(true, false);
                assertThat(one.admin().listMembers(null, new WorkspaceRef(w))).extracting(Member::role).contains(Role.OWNER);
            }
        } finally {
            threads.shutdown();
        }
    }

    private static boolean done(Runnable call) {
        try {
            call.run();
            return true;
        } catch (ProviderException refused) {
            assertThat(refused.status()).isEqualTo(409);
            return false;
        }
    }

    @Test
    void pagesShowEachWorkspaceOnceWhateverTheCaseOfTheSearch() {
        try (SqliteProvider provider = open()) {
            String owner = user(provider, "owner");
            for (int i = 0; i < 5; i++) {
                workspace(provider, (i % 2 == 0 ? "Ökonomie " : "ÖKONOMIE ") + i, owner);
            }
            workspace(provider, "Another_100%", owner);
            Set<String> shown = new HashSet<>();
            for (int page = 1; page <= 3; page++) {
                WorkspacePage found = list(provider.admin(), "ökonomie", false, page, 2);
                assertThat(found.total()).isEqualTo(5);
                found.items().forEach(item -> assertThat(shown.add(item.id())).isTrue());
            }
            assertThat(shown).hasSize(5);
            assertThat(list(provider.admin(), "_100%", false, 1, 9).items()).hasSize(1);
            assertThat(list(provider.admin(), "1_0", false, 1, 9).total()).isZero();
            assertThat(list(provider.admin(), null, false, Integer.MAX_VALUE, 1000).items()).isEmpty();
            assertThat(provider.admin().searchUsers(null, new UserQuery("OWNER@", null)))
                    .extracting(UserSummary::userId).containsExactly(owner);
        }
    }

    @Test
    void aDeletedWorkspaceIsHiddenUntilItIsRestoredWithAllThatItHad() {
        try (SqliteProvider provider = open()) {
            Admin admin = provider.admin();
            String owner = user(provider, "owner");
            String w = workspace(provider, "Gone", owner);
            admin.setSetting(null, new Setting(w, "colour", "blue \ud83d\ude00 \ud800"));
            admin.softDeleteWorkspace(null, new Deletion(w, 1_800_000_000L));
            WorkspaceSummary gone = admin.getWorkspace(null, new WorkspaceRef(w));
            assertThat(gone.deleted()).isTrue();
            assertThat(gone.deletedAt()).isEqualTo(1_800_000_000_000L);
            assertThat(list(admin, "gone", false, 1, 9).total()).isZero();
            assertThat(list(admin, "gone", true, 1, 9).total()).isEqualTo(1);
            assertThat(provider.workspaces().listUserWorkspaces(null, new Workspaces.UserRef(owner))).isEmpty();
            assertThatThrownBy(() -> admin.setSetting(null, new Setting(w, "colour", "red")))
                    .isInstanceOf(ProviderException.class);
            provider.controls().restart();
            admin.restoreWorkspace(null, new WorkspaceRef(w));
            assertThat(admin.getSetting(null, new SettingKey(w, "colour"))).isEqualTo("blue \ud83d\ude00 \ud800");
            assertThat(provider.workspaces().listUserWorkspaces(null, new Workspaces.UserRef(owner))).hasSize(1);
        }
    }

    @Test
    void whoeverLosesTheActiveWorkspaceFindsAnother() {
        try (SqliteProvider provider = open()) {
            String alice = user(provider, "alice");
            String bob = user(provider, "bob");
            String w = workspace(provider, "Shared", alice);
            provider.admin().upsertMember(null, new NewMember(w, "bob-id", Role.EDITOR, "github"));
            assertThat(provider.workspaces().getOrCreateDefaultWorkspace(null, new Workspaces.UserRef(bob)).workspaceId())
                    .isEqualTo(w);
            provider.admin().removeMember(null, new MemberRef(w, bob));
            assertThat(provider.workspaces().getOrCreateDefaultWorkspace(null, new Workspaces.UserRef(bob)).workspaceId())
                    .isNotEqualTo(w);
        }
    }

    @Test
    void anEmailThatTwoUsersShareNamesNeither() {
        try (SqliteProvider provider = open()) {
            String w = workspace(provider, "Shared", user(provider, "alice"));
            for (String at : List.of("github", "gitlab")) {
                provider.workspaces().getOrCreateUser(null, new Workspaces.NewUser(at, "same-id", "same@example.org", null));
            }
            for (String shared : List.of("same@example.org", "same-id")) {
                assertThat(catchThrowableOfType(ProviderException.class, () -> provider.admin().upsertMember(null,
                        new NewMember(w, shared, Role.EDITOR, null))).status()).isEqualTo(409);
            }
            provider.admin().upsertMember(null, new NewMember(w, "same-id", Role.EDITOR, "gitlab"));
            assertThat(provider.admin().listMembers(null, new WorkspaceRef(w))).hasSize(2);
        }
    }

    @Test
    void adminsAreGrantedAndRevokedAsOftenAsOneLikes() {
        try (SqliteProvider one = open(); SqliteProvider other = open()) {
            UserRef alice = new UserRef(user(one, "alice"));
            for (int i = 0; i < 2; i++) {
                one.admin().grantAdmin(null, alice);
            }
            assertThat(other.admin().isAdmin(null, alice)).isTrue();
            assertThat(other.admin().listAdmins(null, new Nothing())).extracting(UserSummary::email)
                    .containsExactly("alice@example.org");
            for (int i = 0; i < 2; i++) {
                other.admin().revokeAdmin(null, alice);
            }
            assertThat(one.admin().isAdmin(null, alice)).isFalse();
        }
    }

    @Test
    void everyListedActionRunsAndNoOther() {
        for (Map<String, String> settings : List.of(Map.<String, String>of(),
                Map.of(Settings.DB_PATH, ":memory:", Settings.ALLOW_IN_MEMORY, "true"))) {
            try (SqliteProvider provider = open(settings)) {
                ProviderStatus status = provider.admin().getStatus(null, new Nothing());
                assertThat(status.actions()).extracting(Action::id).contains("integrity-check");
                for (Action action : status.actions()) {
                    JsonNode told = provider.admin().runAction(null, new ActionRun(action.id(), null)).parse();
                    assertThat(told.isObject()).as(action.id()).isTrue();
                    assertThat(!action.id().equals("integrity-check") || told.path("sound").booleanValue()).isTrue();
                }
                assertThat(catchThrowableOfType(ProviderException.class,
                        () -> provider.admin().runAction(null, new ActionRun("drop-everything", null))).status())
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void whatHasExpiredIsForgotten() {
        try (SqliteProvider provider = open()) {
            provider.rateLimits().checkAndRecord(null, new Check("k", new Window(1000L, 5)));
            provider.controls().clock(60);
            assertThat(provider.admin().runAction(null, new ActionRun("collect-expired", null)).parse()
                    .path("requests").asInt())
                    .isEqualTo(1);
            assertThat(Rig.count(directory, "requests")).isZero();
        }
    }

    @Test
    void theStatusWarnsOfWhatIsRisky() {
        try (SqliteProvider provider = open(Map.of(Settings.SYNCHRONOUS, "OFF"))) {
            ProviderStatus status = provider.admin().getStatus(null, new Nothing());
            assertThat(status.warnings()).anyMatch(warning -> warning.message().contains(Settings.SYNCHRONOUS));
            assertThat(status.details().parse().path("schemaVersion").asInt()).isEqualTo(Migrations.LATEST);
        }
        try (SqliteProvider provider = open()) {
            assertThat(provider.admin().getStatus(null, new Nothing()).warnings())
                    .noneMatch(warning -> warning.level().equals("warning"));
        }
        try (SqliteProvider provider = open(Map.of(Settings.DB_PATH, ":memory:", Settings.ALLOW_IN_MEMORY, "true"))) {
            assertThat(provider.admin().getStatus(null, new Nothing()).warnings())
                    .anyMatch(warning -> warning.message().contains("in memory"));
        }
    }
}
