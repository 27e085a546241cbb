package dev.or3.tck.matrix.packages;

import dev.or3.tck.matrix.packages.Manifest.Target;
import dev.or3.tck.matrix.source.Mention;
import dev.or3.tck.matrix.source.Place;
import dev.or3.tck.matrix.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * PKG-05: an init command brings the templates of a backend into the host, and leaves there what the host has changed. The
 * command is tried, as packed, in a host made for it.
 */
final class InitChecks {
    private static final String COMMAND = "init";
    private static final String MARK = "\n// changed by the host\n";
    /** What is written for a backend of its own. */
    private static final Set<String> BACKENDS = Set.of("convex");

    private final ProviderPackage checked;
    private final boolean run;

    private InitChecks(ProviderPackage checked, boolean run) {
        this.checked = checked;
        this.run = run;
    }

    static void run(ProviderPackage checked, boolean run) throws IOException {
        new InitChecks(checked, run).look();
    }

    private void look() throws IOException {
        boolean needed = checked.packed().any(file -> file.matches("templates?/.*"))
                || BACKENDS.stream().anyMatch(checked.manifest()::brings);
        List<Target> commands = checked.manifest().commands();
        if (commands.isEmpty()) {
            if (needed) {
                checked.addAt(Check.INIT_COMMAND, List.of("bin"),
                        "has a backend, but no command that brings its templates into a host",
                        "Add a bin with the command init");
            }
            return;
        }
        if (!needed) {
            return;
        }
        documented();
        for (Target command : commands) {
            String file = command.file().replaceFirst("^\\./", "");
            if (checked.packed().has(file)) {
                look(file);
            }
        }
    }

    private void documented() throws IOException {
        Optional<String> readme = checked.readme();
        if (readme.isPresent() && !Files.readString(checked.directory().resolve(readme.get()))
                .matches("(?s).*\\binit\\b.*")) {
            checked.add(Check.INIT_DOCUMENTED, readme.get(), Place.TOP, "does not tell of the init command",
                    "Show how to run it, and what to generate afterwards");
        }
    }

    private void look(String file) throws IOException {
        if (!bytes(checked.directory().resolve(file)).startsWith("#!")) {
            checked.add(Check.INIT_COMMAND, file, Place.TOP, "has no #! line, so that a shell cannot run it",
                    "Begin it with #!/usr/bin/env node");
        }
        if (!run) {
            checked.note(checked.told(file) + ": the init command was not tried");
            return;
        }
        Path place = Files.createTempDirectory("or3-init");
        try {
            tried(file, install(place));
        } finally {
            delete(place);
        }
    }

    /** The package as packed, in an empty host; what its authors have installed can be reached from there. */
    private Path install(Path place) throws IOException {
        Path host = Files.createDirectories(place.resolve("host"));
        Files.writeString(host.resolve(Manifest.FILE), "{\"name\":\"host\",\"type\":\"module\",\"private\":true}\n");
        Path installed = host.resolve("node_modules").resolve(checked.manifest().name());
        for (String packed : checked.packed().files()) {
            Path to = installed.resolve(packed);
            Files.createDirectories(to.getParent());
            Files.copy(checked.directory().resolve(packed), to);
        }
        Path ofAuthors = checked.directory().resolve("node_modules").toAbsolutePath();
        if (Files.isDirectory(ofAuthors)) {
            Files.createSymbolicLink(place.resolve("node_modules"), ofAuthors);
        }
        return host;
    }

    private void tried(String file, Path host) throws IOException {
        Optional<Tool> first = init(file, host);
        if (first.isEmpty()) {
            checked.note(checked.told(file) + ": the init command was not tried, for node is not on this machine");
            return;
        }
        Map<Path, String> made = written(host);
        if (first.get().exitCode() != 0 || made.isEmpty()) {
            checked.add(Check.INIT_COMMAND, file, Place.TOP, "init in a fresh host " + (first.get().exitCode() != 0
                    ? "ends with " + first.get().exitCode() + ": " + first.get().lastWords() : "writes nothing"),
                    "Let it copy the templates there");
            return;
        }
        for (Map.Entry<Path, String> entry : made.entrySet()) {
            Files.writeString(entry.getKey(), entry.getValue() + MARK, StandardCharsets.ISO_8859_1);
        }
        init(file, host);
        for (Path path : made.keySet()) {
            if (!Files.exists(path) || !bytes(path).equals(made.get(path) + MARK)) {
                checked.add(Check.INIT_KEEPS, file, writing(file), "init, run again, overwrites " + host.relativize(path)
                        + ", which the host had changed", "Leave files that are there, or ask for --force");
                return;
            }
        }
    }

    private Optional<Tool> init(String file, Path host) throws IOException {
        String installed = Path.of("node_modules", checked.manifest().name(), file).toString();
        return Tool.run(host, Map.of("CI", "1"), "node", installed, COMMAND);
    }

    /** Whatever a file holds: templates may be images. */
    private static String bytes(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /** The files of the host, each with its content; not what was there before. */
    private static Map<Path, String> written(Path host) throws IOException {
        Map<Path, String> written = new TreeMap<>();
        try (Stream<Path> files = Files.walk(host)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path -> !path.startsWith(host.resolve("node_modules")))
                    .filter(path -> !path.equals(host.resolve(Manifest.FILE))).toList()) {
                written.put(file, bytes(file));
            }
        }
        return written;
    }

    /** The first place where the command writes, if that is in the file itself. */
    private Place writing(String file) {
        SourceFile source = checked.shipped().files().get(file);
        return source == null ? Place.TOP : source.mentions().stream()
                .filter(mention -> mention.kind() == Mention.Kind.WRITING_CALL).map(Mention::place).findFirst()
                .orElse(Place.TOP);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
