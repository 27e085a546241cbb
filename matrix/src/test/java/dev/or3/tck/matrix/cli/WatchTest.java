package dev.or3.tck.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.matrix.serve.ProtocolServer;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class WatchTest {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(90);

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final AtomicReference<Integer> exit = new AtomicReference<>();
    private Thread watching;

    private void watch(String... target) {
        Console console = new Console(new Console.Stream(new PrintWriter(out), false),
                new Console.Stream(new PrintWriter(err), false), 100, Map.of());
        String[] arguments = new String[target.length + 5];
        List.of("certify", "--rule", "PUSH-02", "--budget", "8s").toArray(arguments);
        System.arraycopy(target, 0, arguments, 5, target.length);
        watching = new Thread(() -> exit.set(Or3Tck.run(console, arguments)));
        watching.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        watching.interrupt();
        watching.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(watching.isAlive()).as("whether the loop goes on").isFalse();
    }

    private void await(String text) throws InterruptedException {
        await(text, 1);
    }

    private void await(String text, int times) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE;
        while ((out + "" + err).split(Pattern.quote(text), -1).length <= times) {
            assertThat(watching.isAlive()).as(out + "" + err).isTrue();
            assertThat(System.nanoTime()).as("'" + text + "' is still not there: " + out + err).isLessThan(end);
            watching.join(20);
        }
    }

    /** A provider in a process of its own, as a script that can be edited. */
    private void write(Path script, String provider) throws Exception {
        Files.writeString(script, "echo $$ >> '" + directory.resolve("pids.log") + "'\nexec '"
                + Path.of(System.getProperty("java.home"), "bin", "java") + "' -XX:TieredStopAtLevel=1 -cp '"
                + System.getProperty("java.class.path") + "' " + Main.class.getName() + " serve --provider " + provider);
    }

    @Test
    void a_change_of_the_script_starts_the_command_again_and_the_verdict_turns() throws Exception {
        Path script = Files.createDirectory(directory.resolve("src")).resolve("provider.sh");
        write(script, "memory --fault I01");
        watch("--watch", "--command", "sh " + script);
        await("✗ PUSH-02");
        await("smoke, seed 42");
        assertThat(out.toString()).contains("watching " + script.getParent(), "Because the push of ",
                "▸ └ ", "run again   ").doesNotContain("NOT CERTIFIED", "what usually causes it");

        // What is in memory is gone with the process, which the kit kills now and then.
        write(script, "sqlite");
        await("provider.sh changed, running again");
        await("✓ PUSH-02 passed, ");
        await(" times exercised");

        Files.writeString(script, "echo a brace is missing; exit 3");
        await("a brace is missing");

        write(script, "memory --fault I01");
        await("✗ PUSH-02", 2);
        await("smoke, seed 42", 3);
        end();
        assertThat(exit.get()).isEqualTo(ExitCode.FAILED);
        assertThat(Files.readAllLines(directory.resolve("pids.log"))).hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(pid -> assertThat(ProcessHandle.of(Long.parseLong(pid))
                        .flatMap(process -> process.info().commandLine())).isEmpty());
    }

    @Test
    void a_provider_that_runs_already_is_certified_again_without_a_restart_and_waited_for() throws Exception {
        Path watched = Files.createDirectory(directory.resolve("src"));
        int port;
        try (Provider memory = new MemoryProviderFactory().open(ProviderConfig.in(directory))) {
            try (ProtocolServer server = ProtocolServer.start(memory, loopback(0))) {
                port = server.address().getPort();
                watch("--url", server.address().toString(), "--watch", watched.toString());
                await("✓ PUSH-02 passed");
            }
            Files.writeString(Files.createDirectories(watched.resolve("new/deep")).resolve("x.ts"), "1");
            await("x.ts changed, running again");
            await("waiting for it");
            try (ProtocolServer server = ProtocolServer.start(memory, loopback(port))) {
                await("✓ PUSH-02", 2);
                end();
            }
        }
    }

    @Test
    void watching_and_keeping_reports_exclude_each_other() throws Exception {
        watch("--watch", "--out", directory.resolve("out").toString());
        watching.join(TimeUnit.SECONDS.toMillis(30));

        assertThat(exit.get()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("leave --out");
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
