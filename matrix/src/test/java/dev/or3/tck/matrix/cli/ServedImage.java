package dev.or3.tck.matrix.cli;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Images that serve the reference, made of files of this machine alone: a Java run time, the class path of this JVM, and the
 * native libraries of both.
 */
final class ServedImage {
    private static final String MODULES = "java.base,java.logging,java.management,java.naming,java.net.http,java.sql,"
            + "java.xml,jdk.httpserver,jdk.unsupported";
    /** What tests need beside the kit. */
    private static final Pattern TESTS = Pattern.compile("test-classes|swagger|schema-validator|archunit|assertj|guava"
            + "|junit-jupiter|testcontainers|docker-java|jna|commons-|surefire|graal|polyglot|itu-|rhino|jakarta|allure-generator");
    /** As ldd writes it. */
    private static final Pattern LIBRARY = Pattern.compile("(?:^|=>)\\s*(/\\S+) \\(0x");

    private final Path context;
    private final List<String> classPath = new ArrayList<>();

    private ServedImage(Path context) {
        this.context = context;
    }

    /** Collects the files in an empty directory. */
    static ServedImage in(Path directory) throws IOException, InterruptedException {
        ServedImage image = new ServedImage(directory);
        Path root = Files.createDirectories(directory.resolve("root"));
        image.link(root.resolve("jre"));
        image.copyClasses(root);
        Set<Path> binaries = new LinkedHashSet<>(List.of(root.resolve("jre/bin/java")));
        try (Stream<Path> files = Files.walk(root.resolve("jre/lib"))) {
            files.filter(file -> file.toString().endsWith(".so")).forEach(binaries::add);
        }
        binaries.add(sqlite(directory.resolve("sqlite.so")));
        image.copyLibraries(root, binaries);
        Files.writeString(Files.createDirectory(root.resolve("tmp")).resolve("keep"), "SQLite unpacks itself here.\n");
        return image;
    }

    /** Builds an image that serves the reference, but for its files: only one port of a container is reached. */
    void build(DockerClient engine, String name) throws IOException {
        build(engine, name, context, "FROM scratch\nENV OR3_SQLITE_FILES=false\nCOPY root/ /\n" + entry());
    }

    /**
     * Builds an image that differs from another in what it runs.
     *
     * @param from      the other one's name
     * @param arguments what follows {@code or3-tck serve --provider sqlite}
     */
    void build(DockerClient engine, String name, String from, String... arguments) throws IOException {
        Path empty = Files.createTempDirectory(context, "other");
        build(engine, name, empty, "FROM " + from + "\n" + entry(arguments));
    }

    private String entry(String... arguments) {
        List<String> words = new ArrayList<>(List.of("/jre/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                String.join(":", classPath), Main.class.getName(), "serve", "--provider", "sqlite"));
        words.addAll(List.of(arguments));
        return words.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(", ", "ENTRYPOINT [", "]\n"));
    }

    /** Testcontainers' own builder would fetch the image that a file begins with, also where that is none. */
    private static void build(DockerClient engine, String name, Path directory, String dockerfile) throws IOException {
        Files.writeString(directory.resolve("Dockerfile"), dockerfile);
        engine.buildImageCmd(directory.toFile()).withTags(Set.of(name)).exec(new BuildImageResultCallback())
                .awaitImageId();
    }

    private void link(Path to) {
        ToolProvider jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new IllegalStateException("no jlink is here"));
        int code = jlink.run(System.out, System.err, "--add-modules", MODULES, "--output", to.toString(),
                "--strip-java-debug-attributes", "--no-header-files", "--no-man-pages");
        if (code != 0) {
            throw new IllegalStateException("jlink ended with " + code);
        }
    }

    private void copyClasses(Path root) throws IOException {
        Files.createDirectory(root.resolve("classes"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path from = Path.of(entry);
            if (Files.exists(from) && !TESTS.matcher(entry).find()) {
                String name = "/classes/" + classPath.size() + (Files.isDirectory(from) ? "" : ".jar");
                copyTree(from, root.resolve(name.substring(1)));
                classPath.add(name);
            }
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** The driver unpacks its library at run time, so nothing else tells what that one needs. */
    private static Path sqlite(Path to) throws IOException {
        String told = System.getProperty("os.arch");
        String machine = Map.of("amd64", "x86_64").getOrDefault(told, told);
        String name = "/org/sqlite/native/Linux/" + machine + "/libsqlitejdbc.so";
        try (InputStream library = ServedImage.class.getResourceAsStream(name)) {
            Files.copy(library, to);
        }
        return to;
    }

    private void copyLibraries(Path root, Set<Path> binaries) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ldd"));
        binaries.forEach(binary -> command.add(binary.toString()));
        Process ldd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(ldd.getInputStream().readAllBytes());
        ldd.waitFor();
        Set<Path> libraries = told.lines().map(LIBRARY::matcher).filter(Matcher::find).map(found -> Path.of(found.group(1)))
                .filter(library -> !library.startsWith(context)).collect(Collectors.toSet());
        for (Path library : libraries) {
            Path to = root.resolve(library.toString().substring(1));
            Files.createDirectories(to.getParent());
            Files.copy(library.toRealPath(), to);
        }
    }
}
