package dev.or3.tck.matrix.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ThreadLocalRandom;

/** A directory that is gone afterwards, also if the process is interrupted. */
final class TemporaryData implements AutoCloseable {
    private static final String PROPERTY = "java.io.tmpdir";
    private static final int ATTEMPTS = 100;

    private final Path directory;
    private final Thread onExit = new Thread(this::delete, "or3-tck temporary data");

    private TemporaryData(Path directory) {
        this.directory = directory;
    }

    /** Not made with the JDK's temporary files, which would remember the directory that they were first made in. */
    static TemporaryData create() {
        String name = "or3-tck-" + ProcessHandle.current().pid() + "-"
                + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
        Path directory = Path.of(System.getProperty(PROPERTY), name);
        try {
            TemporaryData data = new TemporaryData(Files.createDirectory(directory));
            Runtime.getRuntime().addShutdownHook(data.onExit);
            return data;
        } catch (IOException e) {
            throw Trouble.usage("no temporary directory can be made in " + directory.getParent()
                    + ": make room there, or name another with TMPDIR=DIR", e);
        }
    }

    /** Lets everything temporary of this process be made in here: also by providers, libraries and further targets. */
    void takeAll() {
        System.setProperty(PROPERTY, directory.toString());
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook has run or will.
        }
    }

    /** A provider that still runs may add files while others are deleted, so once is not always enough. */
    private void delete() {
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(directory); attempt++) {
            try {
                deleteTree();
            } catch (IOException | UncheckedIOException e) {
                Thread.onSpinWait();
            }
        }
    }

    private void deleteTree() throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
