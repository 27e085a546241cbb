package dev.or3.tck.matrix.source;

/**
 * A place in a file. Columns count Unicode code points.
 *
 * @param line      from 1
 * @param column    from 1
 * @param endColumn behind the last character, in the same line; 0 if the place has no known end
 */
public record Place(int line, int column, int endColumn) {
    /** Where something is said of a file as a whole. */
    public static final Place TOP = new Place(1, 1, 0);

    /** A line as a whole. */
    public static Place line(int line) {
        return new Place(line, 1, 0);
    }
}
