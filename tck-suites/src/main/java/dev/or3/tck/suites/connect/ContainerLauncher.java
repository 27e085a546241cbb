package dev.or3.tck.suites.connect;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.suites.backend.KitEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts containers of an image on a volume of their own, each time new ones. */
final class ContainerLauncher implements Launcher {
    private static final int PORT = 8080;
    /** Where the volume is mounted. What belongs to the provider lies in a directory of its own in it. */
    private static final String MOUNT = "/or3-tck";
    private static final String DATA = "data";
    private static final long CPU_PERIOD_MICROS = 100_000;
    /** The engine keeps this much of what a container writes, so that one that writes without end fills no disk. */
    private static final Map<String, String> LOG_LIMITS = Map.of("max-size", "4m", "max-file", "2");

    private final Engine engine;
    private final ContainerTarget.Launch launch;
    private final ContainerWarden warden;
    private final boolean isFirst;
    private final String volume;
    private final Secrets secrets;
    private final String entry;
    private final AtomicInteger places = new AtomicInteger();

    private ContainerLauncher(Engine engine, ContainerTarget.Launch launch, ContainerWarden warden, boolean isFirst) {
        this.engine = engine;
        this.launch = launch;
        this.warden = warden;
        this.isFirst = isFirst;
        this.volume = "or3-tck-" + UUID.randomUUID();
        this.secrets = Secrets.of(launch.environment());
        this.entry = entry(engine.image(launch.image()).getConfig());
        Engine.tell("the engine cannot make a volume", () -> engine.client().createVolumeCmd().withName(volume)
                .withLabels(warden.labels()).exec());
        lay(DATA, Map.of());
    }

    /**
     * @throws UnreachableException if there is no container engine, or no such image
     */
    static ContainerLauncher of(ContainerTarget.Launch launch) {
        Engine engine = Engine.find();
        engine.image(launch.image());
        ContainerWarden warden = ContainerWarden.start();
        try {
            return new ContainerLauncher(engine, launch, warden, true);
        } catch (RuntimeException e) {
            engine.removeAll(warden.run());
            warden.dismiss();
            throw e;
        }
    }

    /** What is run in the image. */
    private static String entry(ContainerConfig config) {
        return config == null ? "" : Stream.of(config.getEntrypoint(), config.getCmd()).filter(Objects::nonNull)
                .flatMap(Arrays::stream).collect(Collectors.joining(" "));
    }

    @Override
    public Running start(int index, Start start, Output output) {
        Map<String, String> environment = new HashMap<>(start.over(launch.environment()));
        environment.put("PORT", String.valueOf(PORT));
        environment.put("OR3_TCK_HOST", "0.0.0.0");
        environment.put("OR3_TCK_DATA", MOUNT + "/" + DATA);
        List<String> variables = new ArrayList<>();
        environment.forEach((name, value) -> variables.add(name + "=" + value));
        // A name alone takes back what the image sets.
        start.without().stream().filter(name -> !environment.containsKey(name)).forEach(variables::add);
        output.add("--- or3-tck starts instance " + (index + 1) + " of " + name() + "\n");
        String id = create(variables);
        return Engine.tell(subject() + " cannot be started",
                () -> StartedContainer.start(engine, id, ExposedPort.tcp(PORT), output));
    }

    private String create(List<String> variables) {
        ExposedPort port = ExposedPort.tcp(PORT);
        ContainerTarget.Resources resources = launch.resources();
        HostConfig limits = HostConfig.newHostConfig()
                .withPortBindings(new PortBinding(Ports.Binding.bindIp(engine.openedAt()), port))
                .withBinds(new Bind(volume, new Volume(MOUNT)))
                .withMemory(resources.memoryBytes()).withMemorySwap(resources.memoryBytes())
                .withCpuPeriod(CPU_PERIOD_MICROS).withCpuQuota(Math.round(CPU_PERIOD_MICROS * resources.cpus()))
                .withPidsLimit((long) resources.pids())
                .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, LOG_LIMITS));
        CreateContainerCmd create = engine.client().createContainerCmd(launch.image()).withEnv(variables)
                .withLabels(warden.labels()).withExposedPorts(port).withHostConfig(limits);
        return Engine.tell("the engine cannot make a container of " + subject(), () -> create.exec().getId());
    }

    /** Puts a directory with files into the volume, by way of a container that never runs. */
    private void lay(String directory, Map<String, String> files) {
        String id = create(List.of());
        try {
            Engine.tell("the engine cannot write to the volume", () -> {
                engine.put(id, MOUNT, directory, files);
                return null;
            });
        } finally {
            engine.remove(id);
        }
    }

    /** A container does not reach what this machine plays at its own address. */
    @Override
    public KitEnvironment environment() {
        return KitEnvironment.NONE;
    }

    /** What lies in a volume is the engine's to show. */
    @Override
    public List<Path> storage(Optional<ProviderFactory.StorageSettings> named) {
        return List.of();
    }

    @Override
    public String name() {
        return launch.image();
    }

    @Override
    public String subject() {
        return "the image " + name();
    }

    @Override
    public String advice() {
        return "it must listen on all addresses, as OR3_TCK_HOST says, at the port in PORT";
    }

    @Override
    public Duration limit() {
        return launch.limit();
    }

    @Override
    public Secrets secrets() {
        return secrets;
    }

    @Override
    public boolean sets(String variable) {
        return entry.contains(variable);
    }

    @Override
    public boolean mayStartAgain(String lastWords) {
        return false;
    }

    @Override
    public Launcher fresh() {
        return new ContainerLauncher(engine, launch, warden, false);
    }

    /** In the volume, with which it goes. */
    @Override
    public Place place(Map<String, String> files) {
        String directory = "place-" + places.incrementAndGet();
        lay(directory, files);
        return new Place() {
            @Override
            public String path() {
                return MOUNT + "/" + directory;
            }

            @Override
            public void close() {
            }
        };
    }

    @Override
    public void release() {
        if (isFirst) {
            engine.removeAll(warden.run());
            warden.dismiss();
        } else {
            engine.removeVolume(volume);
        }
    }
}
