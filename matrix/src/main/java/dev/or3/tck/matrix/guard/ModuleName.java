package dev.or3.tck.matrix.guard;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Which module a specifier means: {@code convex/server}, or {@code ./server/db} for a file of the tree, from its root. */
final class ModuleName {
    private static final String INSTALLED = "node_modules/";

    private final Map<String, String> aliases;

    ModuleName(Map<String, String> aliases) {
        this.aliases = Map.copyOf(aliases);
    }

    /** What a specifier means in a file, so that one file has one name, however it is reached. */
    String of(String specifier, String file) {
        String plain = specifier.replaceFirst("\\?.*$", "").replaceFirst("(?<=[^/.])/$", "");
        int installed = plain.lastIndexOf(INSTALLED);
        if (installed >= 0) {
            return plain.substring(installed + INSTALLED.length());
        }
        if (plain.equals(".") || plain.equals("..") || plain.startsWith("./") || plain.startsWith("../")) {
            return inTree(Path.of(file).resolveSibling(plain));
        }
        if (plain.startsWith("/")) {
            return inTree(Path.of(plain.substring(1)));
        }
        return alias(plain).map(alias -> inTree(Path.of(aliases.get(alias)).resolve(plain.substring(alias.length())
                .replaceFirst("^/", "")))).orElse(plain);
    }

    private Optional<String> alias(String specifier) {
        return aliases.keySet().stream().filter(alias -> specifier.equals(alias) || specifier.startsWith(alias + "/"))
                .max(Comparator.comparingInt(String::length));
    }

    private static String inTree(Path path) {
        return "./" + path.normalize().toString().replace('\\', '/');
    }
}
