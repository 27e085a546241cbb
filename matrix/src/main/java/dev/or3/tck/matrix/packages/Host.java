package dev.or3.tck.matrix.packages;

import dev.or3.tck.matrix.findings.Finding;
import dev.or3.tck.matrix.source.Mention;
import dev.or3.tck.matrix.source.ModuleUse;
import dev.or3.tck.matrix.source.PathPattern;
import dev.or3.tck.matrix.source.Place;
import dev.or3.tck.matrix.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The host that uses provider packages: what it must not own of them. */
final class Host {
    /** The list of provider modules that the wizard writes. */
    static final String PROVIDERS = "or3.providers.generated.ts";

    private static final Pattern CONFIG = Pattern.compile("nuxt\\.config\\.[cm]?[jt]s");
    /** The SDKs that the runbook names; Clerk has more than one. */
    private static final Pattern SDK = Pattern.compile("convex|convex-nuxt|convex-vue|@clerk/.+");
    private static final Pattern PROVIDER_SOURCE = Pattern.compile("(^|/)or3-provider-[^/]+/(src|dist)(/|$)"
            + "|(^|/)packages/or3-provider-|^[.~@/].*(^|/)or3-provider-[^/]+(/|$)");
    private static final Pattern SOURCE_PATH = Pattern.compile("^([.~/]|@/|@@/).*|.*packages/.*|.*/src(/.*)?");
    private static final Pattern MODULE_ID = Pattern.compile("((@[^/]+/)?[^/]+)/nuxt");
    private static final Pattern SELECTING = Pattern.compile("[^/]+|modules/.*");
    private static final PathPattern PROVIDER_FOLDER = new PathPattern("or3-provider-*/");
    private static final List<String> IMPLEMENTATION_TESTS = List.of("server/auth/store/impls/__tests__",
            "server/sync/gateway/impls/__tests__", "server/storage/gateway/impls/__tests__");

    private final Sources.Root root;
    private final Manifest manifest;
    private final List<Path> packages;
    private final Set<Pattern> sdks;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * @param packages the provider packages that are looked at along with it
     * @param sdks     further SDKs that belong to providers
     */
    Host(Path directory, Manifest manifest, List<Path> packages, List<String> sdks) {
        root = new Sources.Root(directory);
        this.manifest = manifest;
        this.packages = packages;
        this.sdks = new LinkedHashSet<>(List.of(SDK));
        sdks.forEach(sdk -> this.sdks.add(Pattern.compile(Pattern.quote(sdk))));
    }

    /** Whether a directory looks like one. */
    static boolean is(Path directory, Manifest manifest) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).anyMatch(name -> name.equals(PROVIDERS)
                    || CONFIG.matcher(name).matches() && manifest.exports().isEmpty());
        }
    }

    void look() throws IOException {
        dependencies();
        findings.addAll(LockFile.check(root.directory(), manifest, notes::add));
        Sources sources = Sources.written(root, directory -> !PROVIDER_FOLDER.matches(directory + "/package.json"));
        findings.addAll(sources.unreadable());
        providers(sources);
        sources.files().forEach(this::source);
        implementationTests();
        places();
    }

    private void add(Check check, String file, Place place, String text, String advice) {
        findings.add(check.found(root.told(file), place, text, advice));
    }

    private void dependencies() {
        for (String section : Manifest.SECTIONS) {
            manifest.in(section).stream().filter(name -> sdks.stream().anyMatch(sdk -> sdk.matcher(name).matches()))
                    .forEach(name -> add(Check.HOST_SDKS, Manifest.FILE, manifest.place(section, name),
                            "has " + name + ", the SDK of a provider, in its " + section,
                            "Remove it: the provider's package brings it, or names it as a peer"));
        }
    }

    private void providers(Sources sources) {
        SourceFile list = sources.files().get(PROVIDERS);
        if (list == null) {
            if (sources.unreadable().isEmpty()) {
                add(Check.MODULE_IDS, Manifest.FILE, Place.TOP, "has no " + PROVIDERS,
                        "Let the wizard write it, also if it is empty");
            }
            return;
        }
        list.mentions().stream().filter(mention -> mention.kind() == Mention.Kind.STRING).forEach(this::module);
    }

    private void module(Mention mention) {
        String id = mention.text();
        if (SOURCE_PATH.matcher(id).matches()) {
            add(Check.MODULE_IDS, PROVIDERS, mention.place(), "refers to '" + id + "', a path into somebody's sources",
                    "Name the module by its package, such as or3-provider-mine/nuxt");
            return;
        }
        Matcher matcher = MODULE_ID.matcher(id);
        if (matcher.matches() && Manifest.SECTIONS.stream().noneMatch(section -> manifest.has(section, matcher.group(1)))) {
            add(Check.MODULE_IDS, PROVIDERS, mention.place(), "refers to '" + id + "', but " + matcher.group(1)
                    + " is in no section of " + Manifest.FILE, "Add the package, or let the wizard write the list again");
        }
    }

    private void source(String file, SourceFile source) {
        if (!file.equals(PROVIDERS)) {
            source.moduleUses().stream().filter(use -> PROVIDER_SOURCE.matcher(use.specifier()).find())
                    .forEach(use -> ofProvider(file, use));
        }
        if (SELECTING.matcher(file).matches() && source.isModule()) {
            EsModules.faults(source, true).stream().filter(fault -> fault.check() == Check.NO_REQUIRE)
                    .forEach(fault -> add(fault.check(), file, fault.place(), fault.text(), fault.advice()));
        }
    }

    private void ofProvider(String file, ModuleUse use) {
        if (Sources.isTest(file)) {
            add(Check.CORE_TESTS, file, use.place(), "tests the core with '" + use.specifier() + "', source of a provider",
                    "Import the provider's package, or move the test to the provider");
        } else {
            add(Check.HOST_PATHS, file, use.place(), "names '" + use.specifier() + "', source of a provider",
                    "Import the provider's package, or reach it by a registry");
        }
    }

    private void implementationTests() {
        IMPLEMENTATION_TESTS.stream().filter(folder -> Files.isDirectory(root.directory().resolve(folder))).forEach(folder ->
                add(Check.IMPLEMENTATION_TESTS, folder, Place.TOP, "tests implementations that the core no longer has",
                        "Remove the folder, or move its tests to the provider"));
    }

    /** A copy in the host of a package that is authored elsewhere has to say so. */
    private void places() throws IOException {
        for (Path authored : packages) {
            String name = authored.toAbsolutePath().normalize().getFileName().toString();
            for (String folder : List.of("packages/" + name, name)) {
                Path copy = root.directory().resolve(folder);
                if (Files.isDirectory(copy) && !Files.isSameFile(copy, authored) && !saysSo(copy)) {
                    add(Check.ONE_PLACE, folder, Place.TOP, "is a second place where " + name
                            + " could be authored, beside " + authored,
                            "Remove it, or say in its README which one is canonical");
                }
            }
        }
    }

    private static boolean saysSo(Path copy) throws IOException {
        Path readme = copy.resolve("README.md");
        return Files.isRegularFile(readme) && Files.readString(readme).toLowerCase(Locale.ROOT).contains("canonical");
    }

    List<Finding> findings() {
        return findings;
    }

    List<String> notes() {
        return notes;
    }
}
