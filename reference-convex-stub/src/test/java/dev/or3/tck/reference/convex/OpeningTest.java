package dev.or3.tck.reference.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.control.Controls.Provisioned;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces.Membership;
import dev.or3.tck.api.workspaces.Workspaces.NewUser;
import dev.or3.tck.reference.convex.deployment.Deployment;
import dev.or3.tck.reference.convex.deployment.Weather;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
    @TempDir
    private Path directory;

    private Provider open(Map<String, String> settings) {
        return new ConvexProviderFactory().open(ProviderConfig.in(directory).with(settings));
    }

    private static Role role(Provider provider, Provisioned space) {
        return provider.workspaces().getWorkspaceRole(null, new Membership(space.userIds().get(0), space.workspaceId()));
    }

    @Test
    void strict_mode_wants_a_url() {
        assertThatThrownBy(() -> open(Map.of(Settings.STRICT, "true"))).isInstanceOf(ProviderException.class)
                .hasMessageContaining(Settings.URL);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void what_is_no_file_of_a_deployment_is_named_and_left_alone() throws Exception {
        Path notes = Files.writeString(directory.resolve("notes.txt"), "somebody's notes");
        for (Path path : List.of(directory, notes, notes.resolve("below"), directory.resolve("no/folder"))) {
            assertThatThrownBy(() -> open(Map.of(Settings.STUB_PATH, path.toString()))).as("%s", path)
                    .isInstanceOf(ProviderException.class).hasMessageContaining(Settings.STUB_PATH);
        }
        assertThat(notes).hasContent("somebody's notes");
        assertThat(directory.toFile().list()).containsExactly("notes.txt");
    }

    @Test
    void wrong_settings_are_named() {
        assertThatThrownBy(() -> open(Map.of(Settings.URL, "ftp://x"))).hasMessageContaining(Settings.URL);
        assertThatThrownBy(() -> open(Map.of(Settings.STRICT, "perhaps"))).hasMessageContaining(Settings.STRICT);
        assertThatThrownBy(() -> open(Map.of(Settings.WEATHER, "snow"))).hasMessageContaining(Settings.WEATHER);
    }

    @Test
    void a_url_where_nobody_answers_is_no_reason_to_play_one() {
        assertThatThrownBy(() -> open(Map.of(Settings.URL, "http://127.0.0.1:1", Settings.ADMIN_KEY, "k")))
                .isInstanceOf(ProviderException.class).hasMessageContaining(Settings.URL);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void instances_on_one_directory_share_their_state_and_it_outlives_them() {
        Provisioned space;
        try (Provider first = open(Map.of()); Provider second = open(Map.of())) {
            space = first.controls().provision(List.of(Role.OWNER));
            assertThat(role(second, space)).isEqualTo(Role.OWNER);
            first.close();
            assertThat(role(second, space)).isEqualTo(Role.OWNER);
        }
        try (Provider again = open(Map.of())) {
            assertThat(role(again, space)).isEqualTo(Role.OWNER);
        }
    }

    @Test
    void in_memory_nothing_is_shared_nor_written() throws Exception {
        Map<String, String> settings = Map.of(Settings.ALLOW_IN_MEMORY, "true");
        try (Provider first = open(settings); Provider second = open(settings)) {
            Provisioned space = first.controls().provision(List.of(Role.OWNER));
            assertThat(role(first, space)).isEqualTo(Role.OWNER);
            assertThat(role(second, space)).isNull();
            assertThat(first.manifest().isPerProcess("sync")).isTrue();
        }
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void a_deployment_of_its_own_is_reached_by_url_and_key() {
        Map<String, String> settings;
        try (Deployment deployment = Deployment.start(0, null, "key", token -> null, Weather.calm())) {
            settings = Map.of(Settings.URL, deployment.url().toString(), Settings.ADMIN_KEY, "key");
            try (Provider provider = open(settings)) {
                assertThat(provider.manifest().controls()).isEmpty();
                var user = provider.workspaces().getOrCreateUser(null,
                        new NewUser("p", "1", null, null));
                var home = provider.workspaces().getOrCreateDefaultWorkspace(Caller.of(user.userId(), null), user);
                assertThat(home.created()).isTrue();
            }
        }
        assertThat(directory).isEmptyDirectory();
    }
}
