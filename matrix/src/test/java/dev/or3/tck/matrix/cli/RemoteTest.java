package dev.or3.tck.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.matrix.serve.ProtocolServer;
import dev.or3.tck.suites.connect.ContainerTarget.Resources;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(240)
class RemoteTest {
    private static final String[] QUICK = {"--rule", "PUSH-01", "--level", "smoke", "--budget", "3s"};

    private static final Pattern ACKNOWLEDGED = Pattern.compile(
            "\"opId\":\"([^\"]+)\",\"success\":true,\"serverVersion\":(\\d+)");

    @TempDir
    Path directory;

    private static Ran certify(String... target) {
        String[] arguments = new String[QUICK.length + target.length + 1];
        arguments[0] = "certify";
        System.arraycopy(QUICK, 0, arguments, 1, QUICK.length);
        System.arraycopy(target, 0, arguments, QUICK.length + 1, target.length);
        return Ran.or3Tck(arguments);
    }

    private static String kit(String... arguments) {
        return "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -XX:TieredStopAtLevel=1"
                + " -Djava.io.tmpdir=\"$TMPDIR\" -cp '" + System.getProperty("java.class.path") + "' "
                + Main.class.getName() + " " + String.join(" ", arguments);
    }

    private static void isUsageError(Ran ran, String... parts) {
        assertThat(ran.complaints()).singleElement().asString().contains(parts);
        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    /** As sound as a certification is that was asked for one rule. */
    private static void isSound(Ran ran) {
        assertThat(ran.out()).as(ran.err()).contains("✓ PUSH-01", "✓ 1 passed  ✗ 0 failed", "was not asked for");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.INCONCLUSIVE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--url http://127.0.0.1:1 --command x | choose one of",
        "--url http://127.0.0.1:1 --provider memory | choose one of",
        "--command x --provider-jar x.jar | choose one of",
        "--url http://127.0.0.1:1 --instances 2 | once for each instance",
        "--url http://127.0.0.1:1 --set A=b | once for each instance",
        "--url nowhere | write it like http://127.0.0.1:4100",
        "--url http://me:hunter2@127.0.0.1:1 | has no user",
        "--command x --instances 9 | out of range",
        "--image x --command y | choose one of",
        "--command x --memory 1g | are for the containers of an --image",
        "--image x --memory lots | write it like 512m or 2g",
        "--image x --cpus 0 | out of range",
        "--image x --pids 1 | out of range"})
    void targets_that_contradict_themselves_are_refused(String options, String problem) {
        Ran ran = certify(options.split(" "));

        isUsageError(ran, problem);
        assertThat(ran.err()).doesNotContain("hunter2");
    }

    @Test
    void a_url_at_which_nobody_listens_cannot_be_reached() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Ran ran = certify("--url", "http://127.0.0.1:" + port);

        assertThat(ran.complaints()).singleElement().asString().contains("cannot be reached", "nobody listens there");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void a_command_that_fails_cannot_be_reached() {
        Ran ran = certify("--command", "echo the licence has expired; exit 9");

        assertThat(ran.complaints()).singleElement().asString()
                .contains("cannot be reached", "exit code 9", "the licence has expired");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void a_provider_is_certified_by_its_addresses() throws Exception {
        try (Provider memory = new MemoryProviderFactory().open(ProviderConfig.in(directory));
                ProtocolServer one = ProtocolServer.start(memory, loopback());
                ProtocolServer two = ProtocolServer.start(memory, loopback())) {
            Ran ran = certify("--url", one.address().toString(), "--url", two.address() + "/");

            isSound(ran);
        }
    }

    @Test
    void what_is_wrong_behind_an_address_is_found_and_can_be_replayed() throws Exception {
        ProviderConfig faulty = ProviderConfig.in(directory).with(Map.of(MemoryProviderFactory.FAULT_SETTING, "I01"));
        try (Provider memory = new MemoryProviderFactory().open(faulty);
                ProtocolServer server = ProtocolServer.start(memory, loopback())) {
            Path out = directory.resolve("out");
            Ran ran = Ran.or3Tck("certify", "--rule", "PUSH-02", "--level", "smoke", "--budget", "5s", "--url",
                    server.address().toString(), "--out", out.toString());
            assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(ExitCode.FAILED);

            Path script = out.resolve("counterexamples/PUSH-02.sh");
            assertThat(ran.out()).contains("by curl     sh " + script);
            assertThat(Ran.or3Tck("replay", "--curl", out.resolve("counterexamples/PUSH-02.json").toString()).out())
                    .isEqualTo(Files.readString(script));
            Map<String, Set<Long>> first = versions(script, server.address().toString());
            Map<String, Set<Long>> second = versions(script);
            assertThat(first.values()).as("the versions that each op id was told").anyMatch(told -> told.size() > 1);
            assertThat(second.values()).anyMatch(told -> told.size() > 1);
            assertThat(second.keySet()).as("op ids are fresh").doesNotContainAnyElementsOf(first.keySet());

            Ran replayed = Ran.or3Tck("replay", out.resolve("counterexamples/PUSH-02.json").toString());
            assertThat(replayed.out()).contains("PUSH-02 failed in ");
            assertThat(replayed.exitCode()).as(replayed.out() + replayed.err()).isEqualTo(ExitCode.FAILED);
        }
    }

    /** The versions by op id in the acknowledgements that a script shows. */
    private static Map<String, Set<Long>> versions(Path script, String... addresses) throws Exception {
        List<String> words = new ArrayList<>(List.of("sh", script.toString()));
        words.addAll(List.of(addresses));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("expected: one operation has one version");
        Map<String, Set<Long>> versions = new HashMap<>();
        Matcher acknowledged = ACKNOWLEDGED.matcher(output);
        while (acknowledged.find()) {
            versions.computeIfAbsent(acknowledged.group(1), none -> new HashSet<>()).add(Long.valueOf(acknowledged.group(2)));
        }
        return versions;
    }

    @Test
    void two_processes_on_one_file_are_certified_and_what_they_wrote_is_kept_without_secrets() throws Exception {
        Path out = directory.resolve("out");
        String command = "echo with $MY_SECRET; echo $$ >> '" + directory.resolve("pids") + "'; exec "
                + kit("serve", "--provider", "sqlite");
        Ran ran = certify("--instances", "2", "--command", command, "--set", "MY_SECRET=canary-4711", "--out",
                out.toString());

        isSound(ran);
        assertThat(out.resolve("instance-1.log")).content().contains("with [hidden]", "serving sqlite on http://127.0.0.1:");
        assertThat(out.resolve("instance-2.log")).content().contains("serving sqlite on http://127.0.0.1:");
        assertThat(Json.mapper().readTree(out.resolve("report.json").toFile()).get("target").asText())
                .contains("2 instances");
        assertThat(Files.readAllLines(directory.resolve("pids"))).hasSizeGreaterThanOrEqualTo(2)
                .allMatch(pid -> ProcessHandle.of(Long.parseLong(pid)).map(process -> process.info().command()).isEmpty());
        try (var files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain("canary-4711");
            }
        }
    }

