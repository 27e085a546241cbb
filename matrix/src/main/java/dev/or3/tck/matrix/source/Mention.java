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
        /** A path from the file itself that {@code resolve('./…')} of a resolver is asked for. */
        RESOLVED_PATH,
        /** What only CommonJS has, or where the process was started: {@code __dirname}, {@code process.cwd()}. */
        FOREIGN_PLACE,
        /** A function that makes {@code require} in a module by right: {@code createRequire}. */
        REQUIRE_MAKER,
        /** A call that writes files: {@code writeFile}, {@code cp} and their kin. */
        WRITING_CALL
    }
}
