package dev.or3.tck.matrix.source;

/**
 * One place where a file names another module.
 *
 * @param kind      how
 * @param specifier the module as it is written, escapes resolved; where it is computed, only the known beginning
 * @param whole     whether the specifier is known to its end
 * @param place     where it stands
 */
public record ModuleUse(Kind kind, String specifier, boolean whole, Place place) {

    /** The ways to name a module. */
    public enum Kind {
        /** {@code import x from 'm'}, {@code import 'm'}, {@code import x = require('m')}. */
        IMPORT("import", true),
        /** {@code import type x from 'm'}. */
        TYPE_IMPORT("type-only import", false),
        /** {@code export … from 'm'}. */
        RE_EXPORT("re-export", true),
        /** {@code export type … from 'm'}. */
        TYPE_RE_EXPORT("type-only re-export", false),
        /** {@code import('m').T} where a type stands. */
        IMPORTED_TYPE("type of an import", false),
        /** {@code import('m')}. */
        DYNAMIC_IMPORT("dynamic import", true),
        /** {@code require('m')}. */
        REQUIRE("require", true),
        /** {@code require.resolve('m')}. */
        REQUIRE_RESOLVE("require.resolve", true),
        /** {@code import.meta.resolve('m')}. */
        META_RESOLVE("import.meta.resolve", true),
        /** {@code vi.mock('m')} and its kin. */
        MOCK("mock", true),
        /** {@code <script src="m">} in a Vue file. */
        SCRIPT_SOURCE("script source", true);

        private final String words;
        private final boolean atRunTime;

        Kind(String words, boolean atRunTime) {
            this.words = words;
            this.atRunTime = atRunTime;
        }

        /** For people. */
        public String words() {
            return words;
        }

        /** Whether the module must be there when the code runs, not only when it is compiled. */
        public boolean atRunTime() {
            return atRunTime;
        }
    }
}
