package dev.or3.tck.matrix.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.eclipse.jgit.ignore.IgnoreNode;

/**
 * The files of a tree that somebody wrote: without installed packages, and without what {@code .gitignore} files leave out,
 * those of the directories above counted in as far as the repository reaches.
 */
public final class SourceTree {
    private static final String IGNORE_FILE = ".gitignore";
    private static final String REPOSITORY = ".git";
    private static final Set<String> NEVER = Set.of(REPOSITORY, "node_modules");

    private final Path root;
    private final Path repository;
    private final Map<Path, IgnoreNode> ignores = new TreeMap<>();
    private final List<String> files = new ArrayList<>();
    private final Map<String, String> unreadable = new TreeMap<>();

    private SourceTree(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.repository = repository(this.root);
    }

    /**
     * Lists a tree.
     *
     * @param enter which directories to enter, by their path from the root with slashes
     * @throws IOException if the root or a {@code .gitignore} cannot be read
     */
    public static SourceTree list(Path root, Predicate<String> enter) throws IOException {
        SourceTree tree = new SourceTree(root);
        for (Path at = tree.root.getParent(); at != null && at.startsWith(tree.repository); at = at.getParent()) {
            tree.readIgnores(at);
        }
        tree.walk(enter);
        Collections.sort(tree.files);
        return tree;
    }

    private static Path repository(Path root) {
        for (Path at = root; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(REPOSITORY))) {
                return at;
            }
        }
        return root;
    }

    private void readIgnores(Path directory) throws IOException {
        Path file = directory.resolve(IGNORE_FILE);
        if (Files.isRegularFile(file)) {
            IgnoreNode node = new IgnoreNode();
            try (InputStream patterns = Files.newInputStream(file)) {
                node.parse(patterns);
            }
            ignores.put(directory, node);
        }
    }

    private void walk(Predicate<String> enter) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
                if (!directory.equals(root) && (NEVER.contains(directory.getFileName().toString())
                        || isIgnored(directory, true) || !enter.test(fromRoot(directory)))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                readIgnores(directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!attributes.isSymbolicLink() && !isIgnored(file, false)) {
                    files.add(fromRoot(file));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (file.equals(root)) {
                    throw failure;
                }
                unreadable.put(fromRoot(file), "cannot be opened (" + failure.getClass().getSimpleName() + ")");
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private String fromRoot(Path path) {
        return slashes(root.relativize(path));
    }

    private static String slashes(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    /** As git does: the nearest file that says anything decides. */
    private boolean isIgnored(Path path, boolean directory) {
        for (Path at = path.getParent(); at != null && at.startsWith(repository); at = at.getParent()) {
            IgnoreNode node = ignores.get(at);
            Boolean ignored = node == null ? null : node.checkIgnored(slashes(at.relativize(path)), directory);
            if (ignored != null) {
                return ignored;
            }
        }
        return false;
    }

    /** The files, by their paths from the root with slashes, sorted. */
    public List<String> files() {
        return List.copyOf(files);
    }

    /** Directories and files that could not be looked at, each with why. */
    public Map<String, String> unreadable() {
        return Collections.unmodifiableMap(unreadable);
    }
}
