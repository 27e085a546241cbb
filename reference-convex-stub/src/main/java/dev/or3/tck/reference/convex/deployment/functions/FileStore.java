package dev.or3.tck.reference.convex.deployment.functions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The bytes of files, by the ids that the deployment gave them. Safe for use by several threads. */
public final class FileStore {
    private final Path directory;
    private final Map<String, byte[]> memory = new ConcurrentHashMap<>();

    /**
     * @param directory made if it is not there; null to keep them in memory
     */
    public FileStore(Path directory) {
        this.directory = directory;
        if (directory != null) {
            try {
                Files.createDirectories(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public void put(String id, byte[] bytes) {
        if (directory == null) {
            memory.put(id, bytes);
            return;
        }
        try {
            Files.write(directory.resolve(id), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes; null if there are none. */
    public byte[] get(String id) {
        if (directory == null) {
            return memory.get(id);
        }
        try {
            Path file = directory.resolve(id);
            return Files.exists(file) ? Files.readAllBytes(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void delete(String id) {
        memory.remove(id);
        if (directory != null) {
            try {
                Files.deleteIfExists(directory.resolve(id));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Deletes what nobody knows: it came just before its process ended. */
    public void keepOnly(Predicate<String> known) {
        ids().stream().filter(known.negate()).forEach(this::delete);
    }

    private Set<String> ids() {
        if (directory == null) {
            return Set.copyOf(memory.keySet());
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
