package dev.or3.tck.reference.sqlite;

import java.sql.SQLException;

/** Opens one more connection. */
@FunctionalInterface
interface SessionSource {
    Session open() throws SQLException;
}
