package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.ProviderException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a caller is told when the database fails: the kind of failure, never SQL (ERR-01). The rest is logged. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger("dev.or3.tck.reference.sqlite");

    private Failures() {
    }

    static ProviderException of(Exception e) {
        if (e instanceof ProviderException known) {
            return known;
        }
        if (isBusy(e)) {
            return busy();
        }
        log(e);
        String kind = e instanceof SQLiteException known ? known.getResultCode().name() : "internal";
        return new ProviderException(500, "SERVER_ERROR", "the database failed (" + kind + ")", e);
    }

    static boolean isBusy(Exception e) {
        if (e instanceof SQLiteException known) {
            int primary = known.getResultCode().code & 0xff;
            return primary == SQLiteErrorCode.SQLITE_BUSY.code || primary == SQLiteErrorCode.SQLITE_LOCKED.code;
        }
        return false;
    }

    static ProviderException busy() {
        return new ProviderException(503, "BUSY", "the database is busy: try again");
    }

    static ProviderException closed() {
        return new ProviderException(503, "CLOSED", "the provider is closed");
    }

    static ProviderException unknown() {
        return new ProviderException(500, "SERVER_ERROR", "the database does not answer: whether it wrote is unknown");
    }

    static void log(Exception e) {
        if (e instanceof SQLException) {
            LOG.error("the database failed", e);
        } else {
            LOG.error("an unexpected failure", e);
        }
    }
}
