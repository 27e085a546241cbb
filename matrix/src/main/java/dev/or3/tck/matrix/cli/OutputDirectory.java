package dev.or3.tck.matrix.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/** Where a campaign leaves what it found. Never one that holds a report already. */
final class OutputDirectory {
    private static final String FOR_FAILURES = "or3-tck-out";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final List<String> OURS =
            List.of("report.json", "junit.xml", "report.html", "allure-results", Evidence.FOLDER);

    private final Path path;
    private final boolean made;

    private OutputDirectory(Path path, boolean made) {
        this.path = path;
        this.made = made;
    }

    /** The directory that {@code --out} names; made if it is not there. Nothing in it is touched. */
    static OutputDirectory named(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw Trouble.usage("--out " + path + " is a file: name a directory");
        }
        for (String name : OURS) {
            if (Files.exists(path.resolve(name))) {
                throw Trouble.usage("--out " + path + " holds a report already (" + name
                        + "): name another directory, or remove it first; nothing was changed");
            }
        }
        boolean isNew = !Files.exists(path);
        try {
            Files.createDirectories(path);
            Files.delete(Files.createTempFile(path, "or3-tck", ".probe"));
        } catch (IOException e) {
            throw Trouble.usage("--out " + path + " cannot be written to: name a directory that can", e);
        }
        return new OutputDirectory(path, isNew);
    }

    /** A directory for the failures of a campaign that was not told where to write: {@code or3-tck-out/TIME-PROVIDER}. */
    static OutputDirectory forFailures(Clock clock, String provider) {
        String name = TIME.format(clock.instant()) + "-" + provider.replaceAll("[^A-Za-z0-9._-]", "_");
        IOException last = null;
        for (Path parent : List.of(Path.of(FOR_FAILURES), Path.of(System.getProperty("user.home"), FOR_FAILURES))) {
            try {
                Files.createDirectories(parent);
                return new OutputDirectory(fresh(parent, name), true);
            } catch (IOException e) {
                last = e;
            }
        }
        throw Trouble.usage("the failures cannot be saved in " + FOR_FAILURES + ": name a directory with --out", last);
    }

    private static Path fresh(Path parent, String name) throws IOException {
        Path path = parent.resolve(name);
        for (int i = 2; Files.exists(path); i++) {
            path = parent.resolve(name + "-" + i);
        }
        return Files.createDirectory(path);
    }

    Path path() {
        return path;
    }

    /** Takes a directory away again that was made in vain. */
    void discardIfEmpty() {
        try (Stream<Path> content = Files.list(path)) {
            if (!made || content.findAny().isPresent()) {
                return;
            }
        } catch (IOException e) {
            return;
        }
        try {
            Files.delete(path);
        } catch (IOException e) {
            // An empty directory stays behind, which harms nobody.
        }
    }
}
