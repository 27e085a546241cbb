package dev.or3.tck.matrix.packages;

import dev.or3.tck.matrix.findings.Finding;
import dev.or3.tck.matrix.source.SourceFile;
import dev.or3.tck.matrix.source.SourceTree;
import dev.or3.tck.matrix.source.UnreadableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Source files of a package or a host, read. Those that cannot be read are findings. */
final class Sources {
    private static final Pattern TEST = Pattern.compile("(^|/)(__tests__|tests?|e2e)/|\\.(test|spec)\\.[^/]*$");

    /** What never runs in a host: it may import and read what it likes. */
    private static final Pattern FOR_AUTHORS = Pattern.compile(
            "^(examples?|playgrounds?|demos?|fixtures?|docs|scripts)/|(^|/)[^/]*\\.config\\.[^/]*$");
    /** Templates are files of the host in the making, and bundled packages are their authors'. */
    private static final Pattern OF_OTHERS = Pattern.compile("^(templates?|convex)/|(^|/)node_modules/");

    private final Map<String, SourceFile> files = new LinkedHashMap<>();
    private final List<Finding> unreadable = new ArrayList<>();

    private Sources() {
    }

    /** What somebody wrote in a tree. */
    static Sources written(Root root, Predicate<String> enter) throws IOException {
        return of(root, SourceTree.list(root.directory(), enter).files());
    }

    /** The given files, as far as they are source code. */
    static Sources of(Root root, Collection<String> paths) {
        Sources sources = new Sources();
        for (String path : paths) {
            Path file = root.directory().resolve(path);
            if (!SourceFile.isSource(path) || !Files.isRegularFile(file)) {
                continue;
            }
            try {
                sources.files.put(path, SourceFile.read(file));
            } catch (UnreadableException e) {
                sources.unreadable.add(Check.READABLE.found(root.told(path), e.place(),
                        "nothing is known of this file: " + e.getMessage(), "Correct it"));
            }
        }
        return sources;
    }

    static boolean isTest(String path) {
        return TEST.matcher(path).find();
    }

    private static boolean isProduct(String path) {
        return !isTest(path) && !FOR_AUTHORS.matcher(path).find() && !OF_OTHERS.matcher(path).find();
    }

    /** By their paths from the root. */
    Map<String, SourceFile> files() {
        return files;
    }

    /** What belongs to a package and runs in a host. */
    Map<String, SourceFile> product() {
        return files.entrySet().stream().filter(entry -> isProduct(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }

    List<Finding> unreadable() {
        return unreadable;
    }

    /** A directory that is looked at, and how its files are told. */
    record Root(Path directory) {
        String told(String path) {
            return directory.resolve(path).normalize().toString();
        }
    }
}
