package dev.or3.tck.suites.connect;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/**
 * The container engine of this machine, as Testcontainers finds it. What the kit makes there has a label, by which it can be
 * found and removed. Safe for use by several threads.
 */
final class Engine {
    /** What the kit makes carries this label; its value tells which run of the kit it was. */
    static final String LABEL = "dev.or3.tck.run";

    private static final String LOOPBACK = "127.0.0.1";
    private static final Pattern MESSAGE = Pattern.compile("\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    /** A directory and a file for everybody, for an image runs as whichever user it likes. */
    private static final int DIRECTORY_FOR_ALL = 040777;
    private static final int FILE_FOR_ALL = 0100666;

    private final DockerClient client;
    private final String host;

    private Engine(DockerClient client, String host) {
        this.client = client;
        this.host = host;
    }

    /**
     * Finds the engine.
     *
     * @throws UnreachableException if there is none
     */
    static Engine find() {
        try {
            List<DockerClientProviderStrategy> ways = new ArrayList<>();
            ServiceLoader.load(DockerClientProviderStrategy.class, Engine.class.getClassLoader()).forEach(ways::add);
            DockerClientProviderStrategy way = DockerClientProviderStrategy.getFirstValidStrategy(ways);
            return new Engine(way.getDockerClient(), host(way.getTransportConfig().getDockerHost()));
        } catch (IllegalStateException e) {
            throw new UnreachableException("no container engine answers here: start Docker, or name its address in the"
                    + " variable DOCKER_HOST", e);
        }
    }

    /** Where the ports of containers are reached. */
    private static String host(URI engine) {
        String told = System.getenv("TESTCONTAINERS_HOST_OVERRIDE");
        if (told != null && !told.isBlank()) {
            return told.strip().equals("localhost") ? LOOPBACK : told.strip();
        }
        return engine.getHost() == null ? LOOPBACK : engine.getHost();
    }

    DockerClient client() {
        return client;
    }

    String host() {
        return host;
    }

    /** The address of this machine that ports are opened at: nobody else's business, where the engine is here. */
    String openedAt() {
        return host.equals(LOOPBACK) ? LOOPBACK : "0.0.0.0";
    }

    /**
     * Looks at an image. None is fetched: what is certified is what is here.
     *
     * @throws UnreachableException if it is not here
     */
    InspectImageResponse image(String name) {
        return tell("the engine cannot look at the image " + name, () -> {
            try {
                return client.inspectImageCmd(name).exec();
            } catch (NotFoundException e) {
                throw new UnreachableException("no image is called '" + name + "' here: build it with 'docker build -t "
                        + name + " DIR', or fetch it with 'docker pull " + name + "'", e);
            }
        });
    }

    /**
     * Asks the engine for something.
     *
     * @param failed what it then cannot do, for the message
     * @throws UnreachableException with what the engine says
     */
    static <T> T tell(String failed, Supplier<T> act) {
        try {
            return act.get();
        } catch (UnreachableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UnreachableException(failed + ": " + message(e), e);
        }
    }

    private static String message(RuntimeException e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        Matcher message = MESSAGE.matcher(text);
        return (message.find() ? message.group(1).replace("\\\"", "\"").replace("\\n", " ") : text).strip();
    }

    /**
     * Puts files into a directory of a container, which need not run, and lets everybody write there.
     *
     * @param parent an existing directory in the container
     * @param name   of the directory to make in it
     * @param files  contents by name
     */
    void put(String container, String parent, String name, Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry directory = new TarArchiveEntry(name + "/");
            directory.setMode(DIRECTORY_FOR_ALL);
            tar.putArchiveEntry(directory);
            tar.closeArchiveEntry();
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(name + "/" + file.getKey());
                entry.setMode(FILE_FOR_ALL);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an archive in memory cannot be written", e);
        }
        client.copyArchiveToContainerCmd(container).withRemotePath(parent)
                .withTarInputStream(new ByteArrayInputStream(bytes.toByteArray())).exec();
    }

    /** Removes a container, running or not, with what only it had. */
    void remove(String container) {
        try {
            client.removeContainerCmd(container).withForce(true).withRemoveVolumes(true).exec();
        } catch (NotFoundException | ConflictException e) {
            // It is gone, or somebody else is removing it already.
        }
    }

    void removeVolume(String name) {
        try {
            client.removeVolumeCmd(name).exec();
        } catch (NotFoundException | ConflictException e) {
            // It is gone already, or a container that is about to go still has it.
        }
    }

    /** Removes all that a run of the kit has made; tells whether there was anything. */
    boolean removeAll(String run) {
        Set<String> label = Set.of(LABEL + "=" + run);
        List<Container> containers = client.listContainersCmd().withShowAll(true).withLabelFilter(label).exec();
        containers.forEach(container -> remove(container.getId()));
        List<InspectVolumeResponse> volumes = client.listVolumesCmd().withFilter("label", label).exec().getVolumes();
        if (volumes != null) {
            volumes.forEach(volume -> removeVolume(volume.getName()));
        }
        return !containers.isEmpty() || volumes != null && !volumes.isEmpty();
    }
}
