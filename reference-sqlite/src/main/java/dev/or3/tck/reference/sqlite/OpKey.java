package dev.or3.tck.reference.sqlite;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/**
 * How the table of operations keeps op ids: as 16 bytes, which makes that ever-growing index less than half as large. Ids
 * that are not spelt in lower case are kept as the text they are, and so stay different (PUSH-02).
 */
final class OpKey {
    private OpKey() {
    }

    static void set(PreparedStatement statement, int parameter, String opId) throws SQLException {
        UUID uuid = UUID.fromString(opId);
        if (uuid.toString().equals(opId)) {
            statement.setBytes(parameter, ByteBuffer.allocate(16).putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits()).array());
        } else {
            statement.setString(parameter, opId);
        }
    }
}
