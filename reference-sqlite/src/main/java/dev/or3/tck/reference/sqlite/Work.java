package dev.or3.tck.reference.sqlite;

import java.sql.SQLException;

/**
 * What is done in one transaction. It may run again after a failure, so it changes nothing but the database.
 */
@FunctionalInterface
interface Work<T> {

    /**
     * @throws dev.or3.tck.api.ProviderException to refuse, before anything was written
     */
    T run(Session session) throws SQLException;
}
