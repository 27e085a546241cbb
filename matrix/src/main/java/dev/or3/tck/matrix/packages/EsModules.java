package dev.or3.tck.matrix.packages;

import dev.or3.tck.matrix.source.Mention;
import dev.or3.tck.matrix.source.ModuleUse;
import dev.or3.tck.matrix.source.ModuleUse.Kind;
import dev.or3.tck.matrix.source.Place;
import dev.or3.tck.matrix.source.SourceFile;
import java.util.List;
import java.util.stream.Stream;

/** What an ES module must not do. Requirement: PKG-06. */
final class EsModules {
    private EsModules() {
    }

    /** One such thing. */
    record Fault(Check check, Place place, String text, String advice) {
    }

    /**
     * In a file that is an ES module.
     *
     * @param ofNuxt whether Nuxt loads it as a module, so that the directory of the process means nothing to it; a
     *               command may well ask for that
     */
    static List<Fault> faults(SourceFile module, boolean ofNuxt) {
        List<Mention> mentions = module.mentions();
        boolean makesRequire = mentions.stream().anyMatch(mention -> mention.kind() == Mention.Kind.REQUIRE_MAKER);
        Stream<Fault> requires = module.moduleUses().stream().filter(use -> !makesRequire && isRequire(use))
                .map(use -> new Fault(Check.NO_REQUIRE, use.place(), "uses require in an ES module, where there is none",
                        "Use import, or import.meta.resolve"));
        Stream<Fault> places = mentions.stream().filter(mention -> mention.kind() == Mention.Kind.FOREIGN_PLACE
                        || ofNuxt && mention.kind() == Mention.Kind.WORKING_DIRECTORY)
                .map(mention -> new Fault(Check.OWN_URL, mention.place(), "finds its files by " + mention.text(),
                        "Use createResolver(import.meta.url), or new URL('./file', import.meta.url)"));
        return Stream.concat(requires, places).toList();
    }

    private static boolean isRequire(ModuleUse use) {
        return use.kind() == Kind.REQUIRE || use.kind() == Kind.REQUIRE_RESOLVE;
    }
}
