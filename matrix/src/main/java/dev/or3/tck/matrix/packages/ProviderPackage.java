package dev.or3.tck.matrix.packages;

import dev.or3.tck.matrix.findings.Finding;
import dev.or3.tck.matrix.source.Place;
import dev.or3.tck.matrix.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A provider package that is looked at, and what was found in it so far. Used by one thread. */
final class ProviderPackage {
    private static final String README = "readme.md";
    private static final Set<String> DATABASES = Set.of("better-sqlite3", "sqlite3", "libsql", "@libsql/client", "pg",
            "postgres", "mysql2", "mariadb", "kysely", "drizzle-orm", "knex", "@prisma/client", "node:sqlite", "bun:sqlite");

    private final Sources.Root root;
    private final Manifest manifest;
    private final Packed packed;
    private final Sources written;
    private final Sources shipped;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    ProviderPackage(Path directory, Manifest manifest) throws IOException {
        root = new Sources.Root(directory);
        this.manifest = manifest;
        packed = Packed.of(directory);
        written = Sources.written(root, path -> true);
        shipped = Sources.of(root, packed.files());
        if (!packed.verified()) {
            notes.add(directory + ": what would be packed is not verified, every file counts: " + packed.trouble());
        }
        Stream.concat(written.unreadable().stream(), shipped.unreadable().stream()).distinct().forEach(findings::add);
    }

    Path directory() {
        return root.directory();
    }

    Manifest manifest() {
        return manifest;
    }

    Packed packed() {
        return packed;
    }

    /** What its authors wrote, tests too. */
    Sources written() {
        return written;
    }

    /** What is published of it. */
    Sources shipped() {
        return shipped;
    }

    /** What was written and what is shipped, as far as it runs in a host. */
    Map<String, SourceFile> product() {
        Map<String, SourceFile> product = new LinkedHashMap<>(written.product());
        shipped.product().forEach(product::putIfAbsent);
        return product;
    }

    String told(String path) {
        return root.told(path);
    }

    void add(Check check, String file, Place place, String text, String advice) {
        findings.add(check.found(told(file), place, text, advice));
    }

    /** Something about the manifest, at one of its fields. */
    void addAt(Check check, List<String> field, String text, String advice) {
        add(check, Manifest.FILE, manifest.place(field.toArray(String[]::new)), text, advice);
    }

    void note(String note) {
        notes.add(note);
    }

    List<Finding> findings() {
        return findings;
    }

    List<String> notes() {
        return notes;
    }

    /** The name of its README, if it has one. */
    Optional<String> readme() throws IOException {
        try (Stream<Path> files = Files.list(root.directory())) {
            return files.map(file -> file.getFileName().toString()).filter(README::equalsIgnoreCase).findFirst();
        }
    }

    /** Whether it keeps data in a database of its own, by what it needs and what it ships. */
    boolean keepsData() {
        return packed.any(file -> file.matches("(.*/)?migrations?/.*"))
                || DATABASES.stream().anyMatch(manifest::brings) || shipped.product().values().stream()
                        .flatMap(file -> file.moduleUses().stream()).anyMatch(use -> DATABASES.contains(use.specifier()));
    }
}
