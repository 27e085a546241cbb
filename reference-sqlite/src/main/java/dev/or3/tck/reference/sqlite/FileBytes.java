package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The bytes of files, in a directory beside the database, one object for each upload under a name of its own. An object is
 * there whole or not at all. Safe for use by several threads and processes.
 */
final class FileBytes {
    /** What no row names is left over from a crash once it is so old: no upload takes so long. */
    private static final Duration LEFT_OVER = Duration.ofHours(2);
    private static final String PARTIAL = ".part";

    private final Path directory;

    FileBytes(Path database) {
        this.directory = database.resolveSibling(database.getFileName() + "-files");
    }

    /**
     * Writes what comes to the disk, and has it there for good before it returns.
     *
     * @return the object's name
     * @throws ProviderException 400 if the bytes are not those of that hash and size
     */
    String keep(InputStream bytes, String hash, long size) throws IOException {
        Files.createDirectories(directory);
        String object = UUID.randomUUID().toString();
        Path partial = directory.resolve(object + PARTIAL);
        try {
            MessageDigest digest = digest(hash);
            long came = write(new DigestInputStream(bytes, digest), partial, size);
            if (came != size || !hash.endsWith(":" + HexFormat.of().formatHex(digest.digest()))) {
                throw ProviderException.badRequest("these bytes are not those that were announced");
            }
            Files.move(partial, directory.resolve(object), StandardCopyOption.ATOMIC_MOVE);
            sync();
            return object;
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** At most one byte more than announced is read. */
    private static long write(InputStream bytes, Path partial, long size) throws IOException {
        try (FileChannel file = FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = Channels.newOutputStream(file);
            byte[] buffer = new byte[64 * 1024];
            long came = 0;
            for (int read = 0; read >= 0 && came <= size; ) {
                out.write(buffer, 0, read);
                came += read;
                read = bytes.read(buffer, 0, (int) Math.min(buffer.length, size + 1 - came));
            }
            file.force(true);
            return came;
        }
    }

    private static MessageDigest digest(String hash) {
        try {
            return MessageDigest.getInstance(hash.startsWith("md5:") ? "MD5" : "SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has MD5 and SHA-256", e);
        }
    }

    /** That a name is in the directory is on the disk too. Systems that cannot open directories do so by themselves. */
    private void sync() {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            Failures.log(e);
        }
    }

    InputStream open(String object) throws IOException {
        return Files.newInputStream(directory.resolve(object));
    }

    void delete(String object) {
        try {
            Files.deleteIfExists(directory.resolve(object));
        } catch (IOException e) {
            // It stays until leftovers are looked for.
            Failures.log(e);
        }
    }

    /** Deletes what a crash left behind. */
    void sweep(Predicate<String> isNamed) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        Instant before = Instant.now().minus(LEFT_OVER);
        try (DirectoryStream<Path> objects = Files.newDirectoryStream(directory)) {
            for (Path object : objects) {
                String name = object.getFileName().toString();
                if (Files.getLastModifiedTime(object).toInstant().isBefore(before) && !isNamed.test(name)) {
                    delete(name);
                }
            }
        } catch (IOException e) {
            Failures.log(e);
        }
    }
}
