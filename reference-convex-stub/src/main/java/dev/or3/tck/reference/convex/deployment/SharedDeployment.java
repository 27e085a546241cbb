package dev.or3.tck.reference.convex.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.reference.convex.deployment.database.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * The one deployment of a file, for all that share the file, in this process and in others. Whoever comes first runs it, and
 * writes its address beside the file; a lock, which the system takes back from a process however it ends, says who that is.
 * When that process ends, the next that asks runs the deployment on. Safe for use by several threads.
 */
public final class SharedDeployment implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** The deployments that run in this process, by their files. */
    private static final Map<Path, Running> RUNNING = new HashMap<>();

    private final Path file;
    private final UnaryOperator<String> subjects;
    private final Weather weather;
    private Running mine;
    private boolean closed;

    /**
     * @param file     as a {@link Deployment} keeps it
     * @param subjects the user whom a bearer token names, or null; heeded if this process runs the deployment
     * @param weather  heeded likewise
     */
    public SharedDeployment(Path file, UnaryOperator<String> subjects, Weather weather) {
        this.file = file.toAbsolutePath().normalize();
        this.subjects = subjects;
        this.weather = weather;
    }

    /** Where a deployment is, and its key. */
    public record Address(URI url, String adminKey) {
    }

    private static final class Running {
        final Deployment deployment;
        final Address address;
        final FileLock lock;
        int users;

        Running(Deployment deployment, Address address, FileLock lock) {
            this.deployment = deployment;
            this.address = address;
            this.lock = lock;
        }
    }

    /**
     * The deployment's address; runs the deployment if nobody does.
     *
     * @throws UncheckedIOException if the file cannot be used, or who runs the deployment does not answer
     */
    public Address join() {
        long began = System.nanoTime();
        try {
            Journal.check(file);
            while (true) {
                Address address = run();
                if (address == null) {
                    address = told();
                }
                if (address != null) {
                    return address;
                }
                if (System.nanoTime() - began > PATIENCE.toNanos()) {
                    throw new IOException("the process that runs the deployment of " + file + " does not answer");
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path beside(String what) {
        return file.resolveSibling(file.getFileName() + "." + what);
    }

    /** Runs the deployment here, or finds it running here; null if another process does. */
    private Address run() throws IOException {
        synchronized (RUNNING) {
            if (closed) {
                throw new IOException("it is closed");
            }
            if (mine != null) {
                return mine.address;
            }
            Running running = RUNNING.get(file);
            if (running == null) {
                running = start();
                if (running == null) {
                    return null;
                }
                RUNNING.put(file, running);
            }
            running.users++;
            mine = running;
            return running.address;
        }
    }

    private Running start() throws IOException {
        FileChannel channel = FileChannel.open(beside("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another class loader of this process runs it: as good as another process.
        }
        if (lock == null) {
            channel.close();
            return null;
        }
        try {
            return start(lock);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private Running start(FileLock lock) throws IOException {
        Address before = written();
        String adminKey = before == null ? UUID.randomUUID().toString() : before.adminKey();
        Deployment deployment = start(before == null ? 0 : before.url().getPort(), adminKey);
        Address address = new Address(deployment.url(), adminKey);
        ObjectNode written = Values.object().put("url", address.url().toString()).put("adminKey", adminKey);
        Path partial = beside("address.partial");
        Files.writeString(partial, written.toString());
        Files.move(partial, beside("address"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        return new Running(deployment, address, lock);
    }

    /** Where it was before, so that URLs that it handed out go on working; elsewhere if somebody else is there now. */
    private Deployment start(int port, String adminKey) {
        try {
            return Deployment.start(port, file, adminKey, subjects, weather);
        } catch (RuntimeException e) {
            if (port == 0) {
                throw e;
            }
            return Deployment.start(0, file, adminKey, subjects, weather);
        }
    }

    /** What the process that runs it wrote, if it answers there; else null. */
    private Address told() throws IOException {
        Address written = written();
        return written != null && answers(written.url()) ? written : null;
    }

    private Address written() throws IOException {
        Path address = beside("address");
        if (!Files.exists(address)) {
            return null;
        }
        JsonNode written = Values.mapper().readTree(Files.readString(address));
        return new Address(URI.create(written.path("url").asText()), written.path("adminKey").asText());
    }

    private static boolean answers(URI url) {
        try {
            HttpURLConnection asked = (HttpURLConnection) url.resolve("/_system/health").toURL().openConnection();
            asked.setConnectTimeout(1000);
            asked.setReadTimeout(5000);
            return asked.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Leaves; the last one of the process that runs the deployment ends it. */
    @Override
    public void close() {
        synchronized (RUNNING) {
            closed = true;
            if (mine != null && --mine.users == 0) {
                RUNNING.remove(file);
                mine.deployment.close();
                try {
                    mine.lock.acquiredBy().close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            mine = null;
        }
    }
}
