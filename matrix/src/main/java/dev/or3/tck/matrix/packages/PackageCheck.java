package dev.or3.tck.matrix.packages;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.or3.tck.matrix.findings.Finding;
import dev.or3.tck.matrix.findings.Review;
import dev.or3.tck.matrix.source.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks provider packages and their host over. Used by one thread. */
public final class PackageCheck {
    private final boolean run;
    private final List<String> sdks;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<Path, Manifest> hosts = new LinkedHashMap<>();
    private final List<Path> packages = new ArrayList<>();

    private PackageCheck(boolean run, List<String> sdks) {
        this.run = run;
        this.sdks = sdks;
    }

    /**
     * Looks through directories. One with an {@code or3.providers.generated.ts}, or a Nuxt configuration and no exports, is
     * a host, the others are provider packages.
     *
     * @param directories the directories, each the root of a package
     * @param run         whether init commands are tried, which runs code of the packages
     * @param sdks        further packages that are SDKs of providers
     * @throws IOException if a directory cannot be read, or a tool does not end
     */
    public static Review look(List<Path> directories, boolean run, List<String> sdks) throws IOException {
        PackageCheck check = new PackageCheck(run, sdks);
        for (Path directory : directories) {
            check.sort(directory);
        }
        for (Map.Entry<Path, Manifest> host : check.hosts.entrySet()) {
            check.host(host.getKey(), host.getValue());
        }
        Map<String, Integer> looked = new LinkedHashMap<>();
        looked.put("packages", check.packages.size());
        looked.put("hosts", check.hosts.size());
        return new Review("package-check", looked, check.findings.stream().distinct().toList(), check.notes);
    }

    private void sort(Path directory) throws IOException {
        Path file = directory.resolve(Manifest.FILE);
        Sources.Root root = new Sources.Root(directory);
        if (!Files.isRegularFile(file)) {
            packages.add(directory);
            findings.add(Check.MANIFEST.found(root.told(Manifest.FILE), Place.TOP, "is not there",
                    "Make the directory a package"));
            return;
        }
        try {
            Manifest manifest = new Manifest(JsonDocument.read(file));
            if (Host.is(directory, manifest)) {
                hosts.put(directory, manifest);
            } else {
                packages.add(directory);
                provider(directory, manifest);
            }
        } catch (JsonProcessingException e) {
            packages.add(directory);
            findings.add(Check.MANIFEST.found(root.told(Manifest.FILE), Place.line(Math.max(1, e.getLocation().getLineNr())),
                    "cannot be parsed: " + e.getOriginalMessage().lines().findFirst().orElse(""), "Correct it"));
        }
    }

    private void provider(Path directory, Manifest manifest) throws IOException {
        ProviderPackage checked = new ProviderPackage(directory, manifest);
        ExportChecks.run(checked);
        ImportChecks.run(checked);
        ReadmeChecks.run(checked);
        InitChecks.run(checked, run);
        BuildChecks.run(checked);
        place(checked);
        findings.addAll(checked.findings());
        notes.addAll(checked.notes());
    }

    /** PKG-07: whoever finds the package must find where it is authored. */
    private static void place(ProviderPackage checked) throws IOException {
        boolean told = checked.readme().isPresent() && Files.readString(checked.directory().resolve(checked.readme().get()))
                .toLowerCase(Locale.ROOT).contains("canonical");
        if (!told && checked.manifest().json().at("repository").isMissingNode()) {
            checked.addAt(Check.ONE_PLACE, List.of("repository"), "does not say where it is authored",
                    "Name its repository, or say in the README which place is canonical");
        }
    }

    private void host(Path directory, Manifest manifest) throws IOException {
        Host host = new Host(directory, manifest, packages, sdks);
        host.look();
        findings.addAll(host.findings());
        notes.addAll(host.notes());
    }
}
