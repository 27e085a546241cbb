package dev.or3.tck.matrix.packages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files that a package would be published with.
 *
 * @param files    their paths from the root of the package, with slashes
 * @param verified whether npm said so; otherwise it is every file there is
 * @param trouble  why npm could not say so; null if it did
 */
record Packed(Set<String> files, boolean verified, String trouble) {
    private static final List<String> OF_CODE = List.of("", ".js", ".mjs", ".cjs", ".json", ".vue", ".ts", ".mts", ".tsx",
            ".jsx", "/index.js", "/index.mjs", "/index.cjs", "/index.ts");
    private static final List<String> OF_TYPES = List.of(".d.ts", ".d.mts", ".d.cts", "/index.d.ts", "/index.d.mts");

    /** Asks npm, which runs nothing of the package for it. */
    static Packed of(Path root) throws IOException {
        Optional<Tool> npm = Tool.run(root, Map.of("npm_config_update_notifier", "false", "npm_config_loglevel", "error"),
                "npm", "pack", "--dry-run", "--json", "--ignore-scripts");
        if (npm.isEmpty()) {
            return everything(root, "npm is not on this machine");
        }
        if (npm.get().exitCode() != 0) {
            return everything(root, "npm could not pack it: " + reason(npm.get()));
        }
        Set<String> files = new TreeSet<>();
        JsonNode told = Json.parse(npm.get().out());
        told.findValues("files").forEach(list -> list.forEach(file -> files.add(file.path("path").asText())));
        return new Packed(files, true, null);
    }

    private static String reason(Tool npm) {
        return npm.err().lines().map(line -> line.replaceFirst("^npm (error|ERR!) ?", "")).filter(line -> !line.isBlank())
                .filter(line -> !line.startsWith("code ")).findFirst().orElse("it says nothing");
    }

    private static Packed everything(Path root, String trouble) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            Set<String> all = new TreeSet<>();
            files.filter(Files::isRegularFile).map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.startsWith("node_modules/") && !file.startsWith(".git/")).forEach(all::add);
            return new Packed(all, false, trouble);
        }
    }

    boolean has(String file) {
        return files.contains(plain(file));
    }

    /** Whether a path with one star stands for any file. */
    boolean hasLike(String pattern) {
        String[] parts = plain(pattern).split("\\*", 2);
        return files.stream().anyMatch(file -> file.startsWith(parts[0]) && file.endsWith(parts[1])
                && file.length() >= parts[0].length() + parts[1].length());
    }

    boolean any(Predicate<String> wanted) {
        return files.stream().anyMatch(wanted);
    }

    /**
     * Whether what one file asks for by a relative path is there, as bundlers, Node and TypeScript look for it.
     *
     * @param types whether declarations are enough
     */
    boolean resolves(String from, String relative, boolean types) {
        String path = plain(Path.of(from).resolveSibling(relative).normalize().toString());
        String bare = path.replaceFirst("\\.([cm]?)js$", "");
        return Stream.concat(OF_CODE.stream(), types ? OF_TYPES.stream() : Stream.empty())
                .anyMatch(ending -> files.contains(path + ending) || files.contains(bare + ending));
    }

    private static String plain(String path) {
        return path.replace('\\', '/').replaceFirst("^\\./", "");
    }
}
