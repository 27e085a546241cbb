package dev.or3.tck.suites.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CommandTargetTest {
    @TempDir
    Path data;

    private CommandTarget.Launch launch(String command, Duration limit, Map<String, String> environment) {
        return new CommandTarget.Launch(command, Path.of("").toAbsolutePath(), data, environment, limit);
    }

    private CommandTarget start(String command, int instances) {
        return CommandTarget.start(launch(command, Duration.ofSeconds(60), Map.of("OR3_TEST", "set")), instances);
    }

    static String tiny(String... arguments) {
        return "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -XX:TieredStopAtLevel=1 -cp '"
                + System.getProperty("java.class.path") + "' " + TinyProvider.class.getName() + " "
                + String.join(" ", arguments);
    }

    /** What an instance of the tiny provider says of itself. */
    static Map<?, ?> self(Target target, int instance) {
        try {
            JsonNode told = target.call(instance, "sync", "pull", Caller.of("u", "w"), Json.parse("{}"));
            return Json.mapper().treeToValue(told, Map.class);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long pid(Target target, int instance) {
        return ((Number) self(target, instance).get("pid")).longValue();
    }

    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).map(WatchedProcess::runs).orElse(false);
    }

    private static void awaitEnd(long pid) throws Exception {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid);
        if (handle.isPresent()) {
            handle.get().onExit().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_command_gets_a_port_a_directory_and_its_variables() {
        try (CommandTarget target = start(tiny("{port}", "{data}"), 1)) {
            Map<?, ?> self = self(target, 0);

            assertThat(self.get("arguments")).isEqualTo(List.of(self.get("PORT"), data.toString()));
            assertThat(self.get("OR3_TCK_DATA")).isEqualTo(data.toString());
            assertThat(self.get("OR3_TEST")).isEqualTo("set");
            assertThat(self.get("OR3_TCK_CLOCK_OFFSET")).isNull();
        }
    }

    @Test
    void instances_are_processes_of_their_own_over_one_directory_and_none_outlives_the_target() {
        long[] pids;
        try (CommandTarget target = start(tiny(), 2)) {
            pids = new long[] {pid(target, 0), pid(target, 1)};
            assertThat(pids[0]).isNotEqualTo(pids[1]);
            assertThat(self(target, 0).get("OR3_TCK_DATA")).isEqualTo(self(target, 1).get("OR3_TCK_DATA"));
            assertThat(target.output()).hasSize(2).allSatisfy(text -> assertThat(text).contains("tiny provider listens"));
        }
        assertThat(Arrays.stream(pids).filter(CommandTargetTest::runs).toArray()).isEmpty();
    }

    @Test
    void a_restart_kills_and_tells_the_new_process_the_time() {
        try (CommandTarget target = start(tiny(), 1)) {
            long before = pid(target, 0);
            assertThat(target.manifest().hasControl("restart")).isTrue();
            target.setClock(3600);
            target.restart();

            assertThat(runs(before)).isFalse();
            assertThat(pid(target, 0)).isNotEqualTo(before);
            assertThat(self(target, 0).get("OR3_TCK_CLOCK_OFFSET")).isEqualTo("3600");
            assertThat(self(target, 0).get("clock")).as("by the control too").isEqualTo(3600);
            assertThat(data.resolve("died-gracefully")).doesNotExist();
        }
    }

    @Test
    void children_of_a_command_die_with_it() {
        long child;
        try (CommandTarget target = start("sleep 1000 & echo child $! ; " + tiny() + " & wait", 1)) {
            child = target.output().get(0).lines().filter(line -> line.startsWith("child ")).findFirst()
                    .map(line -> Long.parseLong(line.substring(6))).orElseThrow();
            assertThat(runs(child)).isTrue();
        }
        assertThat(runs(child)).isFalse();
    }

    @Test
    void nothing_outlives_a_kit_that_is_killed() throws Exception {
        Path log = data.resolve("log");
        Process kit = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), KitToBeKilled.class.getName(), tiny(), data.toString())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        long[] pids = {};
        try {
            pids = pids(kit, log);
            assertThat(Arrays.stream(pids).filter(CommandTargetTest::runs).toArray()).hasSize(2);
            kit.destroyForcibly().waitFor();
            for (long pid : pids) {
                awaitEnd(pid);
            }
        } finally {
            kit.destroyForcibly();
            Arrays.stream(pids).mapToObj(ProcessHandle::of).flatMap(Optional::stream)
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static long[] pids(Process kit, Path log) throws Exception {
        while (kit.isAlive()) {
            Optional<String> line = Files.readAllLines(log).stream().filter(text -> text.startsWith("pids ")).findFirst();
            if (line.isPresent()) {
                return Arrays.stream(line.get().substring(5).split(" ")).mapToLong(Long::parseLong).toArray();
            }
            kit.waitFor(20, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("the kit ended: " + Files.readString(log));
    }

    @Test
    void a_command_that_ends_is_told_with_its_last_words() {
        assertThatThrownBy(() -> start("echo one; echo no database is at $OR3_TCK_DATA >&2; exit 7", 1))
                .isInstanceOf(UnreachableException.class).hasMessageContaining("ended with exit code 7")
                .hasMessageContaining("one / no database is at " + data);
    }

    @Test
    void a_command_that_does_not_exist_is_told() {
        assertThatThrownBy(() -> start("no-such-command-anywhere", 2)).isInstanceOf(UnreachableException.class)
                .hasMessageContaining("exit code 127").hasMessageContaining("not found");
    }

    @Test
    void a_command_that_listens_nowhere_is_given_up_and_killed() {
        CommandTarget.Launch silent = launch("echo $$ > {data}/pid; exec sleep 1000", Duration.ofMillis(500), Map.of());
        assertThatThrownBy(() -> CommandTarget.start(silent, 1))
                .isInstanceOf(UnreachableException.class).hasMessageContaining("must listen on 127.0.0.1");
        assertThat(data.resolve("pid")).content().satisfies(pid -> assertThat(runs(Long.parseLong(pid.strip()))).isFalse());
    }

    @Test
    void a_command_of_another_protocol_is_given_up_at_once() {
        assertThatThrownBy(() -> start("OR3_PROTOCOL=2 " + tiny(), 1)).isInstanceOf(UnreachableException.class)
                .hasMessageContaining("speaks protocol 2");
    }

    @Test
    void output_without_end_is_kept_in_part() {
        try (CommandTarget target = start("yes | head -c 3000000; echo; echo the end; " + tiny(), 1)) {
            assertThat(target.output().get(0)).hasSizeLessThan(300_000).startsWith("--- or3-tck starts instance 1 on port ")
                    .contains("bytes left out").contains("the end").contains("tiny provider listens");
        }
    }
}
