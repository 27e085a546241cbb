package dev.or3.tck.matrix.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.matrix.findings.Finding;
import dev.or3.tck.matrix.findings.Review;
import dev.or3.tck.matrix.source.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class PackageCheckTest {
    @TempDir
    Path directory;

    /** A way to break a sample, and what must be found then: check, file and line. */
    private record Break(String sample, String how, Consumer<Tree> by, String... found) {
    }

    private static final String MANIFEST = "package.json";

    private static Break convex(String how, Consumer<Tree> by, String... found) {
        return new Break("or3-provider-convex", how, by, found);
    }

    private static Break sqlite(String how, Consumer<Tree> by, String... found) {
        return new Break("or3-provider-sqlite", how, by, found);
    }

    private static Break host(String how, Consumer<Tree> by, String... found) {
        return new Break("or3-chat", how, by, found);
    }

    private static final List<Break> BREAKS = List.of(
            convex("no package.json", tree -> tree.without(MANIFEST), "manifest package.json:1"),
            convex("a package.json that is no JSON", tree -> tree.changed(MANIFEST, "\"type\": \"module\",",
                    "\"type\" \"module\","),
                    "manifest package.json:4"),
            convex("no version", tree -> tree.changed(MANIFEST, "0.1.0", "next"), "manifest package.json:3"),
            convex("a name that npm refuses", tree -> tree.changed(MANIFEST, "\"or3-provider-convex\",",
                    "\"Or3 Provider\","),
                    "manifest package.json:2", "readme-install README.md:1", "readme-integration README.md:1"),
            convex("CommonJS", tree -> tree.changed(MANIFEST, "\"module\"", "\"commonjs\""), "module-type package.json:4",
                    "init-command bin/init.js:1"),
            convex("no ./nuxt", tree -> tree.changed(MANIFEST, "\"./nuxt\"", "\"./nitro\""), "nuxt-export package.json:6"),
            convex("a target that is not built", tree -> tree.without("dist/nuxt.js"), "export-targets package.json:8",
                    "packed-imports dist/index.js:1"),
            convex("a target that files leaves out", tree -> tree.changed(MANIFEST, "[\"dist\", \"bin\"", "[\"bin\""),
                    "export-targets package.json:7", "export-targets package.json:8", "export-targets package.json:8",
                    "export-targets package.json:11"),
            convex("source as a target", tree -> tree.changed(MANIFEST, "./dist/index.js", "./src/nuxt.ts"),
                    "export-targets package.json:7"),
            convex("a target outside", tree -> tree.changed(MANIFEST, "./dist/index.js", "dist/index.js"),
                    "export-targets package.json:7"),
            sqlite("no declarations", tree -> tree.without("dist/nuxt.d.mts"), "declarations package.json:6"),
            convex("types behind what is taken first", tree -> tree.changed(MANIFEST,
                    "{ \"types\": \"./dist/nuxt.d.ts\", \"default\": \"./dist/nuxt.js\" }",
                    "{ \"import\": \"./dist/nuxt.js\", \"types\": \"./dist/nuxt.d.ts\" }"), "declarations package.json:8"),
            convex("a framework of its own", tree -> tree.changed(MANIFEST, "\"peerDependencies\": { \"nuxt\": \"^4.0.0\" }",
                    "\"optionalDependencies\": { \"nuxt\": \"^4.0.0\" }"), "framework-peer package.json:1",
                    "lock-file package.json:19", "lock-file package.json:1"),
            convex("a runtime file that is not packed", tree -> tree.without("dist/runtime/plugin.js"),
                    "packed-imports dist/nuxt.js:5"),
            convex("types of the host by its alias", tree -> tree.changed("src/nuxt.ts", "'convex/browser'",
                    "'~/server/sync/gateway/types'"), "host-paths src/nuxt.ts:2"),
            convex("a way out of the package", tree -> tree.with("dist/nuxt.d.ts",
                    "export * from '../../or3-chat/server/types'\n"),
                    "host-paths dist/nuxt.d.ts:1"),
            convex("an SDK for authors only", tree -> tree.changed(MANIFEST, "\"dependencies\": { \"convex\": \"^1.31.0\" }",
                    "\"optionalDependencies\": {}").changed(MANIFEST, "\"typescript\"",
                    "\"convex\": \"^1.31.0\", \"typescript\"")
                    .changed("package-lock.json", "\"dependencies\": { \"convex\": \"^1.31.0\" },", "")
                    .changed("package-lock.json", "\"typescript\"", "\"convex\": \"^1.31.0\", \"typescript\""),
                    "sdk-section dist/nuxt.js:3", "sdk-section dist/nuxt.d.ts:1"),
            convex("a package that nobody declares", tree -> tree.with("dist/runtime/plugin.js", "\nimport('left-pad')\n"),
                    "sdk-section dist/runtime/plugin.js:2"),
            convex("no README", tree -> tree.without("README.md"), "readme package.json:2"),
            convex("a README without the variable", tree -> tree.changed("README.md", "VITE_CONVEX_URL", "the address"),
                    "readme-environment src/nuxt.ts:8"),
            convex("a README without the host", tree -> tree.changed("README.md", "or3-provider-convex/nuxt", "the module"),
                    "readme-integration README.md:1"),
            convex("a README without install", tree -> tree.changed("README.md", "bun add", "get"),
                    "readme-install README.md:1"),
            sqlite("a README without backup", tree -> tree.changed("README.md", "Backup", "Copies").changed("README.md",
                    ".backup", ""),
                    "readme-storage README.md:1"),
            convex("no init command", tree -> tree.changed(MANIFEST, "\"bin\": {", "\"directories\": {"),
                    "init-command package.json:1"),
            convex("an init command that shells cannot run", tree -> tree.changed("bin/init.js", "#!/usr/bin/env node", ""),
                    "init-command bin/init.js:1"),
            convex("an init command that fails", tree -> tree.changed("bin/init.js", "const target",
                    "throw new Error('no')\nconst target"),
                    "init-command bin/init.js:1"),
            convex("an init command that does nothing", tree -> tree.changed("bin/init.js", "if (!exists", "if (exists"),
                    "init-command bin/init.js:1"),
            convex("an init command that overwrites", tree -> tree.changed("bin/init.js",
                    "!existsSync(target + '/schema.ts')", "target"),
                    "init-keeps bin/init.js:7"),
            convex("an init command nobody knows", tree -> tree.changed("README.md", "convex init", "convex"),
                    "init-documented README.md:1"),
            convex("no tsconfig", tree -> tree.without("tsconfig.json"), "tsconfig package.json:2"),
            convex("a tsconfig of the neighbours", tree -> tree.with("tsconfig.json",
                    "{\n  \"extends\": \"../../tsconfig.json\"\n}"),
                    "tsconfig tsconfig.json:2"),
            convex("a tsconfig that cannot be read", tree -> tree.with("tsconfig.json", "{\n  \"extends\n}"),
                    "tsconfig tsconfig.json:2"),
            convex("no scripts", tree -> tree.changed(MANIFEST, "\"build\":", "\"make\":").changed(MANIFEST, "\"typecheck\"",
                    "\"types\""), "scripts package.json:14", "scripts package.json:14"),
            convex("bun build alone", tree -> tree.changed(MANIFEST, " && tsc --emitDeclarationOnly", ""),
                    "declaration-strategy package.json:15"),
            convex("paths of CommonJS", tree -> tree.changed("src/nuxt.ts", "createResolver(import.meta.url)",
                    "createResolver(__dirname)"),
                    "own-url src/nuxt.ts:6"),
            convex("paths from where the process started", tree -> tree.changed("dist/nuxt.js",
                    "createResolver(import.meta.url)",
                    "createResolver(process.cwd())"), "own-url dist/nuxt.js:5"),
            convex("require in an ES module", tree -> tree.changed("src/nuxt.ts", "console.info(",
                    "require.resolve('convex'); console.info("),
                    "no-require src/nuxt.ts:8"),
            convex("no lock file", tree -> tree.without("package-lock.json"), "lock-file package.json:1"),
            convex("a lock file that lags behind", tree -> tree.changed(MANIFEST, "^5.9.0", "^6.0.0"),
                    "lock-file package.json:20"),
            sqlite("a lock file that lags behind", tree -> tree.changed("bun.lock", "\"better-sqlite3\": \"^12.0.0\",", ""),
                    "lock-file package.json:9"),
            convex("no place where it is authored", tree -> tree.changed(MANIFEST, "\"repository\"", "\"homepage\""),
                    "one-place package.json:1"),
            convex("code that cannot be parsed", tree -> tree.with("src/more.ts", "\nconst =\n"), "readable src/more.ts:2"),
            host("an SDK of its own", tree -> tree.changed(MANIFEST, "\"nuxt\": \"^4.0.0\",",
                    "\"nuxt\": \"^4.0.0\",\n    \"@clerk/nuxt\": \"^1.0.0\",")
                    .changed("pnpm-lock.yaml", "    dependencies:",
                    "    dependencies:\n      '@clerk/nuxt': { specifier: ^1.0.0 }"),
                    "host-sdks package.json:7"),
            host("a provider by its source", tree -> tree.changed("or3.providers.generated.ts", "'or3-provider-convex/nuxt'",
                    "'./packages/or3-provider-convex/src/module'"), "module-ids or3.providers.generated.ts:2"),
            host("a provider that is not installed", tree -> tree.changed("or3.providers.generated.ts", "convex", "clerk"),
                    "module-ids or3.providers.generated.ts:2"),
            host("require in the selection of modules", tree -> tree.changed("nuxt.config.ts", "export default",
                    "const has = require.resolve('or3-provider-convex')\nexport default"), "no-require nuxt.config.ts:3"),
            host("a core test of a provider's source", tree -> tree.changed("server/__tests__/a.test.ts",
                    "or3-provider-convex/nuxt",
                    "~~/packages/or3-provider-convex/src/sync"), "core-tests server/__tests__/a.test.ts:1"),
            host("core code with a provider's source", tree -> tree.with("server/a.ts",
                    "import '../../or3-provider-convex/src/sync'"),
                    "host-paths server/a.ts:1"),
            host("stale tests of implementations", tree -> tree.with("server/sync/gateway/impls/__tests__/a.test.ts", ""),
                    "implementation-tests server/sync/gateway/impls/__tests__:1"),
            host("a lock file that lags behind", tree -> tree.changed("pnpm-lock.yaml", "specifier: ^4.0.0",
                    "specifier: ^3.0.0"),
                    "lock-file package.json:6"));

    private static final Map<String, Function<Path, Tree>> SAMPLES = Map.of("or3-provider-convex", Samples::convex,
            "or3-provider-sqlite", Samples::sqlite, "or3-chat", Samples::host);

    /** All samples, as they are good. */
    private List<Path> write() {
        SAMPLES.forEach((name, sample) -> sample.apply(directory.resolve(name)));
        return SAMPLES.keySet().stream().sorted().map(directory::resolve).toList();
    }

    @Test
    void good_packages_and_a_good_host_pass() throws IOException {
        Review review = PackageCheck.look(write(), true, List.of());

        assertThat(review.findings()).isEmpty();
        assertThat(review.notes()).isEmpty();
        assertThat(review.looked()).hasToString("{packages=2, hosts=1}");
    }

    @TestFactory
    Stream<DynamicTest> each_break_is_found_where_it_is_and_nothing_else() {
        return BREAKS.stream().map(broken -> DynamicTest.dynamicTest(broken.sample() + ": " + broken.how(), () -> {
            Path place = Files.createTempDirectory(directory, "broken");
            SAMPLES.get(broken.sample()).apply(place.resolve(broken.sample()));
            Path sample = place.resolve(broken.sample());
            broken.by().accept(new Tree(sample));

            assertThat(PackageCheck.look(List.of(sample), true, List.of()).findings())
                    .extracting(finding -> told(finding, sample))
                    .as("found").containsExactlyInAnyOrder(broken.found());
        }));
    }

    private static String told(Finding finding, Path sample) {
        return finding.check() + " " + sample.relativize(Path.of(finding.file())) + ":" + finding.place().line();
    }

    @Test
    void every_check_finds_something() {
        Set<String> found = BREAKS.stream().flatMap(broken -> Stream.of(broken.found())).map(told -> told.split(" ")[0])
                .collect(Collectors.toSet());

        assertThat(found).containsExactlyInAnyOrderElementsOf(Arrays.stream(Check.values()).map(Check::id).toList());
    }

    @Test
    void a_second_place_of_a_provider_is_one_unless_it_names_the_canonical_one() throws IOException {
        List<Path> samples = write();
        Tree copy = new Tree(directory.resolve("or3-chat/packages/or3-provider-convex")).with("src/index.ts", "");

        assertThat(PackageCheck.look(samples, false, List.of()).findings()).singleElement()
                .satisfies(finding -> assertThat(finding.check()).isEqualTo("one-place"))
                .satisfies(finding -> assertThat(finding.file()).endsWith("or3-chat/packages/or3-provider-convex"));

        copy.with("README.md", "Canonical: ../or3-provider-convex");
        assertThat(PackageCheck.look(samples, false, List.of()).findings()).isEmpty();
    }

    @Test
    void further_sdks_can_be_named() throws IOException {
        Tree host = Samples.host(directory.resolve("or3-chat"));

        assertThat(PackageCheck.look(List.of(host.root()), true, List.of("nuxt")).findings()).extracting(Finding::check)
                .containsExactly("host-sdks");
    }

    @Test
    void init_commands_are_left_alone_when_they_shall_be() throws IOException {
        Tree convex = Samples.convex(directory.resolve("or3-provider-convex")).changed("bin/init.js", "const target",
                "throw new Error('no')\nconst target");
        Review review = PackageCheck.look(List.of(convex.root()), false, List.of());

        assertThat(review.findings()).isEmpty();
        assertThat(review.notes()).singleElement().asString().contains("the init command was not tried");
    }
}
