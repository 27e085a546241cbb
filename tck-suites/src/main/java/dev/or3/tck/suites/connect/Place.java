package dev.or3.tck.suites.connect;

import dev.or3.tck.api.ProviderFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A directory with files in it, where a provider that the kit starts finds them; gone when it is closed. */
public interface Place extends AutoCloseable {

    /** The directory's path, as the provider sees it. */
    String path();

    @Override
    void close();

    /**
     * One on this machine.
     *
     * @param files their contents by name
     */
    static Place here(Map<String, String> files) {
        Path directory = newDirectory();
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(directory.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            delete(directory);
            throw new UncheckedIOException("cannot write to " + directory, e);
        }
        return new Place() {
            @Override
            public String path() {
                return directory.toString();
            }

            @Override
            public void close() {
                delete(directory);
            }
        };
    }

    /** The data directory, and the file that the settings place elsewhere, if they do. */
    static List<Path> ofStorage(Path data, Optional<ProviderFactory.StorageSettings> storage, Map<String, String> settings) {
        return Stream.concat(Stream.of(data), storage.map(names -> settings.get(names.path())).filter(path -> !path.isBlank())
                .map(Path::of).filter(path -> !path.toAbsolutePath().startsWith(data.toAbsolutePath())).stream()).toList();
    }

    /** A temporary directory; whoever asks for it deletes it. */
    static Path newDirectory() {
        try {
            // Not one of the JDK's, which would be where the first of all was made, whatever the property says now.
            return Files.createDirectory(Path.of(System.getProperty("java.io.tmpdir"), "or3-tck-" + UUID.randomUUID()));
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory can be made", e);
        }
    }

    /** Deletes a directory, if it is there, with all that is in it. */
    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clean up " + directory, e);
        }
    }
}
