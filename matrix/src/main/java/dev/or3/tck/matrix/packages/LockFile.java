package dev.or3.tck.matrix.packages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.or3.tck.matrix.findings.Finding;
import dev.or3.tck.matrix.source.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** PKG-06: a lock file in step with the manifest, of whatever tool; beside it, or at the root of a workspace above. */
final class LockFile {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String ADVICE = "Install again, and commit the lock file";
    private static final List<String> NAMES = List.of("bun.lock", "package-lock.json", "pnpm-lock.yaml", "yarn.lock",
            "bun.lockb");

    private final Sources.Root root;
    private final Manifest manifest;
    private final Consumer<String> notes;
    private final List<Finding> findings = new ArrayList<>();

    private LockFile(Path directory, Manifest manifest, Consumer<String> notes) {
        root = new Sources.Root(directory);
        this.manifest = manifest;
        this.notes = notes;
    }

    static List<Finding> check(Path directory, Manifest manifest, Consumer<String> notes) throws IOException {
        LockFile lock = new LockFile(directory, manifest, notes);
        lock.check();
        return lock.findings;
    }

    private void check() throws IOException {
        Path own = root.directory().toAbsolutePath().normalize();
        for (Path at = own; at != null; at = at.getParent()) {
            for (String name : NAMES) {
                if (Files.isRegularFile(at.resolve(name))) {
                    check(at.resolve(name), name, at.relativize(own).toString().replace('\\', '/'));
                    return;
                }
            }
            if (Files.exists(at.resolve(".git"))) {
                break;
            }
        }
        findings.add(Check.LOCK_FILE.found(root.told(Manifest.FILE), Place.TOP, "has no lock file", ADVICE));
    }

    private void check(Path file, String name, String workspace) throws IOException {
        try {
            switch (name) {
                case "bun.lock" -> sections(name, JsonDocument.read(file).root().path("workspaces").path(workspace));
                case "package-lock.json" -> sections(name, JsonDocument.read(file).root().path("packages").path(workspace));
                case "pnpm-lock.yaml" -> pnpm(name, YAML.readTree(Files.readString(file)).path("importers")
                        .path(workspace.isEmpty() ? "." : workspace));
                case "yarn.lock" -> yarn(name, Files.readString(file));
                default -> notes.accept(file + " is binary: whether it is in step is not verified; bun.lock would be text");
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            findings.add(Check.LOCK_FILE.found(file.toString(), Place.line(line), "cannot be parsed: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""), ADVICE));
        }
    }

    private void sections(String lock, JsonNode locked) {
        for (String section : Manifest.SECTIONS) {
            compare(lock, section, locked.path(section));
        }
    }

    private void pnpm(String lock, JsonNode importer) {
        for (String section : List.of(Manifest.DEPENDENCIES, Manifest.DEV, "optionalDependencies")) {
            ObjectNode plain = YAML.createObjectNode();
            importer.path(section).fields().forEachRemaining(entry -> plain.put(entry.getKey(),
                    entry.getValue().path("specifier").asText()));
            compare(lock, section, plain);
        }
    }

    private void compare(String lock, String section, JsonNode locked) {
        JsonNode wanted = manifest.json().at(section);
        wanted.fields().forEachRemaining(entry -> {
            String range = locked.path(entry.getKey()).asText(null);
            if (range == null) {
                out(section, entry.getKey(), lock + " does not know it");
            } else if (!range.equals(entry.getValue().asText())) {
                out(section, entry.getKey(), lock + " has " + range);
            }
        });
        locked.fieldNames().forEachRemaining(name -> {
            if (!wanted.has(name)) {
                out(section, name, lock + " still has it");
            }
        });
    }

    private void yarn(String lock, String text) {
        for (String section : Manifest.SECTIONS) {
            if (!section.equals(Manifest.PEERS)) {
                manifest.json().at(section).fields().forEachRemaining(entry -> {
                    String wanted = Pattern.quote(entry.getKey()) + "@(npm:)?" + Pattern.quote(entry.getValue().asText());
                    if (!Pattern.compile("(?m)(^|[\" ,])" + wanted + "(?=[\",:])").matcher(text).find()) {
                        out(section, entry.getKey(), lock + " does not know it in this range");
                    }
                });
            }
        }
    }

    private void out(String section, String name, String how) {
        findings.add(Check.LOCK_FILE.found(root.told(Manifest.FILE), manifest.place(section, name),
                name + " of " + section + " is out of step: " + how, ADVICE));
    }
}
