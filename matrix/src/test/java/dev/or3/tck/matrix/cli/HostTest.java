package dev.or3.tck.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.matrix.host.CertifiedHost;
import dev.or3.tck.matrix.host.RunningHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostTest {
    private static final String FILE = """
            host: %s
            profile: or3-sync/1.1
            capabilities: [gc, applied]
            limits: {maxOpsPerPush: 100}
            callers:
              olga: {authorization: "env:OLGA"}
              eddie: {authorization: Bearer eddie-token}
              vera: {authorization: Bearer vera-token}
              stan: {authorization: Bearer stan-token}
            workspace: {id: %s, roles: {olga: owner, eddie: editor, vera: viewer}}
            perMinute: {push: 200, pull: 120, collect: 10}
            """;

    @TempDir
    private Path data;

    private Path written(String text) throws IOException {
        return Files.writeString(data.resolve("target.yaml"), text);
    }

    private Ran certify(Path file) {
        return Ran.in(Map.of("OLGA", "Bearer olga-token"), false, "certify", "--host", file.toString(), "--rule", "WIR-*",
                "--component", "host");
    }

    @Test
    void a_host_that_limits_rates_is_certified_by_its_file() throws IOException {
        try (RunningHost host = RunningHost.on(data, Map.of("OR3_LIMITS_STORAGE_PROVIDER", "memory"))) {
            Ran ran = certify(written(String.format(FILE, host.address(), CertifiedHost.standing(host))));
            assertThat(ran.out()).as(ran.err()).contains("✓ WIR-06", "✓ WIR-07", "✓ 2 passed  ✗ 0 failed")
                    .doesNotContain("olga-token", "vera-token");
        }
    }

    @Test
    void a_caller_that_the_host_does_not_know_is_named() throws IOException {
        try (RunningHost host = RunningHost.on(data, "memory")) {
            Ran ran = certify(written(String.format(FILE, host.address(), "w").replace("vera-token", "other")));
            assertThat(ran.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(ran.err()).contains("the host does not know vera");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"stan: {authorization: Bearer stan-token} | # | 4 or more are needed",
        "vera: viewer | nobody: viewer | 'nobody' is none of the callers", "olga: owner | olga: editor | must be an owner",
        "capabilities | capabillities | at capabillities", "olga: owner | olga: chief | at workspace.roles.olga",
        "env:OLGA | env:NOT_THERE | the variable NOT_THERE is not set", "workspace: | # | line"})
    void what_is_wrong_with_a_file_is_told(String what, String by, String words) throws IOException {
        assertThat(FILE).contains(what);
        Ran ran = certify(written(String.format(FILE.replace(what, by), "http://127.0.0.1:1", "w")));
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains(words);
    }

    @Test
    void a_host_that_nobody_serves_cannot_be_reached() throws IOException {
        Ran ran = certify(written(String.format(FILE, "http://127.0.0.1:1", "w")));
        assertThat(ran.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(ran.err()).contains("nobody listens there");
    }
}