    @Test
    void targets_survive_being_written_down() {
        for (TargetChoice choice : List.of(
                new UrlChoice(List.of(URI.create("http://127.0.0.1:1"), URI.create("http://127.0.0.1:2/x")),
                        List.of(HeaderOption.ofWritten("authorization=env:TOKEN"))),
                new CommandChoice("node 'x y.mjs' --port {port}", Map.of("MODE", "fast"), 3),
                new ImageChoice("my/image:2", Map.of("MODE", "fast"), new Resources(1 << 20, 0.5, 64), 2),
                new ProviderChoice("memory", List.of(), Map.of(), 2, List.of("I03")))) {
            assertThat(TargetChoice.fromMap(choice.toMap())).isEqualTo(choice);
        }
    }

    @Test
    void secrets_are_not_written_down() {
        Map<String, String> written =
                new CommandChoice("API_TOKEN=canary node x.mjs", Map.of("CLERK_SECRET_KEY", "canary"), 1).toMap();

        assertThat(written.toString()).doesNotContain("canary");
        assertThatThrownBy(() -> TargetChoice.fromMap(written)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void serving_says_where_and_ends_when_told() throws Exception {
        AtomicReference<Integer> exit = new AtomicReference<>();
        StringWriter out = new StringWriter();
        Console console = new Console(new Console.Stream(new PrintWriter(out), false),
                new Console.Stream(new PrintWriter(new StringWriter()), false), 100,
                Map.of("OR3_TCK_DATA", directory.resolve("files").toString(), "OR3_TCK_CLOCK_OFFSET", "3600"));
        Thread serving = new Thread(() -> exit.set(Or3Tck.run(console, "serve")));
        serving.start();
        try {
            while (serving.isAlive() && !out.toString().contains("\n")) {
                serving.join(20);
            }
            assertThat(out.toString()).matches("or3-tck: serving sqlite on http://127\\.0\\.0\\.1:\\d+\\R");
            Ran doctor = Ran.or3Tck("doctor", "--url", out.toString().strip().replaceAll(".* on ", ""));
            assertThat(doctor.out()).contains("ok    round trip");
        } finally {
            serving.interrupt();
            serving.join(TimeUnit.SECONDS.toMillis(30));
        }
        assertThat(exit.get()).isEqualTo(ExitCode.OK);
        assertThat(directory.resolve("files")).isNotEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"--port,70000", "--listen,no.such.host.invalid", "--provider,nope"})
    void serving_what_cannot_be_served_is_a_usage_error(String option, String value) {
        isUsageError(Ran.or3Tck("serve", option, value), value);
    }

    @Test
    void a_host_that_is_set_up_wrongly_is_a_usage_error() {
        isUsageError(Ran.in(Map.of("OR3_SYNC_ENABLED", "treu"), false, "serve", "--host"),
                "OR3_SYNC_ENABLED");
        isUsageError(Ran.in(Map.of("OR3_HOST_MAX_BODY_BYTES", "some"), false, "serve", "--host"),
                "OR3_HOST_MAX_BODY_BYTES");
        isUsageError(Ran.or3Tck("serve", "--host", "--provider", "sqlite"), "OR3_SYNC_PROVIDER");
    }

    @Test
    void serving_on_a_taken_port_is_a_usage_error() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            isUsageError(Ran.or3Tck("serve", "--port", String.valueOf(socket.getLocalPort())),
                    "nobody can listen at 127.0.0.1");
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
