package dev.or3.tck.matrix.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.workspaces.Workspaces;
import dev.or3.tck.suites.connect.ContainerTarget;
import dev.or3.tck.suites.connect.ContainerTarget.Resources;
import dev.or3.tck.suites.connect.Target;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/** The served reference as an image, built without any registry, where there is a container engine. */
@Timeout(300)
class ImageTest {
    private static final Set<String> OURS = Set.of("dev.or3.tck.run");

    @TempDir
    static Path files;

    /** With a name that was asked for, it stays: {@code -Dor3-tck.keep-image=NAME}. */
    private static final String KEPT = System.getProperty("or3-tck.keep-image");
    private static final String IMAGE = KEPT == null ? "or3-tck-test:" + UUID.randomUUID() : KEPT;
    private static ServedImage source;
    private static DockerClient engine;

    @TempDir
    Path directory;

    @BeforeAll
    static void build() throws Exception {
        engine = engine();
        source = ServedImage.in(files);
        source.build(engine, IMAGE);
    }

    /** As the kit finds it; the usual way of Testcontainers begins by fetching images of its own. */
    private static DockerClient engine() {
        List<DockerClientProviderStrategy> ways = ServiceLoader.load(DockerClientProviderStrategy.class).stream()
                .map(ServiceLoader.Provider::get).toList();
        try {
            return DockerClientProviderStrategy.getFirstValidStrategy(ways).getDockerClient();
        } catch (IllegalStateException e) {
            throw new TestAbortedException("no container engine answers here", e);
        }
    }

    @AfterAll
    static void remove() {
        if (source != null && KEPT == null) {
            engine.removeImageCmd(IMAGE).withForce(true).exec();
        }
    }

    @AfterEach
    void nothing_is_left_behind() {
        if (engine != null) {
            assertThat(containers()).isEmpty();
            assertThat(engine.listVolumesCmd().withFilter("label", OURS).exec().getVolumes()).isNullOrEmpty();
        }
    }

    private static List<Container> containers() {
        return engine.listContainersCmd().withShowAll(true).withLabelFilter(OURS).exec();
    }

    private static ContainerTarget start(int instances) {
        return ContainerTarget.start(new ContainerTarget.Launch(IMAGE, Map.of(), Resources.USUAL, Duration.ofSeconds(60)),
                instances);
    }

    private static void cannotBeReached(Ran ran, String... parts) {
        assertThat(ran.complaints()).singleElement().asString().contains("cannot be reached").contains(parts);
        assertThat(ran.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    }

    /** As sound as a certification is that was asked for some rules; those that need processes are among them. */
    @Test
    void two_containers_on_one_volume_are_certified() throws Exception {
        Path out = directory.resolve("out");
        Ran ran = Ran.or3Tck("certify", "--image", IMAGE, "--instances", "2", "--rule",
                "PUSH-01,DUR-01,DUR-02,DUR-06,WIRE-05", "--budget", "45s", "--out", out.toString());

        assertThat(ran.out()).as(ran.err()).contains("2 instances", "✓ PUSH-01", "✓ DUR-01", "✓ DUR-02", "✓ DUR-06",
                "✓ WIRE-05", "✓ 5 passed  ✗ 0 failed", "was not asked for");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(out.resolve("instance-1.log")).content().contains("serving sqlite on http://0.0.0.0:8080");
        assertThat(out.resolve("instance-2.log")).content().contains("serving sqlite on http://0.0.0.0:8080");
    }

    @Test
    void what_was_stored_outlives_the_container() {
        Workspaces.NewUser somebody = new Workspaces.NewUser("basic", "somebody", null, null);
        try (Target target = start(1)) {
            List<String> before = containers().stream().map(Container::getId).toList();
            URI address = target.addresses().get(0);
            String user = target.instance(0).workspaces().getOrCreateUser(Caller.of("s", null), somebody).userId();
            target.setClock(3600);
            target.kill();

            assertThat(containers().stream().map(Container::getId).toList()).hasSize(1).doesNotContainAnyElementsOf(before);
            assertThat(address.getHost()).isEqualTo("127.0.0.1");
            assertThat(target.instance(0).workspaces().getOrCreateUser(Caller.of("s", null), somebody).userId())
                    .isEqualTo(user);
            assertThat(target.instance(0).controls().clock(3600)).isCloseTo(System.currentTimeMillis() / 1000 + 3600,
                    org.assertj.core.data.Offset.offset(60L));
        }
    }

    @Test
    void a_container_has_limits_and_opens_its_port_to_this_machine_only() {
        try (Target target = ContainerTarget.start(new ContainerTarget.Launch(IMAGE, Map.of("MY_MODE", "fast"),
                new Resources(256L << 20, 1.5, 200), Duration.ofSeconds(60)), 1)) {
            var seen = engine.inspectContainerCmd(containers().get(0).getId()).exec();

            assertThat(seen.getHostConfig().getMemory()).isEqualTo(256L << 20);
            assertThat(seen.getHostConfig().getMemorySwap()).isEqualTo(256L << 20);
            assertThat(seen.getHostConfig().getCpuQuota()).isEqualTo(150_000);
            assertThat(seen.getHostConfig().getPidsLimit()).isEqualTo(200);
            assertThat(seen.getConfig().getEnv()).contains("MY_MODE=fast", "PORT=8080", "OR3_TCK_DATA=/or3-tck/data");
            assertThat(seen.getNetworkSettings().getPorts().getBindings().values()).singleElement()
                    .satisfies(bindings -> assertThat(bindings[0].getHostIp()).isEqualTo("127.0.0.1"));
            assertThat(target.addresses()).hasSize(1);
        }
    }

    @Test
    void nothing_outlives_a_kit_that_is_killed() throws Exception {
        Path log = directory.resolve("log");
        Process kit = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "certify", "--image", IMAGE, "--instances", "2")
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            while (running() < 2) {
                assertThat(kit.waitFor(100, TimeUnit.MILLISECONDS)).as(() -> read(log)).isFalse();
            }
        } finally {
            kit.destroyForcibly().waitFor();
        }
        while (!containers().isEmpty() || engine.listVolumesCmd().withFilter("label", OURS).exec().getVolumes() != null
                && !engine.listVolumesCmd().withFilter("label", OURS).exec().getVolumes().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static long running() {
        return containers().stream().filter(container -> "running".equals(container.getState())).count();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    @Test
    void an_image_that_is_not_here_cannot_be_reached() {
        cannotBeReached(Ran.or3Tck("certify", "--image", "no-such-image:1"), "no image is called 'no-such-image:1' here",
                "docker build");
    }

    @Test
    void an_image_that_ends_at_once_is_told_with_its_last_words() {
        cannotBeReached(Ran.or3Tck("certify", "--image", IMAGE, "--set", "OR3_TCK_SCHEMA=99"), "ended with exit code 2",
                "the variable OR3_TCK_SCHEMA is '99'");
    }

    @Test
    void an_image_that_listens_to_itself_only_is_told_what_to_do() throws Exception {
        String other = IMAGE + "-deaf";
        source.build(engine, other, IMAGE, "--listen", "127.0.0.1");
        try {
            cannotBeReached(Ran.or3Tck("certify", "--image", other, "--start-timeout", "4s"),
                    "gave no manifest on its port within 4 s", "it must listen on all addresses");
        } finally {
            engine.removeImageCmd(other).withForce(true).withNoPrune(true).exec();
        }
    }

    @Test
    void an_image_that_needs_more_memory_than_it_may_have_is_told() {
        cannotBeReached(Ran.or3Tck("certify", "--image", IMAGE, "--memory", "16m"), "ended with exit code");
    }
}
