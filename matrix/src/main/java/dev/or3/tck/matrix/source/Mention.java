package dev.or3.tck.matrix.source;

/**
 * Something that code says and that packages are judged by.
 *
 * @param kind  what
 * @param text  the word itself
 * @param place where it stands
 */
public record Mention(Kind kind, String text, Place place) {

    /** What is told of code beside the modules it names. */
    public enum Kind {
        /** A text of its own, wherever it stands; also one that names a module. */
        STRING,
        /** A variable of the environment: {@code process.env.X}, {@code import.meta.env.X}. */
        ENVIRONMENT_VARIABLE,
        /** A path that {@code resolve('./…')} is asked for: from the file itself, if the file has a resolver. */
        RESOLVED_PATH,
        /** What makes such a resolver: {@code createResolver}. */
        RESOLVER_MAKER,
        /** A place that only CommonJS has: {@code __dirname}, {@code __filename}. */
        FOREIGN_PLACE,
        /** Where the process was started: {@code process.cwd()}. */
        WORKING_DIRECTORY,
        /** A function that makes {@code require} in a module by right: {@code createRequire}. */
        REQUIRE_MAKER,
        /** A call that writes files: {@code writeFile}, {@code cp} and their kin. */
        WRITING_CALL
    }
}
