package dev.or3.tck.reference.convex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.control.Controls.Provisioned;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces.Membership;
import dev.or3.tck.api.workspaces.Workspaces.UserRef;
import dev.or3.tck.api.workspaces.Workspaces.WorkspaceEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process that runs the deployment is killed, and another runs it on. */
@Timeout(60)
class TakeoverTest {
    private static final long AHEAD = 7200;

    @TempDir
    private Path directory;

    private Process host() throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), HostingProcess.class.getName(),
                directory.toString(), String.valueOf(AHEAD)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private String address() throws IOException {
        return Files.readString(directory.resolve("convex.jsonl.address"));
    }

    @Test
    void what_it_had_acknowledged_is_there_at_the_same_place_and_time() throws Exception {
        Process host = host();
        try (BufferedReader told = host.inputReader()) {
            Provisioned space = Json.mapper().readValue(told.readLine(), Provisioned.class);
            UserRef owner = new UserRef(space.userIds().get(0));
            Caller caller = Caller.of(owner.userId(), null);
            try (Provider provider = new ConvexProviderFactory().open(ProviderConfig.in(directory))) {
                List<WorkspaceEntry> before = provider.workspaces().listUserWorkspaces(caller, owner);
                assertThat(before).hasSize(1);
                String address = address();

                host.destroyForcibly().waitFor();

                assertThat(provider.workspaces().listUserWorkspaces(caller, owner)).isEqualTo(before);
                assertThat(provider.workspaces().getWorkspaceRole(null,
                        new Membership(owner.userId(), space.workspaceId()))).isEqualTo(Role.OWNER);
                assertThat(address()).isEqualTo(address);
                String added = provider.controls().provision(List.of(Role.OWNER)).userIds().get(0);
                assertThat(provider.workspaces().getOrCreateDefaultWorkspace(Caller.of(added, null), new UserRef(added))
                        .created()).isFalse();
                long createdAt = provider.workspaces().listUserWorkspaces(Caller.of(added, null), new UserRef(added)).get(0)
                        .createdAt();
                assertThat(createdAt).isGreaterThan(System.currentTimeMillis() + (AHEAD - 600) * 1000);
            }
        } finally {
            host.destroyForcibly();
        }
    }
}
