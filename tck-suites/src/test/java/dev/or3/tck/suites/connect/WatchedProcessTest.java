package dev.or3.tck.suites.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WatchedProcessTest {
    private static final int STARTS = 40;

    @TempDir
    Path directory;

    @Test
    void a_command_that_is_killed_at_once_is_dead_at_once() {
        String seconds = "86400." + ProcessHandle.current().pid();
        for (int i = 0; i < STARTS; i++) {
            WatchedProcess process = WatchedProcess.start("sleep " + seconds, directory, Map.of(),
                    new Output(Secrets.of(Map.of())));
            long killed = System.nanoTime();
            process.kill();
            assertThat(System.nanoTime() - killed).as("nanoseconds until the shell beside it saw it die")
                    .isLessThan(4_000_000_000L);
        }
        assertThat(ProcessHandle.allProcesses().filter(WatchedProcess::runs)
                .filter(process -> process.info().commandLine().orElse("").contains(seconds))).isEmpty();
    }
}
