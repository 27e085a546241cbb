package dev.or3.tck.reference.sqlite;

import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.Function;

/**
 * The SQL function {@value #NAME}: a text as a search sees it, whatever its case. SQLite's own {@code upper} knows ASCII only.
 */
final class Folding extends Function {
    static final String NAME = "folded";

    /** Upper case, because lower case depends on where in a word a letter stands. */
    static String fold(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    @Override
    protected void xFunc() throws SQLException {
        String text = value_text(0);
        if (text == null) {
            result();
        } else {
            result(fold(text));
        }
    }
}
