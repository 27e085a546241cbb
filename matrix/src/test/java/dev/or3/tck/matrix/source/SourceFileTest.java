package dev.or3.tck.matrix.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFileTest {
    @TempDir
    Path directory;

    private List<String> uses(String name, String code) throws Exception {
        return read(name, code).moduleUses().stream().map(use -> use.kind() + " " + use.specifier() + (use.whole() ? ""
                : "…")
                + " " + use.place().line() + ":" + use.place().column()).toList();
    }

    private SourceFile read(String name, String code) throws IOException, UnreadableException {
        return SourceFile.read(Files.writeString(directory.resolve(name), code));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', value = {
        "import a from 'm'|IMPORT",
        "import 'm'|IMPORT",
        "import type { A } from 'm'|TYPE_IMPORT",
        "import { type A } from 'm'|IMPORT",
        "import * as a from 'm'|IMPORT",
        "import a = require('m')|IMPORT",
        "export { a } from 'm'|RE_EXPORT",
        "export * from 'm'|RE_EXPORT",
        "export type { A } from 'm'|TYPE_RE_EXPORT",
        "const a = await import('m')|DYNAMIC_IMPORT",
        "const a = await import(`m`)|DYNAMIC_IMPORT",
        "const a = () => { return [import('m')] }|DYNAMIC_IMPORT",
        "const a = require('m')|REQUIRE",
        "module.require('m')|REQUIRE",
        "globalThis['require']('m')|REQUIRE",
        "require.resolve('m')|REQUIRE_RESOLVE",
        "import.meta.resolve('m')|META_RESOLVE",
        "type A = import('m').A|IMPORTED_TYPE",
        "let a: typeof import('m')|IMPORTED_TYPE",
        "let a: Array<import('m').A>|IMPORTED_TYPE",
        "vi.mock('m', () => ({}))|MOCK",
        "import a from '\\u006d'|IMPORT",
    })
    void every_way_to_name_a_module_is_found(String code, String kind) throws Exception {
        assertThat(uses("a.ts", code)).singleElement().asString().startsWith(kind + " m 1:");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "// import a from 'm'",
        "/* require('m') */",
        "const a = \"import b from 'm'\"",
        "const a = `import('m') ${b} require('m')`",
        "const a = /require('m')/",
        "const from = 'm'",
        "a.import('m')",
        "requires('m')",
        "declare module 'm' { }",
        "const a = { require: 'm' }",
    })
    void what_only_looks_like_it_is_not(String code) throws Exception {
        assertThat(uses("a.ts", code)).isEmpty();
    }

    @Test
    void code_within_a_template_literal_counts() throws Exception {
        assertThat(uses("a.ts", "const a = `x ${require('m')} y`")).containsExactly("REQUIRE m 1:24");
    }

    @Test
    void of_a_computed_module_the_known_beginning_is_told() throws Exception {
        assertThat(uses("a.ts", "import(`m/${a}`)\nimport(a)")).containsExactly("DYNAMIC_IMPORT m/… 1:8",
                "DYNAMIC_IMPORT … 2:8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n"})
    void places_count_characters_as_people_do(String lineEnd) throws Exception {
        assertThat(uses("a.ts", "\uFEFF/* ä 😀 */ import 'm'" + lineEnd + "\t;import 'n'")).containsExactly("IMPORT m 1:18",
                "IMPORT n 2:10");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', value = {
        "a.ts|const a = <string>b; import 'm'; @D() class C { accessor d = 1 }",
        "a.mts|import 'm'; enum E { A }",
        "a.cts|import m = require('m'); export = m",
        "a.d.ts|export * from 'm'; export declare const a: string",
        "a.tsx|import 'm'; export default () => <p>{1}</p>",
        "a.jsx|import 'm'; export default () => <p>{1}</p>",
        "a.js|import 'm'; export default () => <p>{1}</p>",
        "a.mjs|#!/usr/bin/env node§import 'm'",
        "a.cjs|if (a) return; require('m'); with (a) { b = 010 }",
        "a.TS|import 'm'",
    })
    void every_dialect_is_read(String name, String code) throws Exception {
        assertThat(uses(name, code.replace('§', '\n'))).singleElement().asString().contains(" m ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "a.md", "ts", "a.html", "a.py"})
    void other_files_are_no_source(String name) {
        assertThat(SourceFile.isSource(name)).isFalse();
    }

    @Test
    void code_may_be_nested_as_deeply_as_it_likes() throws Exception {
        int levels = 20_000;

        assertThat(uses("a.ts", "const a = " + "[".repeat(levels) + "]".repeat(levels) + "\nimport 'm'"))
                .containsExactly("IMPORT m 2:8");
        assertThat(uses("b.ts", "const a = " + "1 + ".repeat(levels) + "1\nimport 'm'")).containsExactly("IMPORT m 2:8");
    }

    @Test
    void of_a_module_that_a_bundler_makes_up_only_the_beginning_counts() throws Exception {
        assertThat(uses("a.ts", "import './a\\0b'")).containsExactly("IMPORT ./a… 1:8");
    }

    @Test
    void a_syntax_error_is_told_with_its_place() {
        assertThatThrownBy(() -> read("a.ts", "import a from 'm'\nconst = 3\n"))
                .isInstanceOfSatisfying(UnreadableException.class, e -> assertThat(e.place()).isEqualTo(new Place(2, 7, 0)))
                .hasMessageContaining("Unexpected token");
    }

    @Test
    void what_is_not_utf8_is_told() {
        assertThatThrownBy(() -> SourceFile.read(Files.write(directory.resolve("a.ts"),
                "import 'm' // ä".getBytes(StandardCharsets.ISO_8859_1)))).isInstanceOf(UnreadableException.class)
                .hasMessage("is not UTF-8");
    }

    @Test
    void a_vue_file_is_read_block_by_block() throws Exception {
        assertThat(uses("a.vue", """
                <script>
                import a from 'plain'
                </script>

                <script setup lang="ts">
                import type { B } from 'typed'
                const b = <string>c
                </script>
                <script lang="tsx">import 'with-tags'; const d = <p>{1}</p></script>

                <template #x>
                  <p :a="b > c" @click="() => import('of-a-template')">import 'text' {{ a < b }} <br> <Own /></p>
                  <script>import 'inner'</script>
                </template>
                <style>a { content: "<script>import 'style'</script>"; }</style>
                <docs>
                # Usage <b>
                <script>import 'example'</script>
                </docs>
                <!-- <script>import 'comment'</script> -->
                """)).containsExactly("IMPORT plain 2:15", "TYPE_IMPORT typed 6:24", "IMPORT with-tags 9:27");
    }

    @Test
    void a_script_elsewhere_is_named_by_its_source() throws Exception {
        assertThat(uses("a.vue", "<template><p/></template>\n<script src=\"./a.ts\" lang=\"ts\"/>\n"))
                .containsExactly("SCRIPT_SOURCE ./a.ts 2:1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<template><p></template><script>const = 1</script>|Unexpected token",
        "<script lang='coffee'>a = 1</script>|is of a language that is not read",
        "<template><p></p><script>import 'm'</script>|<template> is never closed",
        "<script>import 'm'|<script> is never closed",
    })
    void a_vue_file_that_cannot_be_read_is_told(String code, String why) {
        assertThatThrownBy(() -> read("a.vue", code)).isInstanceOf(UnreadableException.class).hasMessageContaining(why);
    }

    @Test
    void variables_of_the_environment_are_found_however_they_are_taken() throws Exception {
        assertThat(read("a.ts", "process.env.A; process.env['B']; import.meta.env.C; const { D, E: e, F = 1 } = process.env")
                .mentions().stream().filter(mention -> mention.kind() == Mention.Kind.ENVIRONMENT_VARIABLE)
                .map(Mention::text)).containsExactlyInAnyOrder("A", "B", "C", "D", "E", "F");
    }
}
