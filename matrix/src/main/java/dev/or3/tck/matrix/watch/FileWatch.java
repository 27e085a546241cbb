package dev.or3.tck.matrix.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The files of a directory and of those below it, heard of when they are written, made or deleted. Left out are hidden
 * files, packages of others, what builds and certifications leave, databases and logs. Used by one thread at a time.
 */
public final class FileWatch implements AutoCloseable {
    /** An editor that saves and a compiler that writes do so in several steps; who listens wants the last one. */
    private static final Duration QUIET = Duration.ofMillis(150);
    private static final Pattern LEFT_OUT = Pattern.compile("\\..*|node_modules|target|or3-tck-out|.*~|.*\\.(log|tmp|swp)"
            + "|.*\\.(db|sqlite|sqlite3)(-.*)?");
    private static final WatchEvent.Kind<?>[] KINDS = {StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE};

    private final Path root;
    /** The one file that counts, or null for all of the directory. */
    private final Path only;
    private final WatchService service;
    private final Map<WatchKey, Path> directories = new HashMap<>();
    private final Set<Path> changed = new TreeSet<>();

    private FileWatch(Path root, Path only) throws IOException {
        this.root = root;
        this.only = only;
        this.service = root.getFileSystem().newWatchService();
    }

    /**
     * Begins to listen.
     *
     * @param path a directory, with all below it; or a file, of which alone is heard
     * @throws IOException if it cannot be watched
     */
    public static FileWatch of(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        Path real = path.toRealPath();
        boolean all = Files.isDirectory(real);
        FileWatch watch = new FileWatch(all ? real : real.getParent(), all ? null : real);
        try {
            watch.register(watch.root);
            return watch;
        } catch (IOException | RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    /** Whether anything has changed that was not taken yet; waits for it for a while at most. */
    public boolean hasChanged(Duration patience) throws InterruptedException {
        WatchKey key = changed.isEmpty() ? service.poll(patience.toNanos(), TimeUnit.NANOSECONDS) : service.poll();
        for (; key != null; key = service.poll()) {
            take(key);
        }
        return !changed.isEmpty();
    }

    /** Waits until something has changed and then nothing for a moment, and takes what it was, relative to the directory. */
    public Set<Path> take() throws InterruptedException {
        while (!hasChanged(Duration.ofHours(1))) {
            // On to the next hour.
        }
        for (WatchKey key; (key = service.poll(QUIET.toNanos(), TimeUnit.NANOSECONDS)) != null; ) {
            take(key);
        }
        Set<Path> taken = new TreeSet<>(changed);
        changed.clear();
        return taken;
    }

    private void take(WatchKey key) {
        Path directory = directories.get(key);
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
                changed.add(root.relativize(directory));
            } else {
                heardOf(directory.resolve((Path) event.context()));
            }
        }
        if (!key.reset()) {
            directories.remove(key);
        }
    }

    private void heardOf(Path path) {
        if (only == null ? leavesOut(path) : !path.equals(only)) {
            return;
        }
        if (!Files.isDirectory(path)) {
            changed.add(root.relativize(path));
            return;
        }
        try {
            register(path).forEach(file -> changed.add(root.relativize(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot watch " + path, e);
        }
    }

    private static boolean leavesOut(Path path) {
        return LEFT_OUT.matcher(path.getFileName().toString()).matches();
    }

    /** Registers a directory with those below it, and returns the files that are there already. */
    private Set<Path> register(Path start) throws IOException {
        Set<Path> found = new TreeSet<>();
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
                if (!directory.equals(root) && (only != null || leavesOut(directory))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                directories.put(directory.register(service, KINDS), directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!leavesOut(file)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            // Nobody listens any more either way.
        }
    }
}
