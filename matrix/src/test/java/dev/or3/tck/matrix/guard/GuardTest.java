package dev.or3.tck.matrix.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.matrix.findings.Finding;
import dev.or3.tck.matrix.findings.Review;
import dev.or3.tck.matrix.source.Tree;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private static final String BANNED = "import { api } from 'convex/server'\n";

    @TempDir
    Path root;

    private Tree tree;

    @BeforeEach
    void begin() {
        tree = new Tree(root);
    }

    private Review look(String rules) throws Exception {
        return Guard.look(root, GuardRules.of(rules));
    }

    private List<String> found(String rules) throws Exception {
        return look(rules).open().stream().map(this::told).toList();
    }

    private String told(Finding finding) {
        return finding.rule().id() + " " + root.relativize(Path.of(finding.file())) + ":" + finding.place().line();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app/pages/deep/below/index.vue", "app/plugins/a.client.ts", "server/api/a.post.ts",
        "server/middleware/a.js", "server/plugins/__tests__/a.test.ts"})
    void the_hot_zones_of_the_core_are_guarded(String file) throws Exception {
        tree.with(file, file.endsWith(".vue") ? "<script setup>\n" + BANNED + "</script>" : BANNED);

        assertThat(found("")).singleElement().asString().startsWith("WIR-04 " + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app/composables/a.ts", "server/a.ts", "lib/server/api/a.ts", "app/pages.ts"})
    void other_files_are_not(String file) throws Exception {
        tree.with(file, BANNED);

        assertThat(found("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"convex", "convex/server", "convex/server/deep.js", "convex?raw", "@clerk/nuxt",
        "@clerk/nuxt/server", "convex-vue", "~~/convex/_generated/api", "~~/convex/_generated",
        "@@/convex/_generated/api.js", "../../convex/_generated/api", "../../server/../convex/_generated/api", "/convex/_generated/api",
        "../../node_modules/convex/server", "~/../convex/_generated/api"})
    void sdks_and_generated_code_are_banned_however_they_are_reached(String module) throws Exception {
        tree.with("app/plugins/a.ts", "import type { A } from '" + module + "'");

        assertThat(found("")).containsExactly("WIR-04 app/plugins/a.ts:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"convex-helpers", "@clerk/types", "./convex", "~/convex", "../convex/a", "my/convex", "conve",
            "#convex"})
    void modules_that_only_resemble_them_are_not(String module) throws Exception {
        tree.with("app/plugins/a.ts", "import a from '" + module + "'");

        assertThat(found("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"import 'con\\u0076ex'", "import 'con\\x76ex'", "import '\\conve\\x78'", "import 'con\\\nvex'",
            "import '\\c\\onvex'"})
    void a_name_that_is_spelled_otherwise_is_still_that_name(String code) throws Exception {
        tree.with("app/plugins/a.ts", code);

        assertThat(found("")).containsExactly("WIR-04 app/plugins/a.ts:1");
    }

    @Test
    void a_file_below_banned_code_and_an_alias_for_it_reach_it_without_its_name() throws Exception {
        tree.with("app/plugins/_generated/a.ts", "export * from './b'").with("app/plugins/c.ts", "export * from '#made/b'");

        assertThat(found("""
                aliases: {'#made': app/plugins/_generated}
                rules: [{id: OWN, zones: [app/], banned: ['./app/plugins/_generated']}]
                """)).containsExactly("OWN app/plugins/_generated/a.ts:1", "OWN app/plugins/c.ts:1");
    }

    @Test
    void a_module_of_which_only_the_package_is_known_is_judged_by_it() throws Exception {
        tree.with("app/plugins/a.ts", "import(`convex/${part}`)\nimport(`./locales/${part}`)\nimport(name)\n");

        assertThat(found("")).containsExactly("WIR-04 app/plugins/a.ts:1");
        assertThat(look("").notes()).anyMatch(note -> note.contains("a.ts:3:8 computes the module of a dynamic import"))
                .noneMatch(note -> note.contains("a.ts:2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"packages/or3-provider-convex/app/plugins/a.ts", "or3-provider-clerk/server/api/a.ts"})
    void providers_may_import_their_sdks(String file) throws Exception {
        tree.with(file, BANNED);

        assertThat(found("rules: [{id: ALL, zones: ['**'], banned: [convex]}]")).isEmpty();
    }

    @Test
    void a_file_that_cannot_be_parsed_is_a_finding() throws Exception {
        tree.with("server/api/a.ts", "import a from\n").with("server/lib/b.ts", "import b from\n");

        assertThat(found("")).containsExactly("READ server/api/a.ts:1");
    }

    @Test
    void allowances_count_for_their_module_and_files_only_and_keep_their_reason() throws Exception {
        tree.with("server/plugins/a.ts", BANNED + "import '@clerk/nuxt'").with("server/plugins/b.ts", BANNED);

        Review review = look("allow: [{module: convex, in: [server/plugins/a.ts], reason: until the next release}]");
        assertThat(review.open()).extracting(this::told)
                .containsExactly("WIR-04 server/plugins/a.ts:2", "WIR-04 server/plugins/b.ts:1");
        assertThat(review.findings()).extracting(Finding::allowed).contains("until the next release");
        assertThat(review.notes()).noneMatch(note -> note.contains("allowance"));
    }

    @Test
    void an_allowance_that_nothing_needs_is_told() throws Exception {
        tree.with("server/plugins/a.ts", "import 'vue'");

        assertThat(look("allow: [{module: convex, in: [server/plugins/a.ts], reason: until the next release}]").notes())
                .contains("nothing needs the allowance of convex in server/plugins/a.ts any more");
    }

    @Test
    void a_zone_without_a_file_is_told() throws Exception {
        tree.with("app/pages/a.vue", "<template/>");

        assertThat(look("").notes()).contains("no source file lies in server/api/**")
                .doesNotContain("no source file lies in app/pages/**");
    }

    @Test
    void rules_of_ones_own_take_the_place_of_the_built_in_ones() throws Exception {
        tree.with("app/pages/a.vue", "<script>\n" + BANNED + "</script>")
                .with("lib/a.ts", "import '@own/sdk/x'\nimport '@own/api'");

        assertThat(found("""
                rules:
                  - id: OWN-01
                    zones: [lib/]
                    banned: ['@own/sdk*', '~/lib']
                """)).containsExactly("OWN-01 lib/a.ts:1");
    }

    @Test
    void the_printed_rules_are_the_built_in_ones() throws Exception {
        tree.with("server/api/a.ts", BANNED);

        assertThat(look(GuardRules.defaults())).isEqualTo(look(""));
    }
}
