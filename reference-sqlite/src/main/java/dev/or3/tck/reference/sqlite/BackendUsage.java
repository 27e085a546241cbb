package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.config.Configuration.Usage;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long operations of backends took, an hour to a row (CFG-11). Percentiles are exact to one in a hundred, the mean
 * to the microsecond.
 */
final class BackendUsage {
    private static final String HOUR = "SELECT histogram FROM backend_usage WHERE ws = ? AND hour = ?";
    private static final String SINCE = "SELECT operations, micros, histogram FROM backend_usage WHERE ws = ? AND hour >= ?";
    private static final String RECORD = "INSERT INTO backend_usage (ws, hour, operations, micros, histogram)"
            + " VALUES (?1, ?2, 1, ?3, ?4) ON CONFLICT (ws, hour) DO UPDATE"
            + " SET operations = operations + 1, micros = micros + ?3, histogram = ?4";

    private static final long LONGEST = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 2;
    private static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);

    private BackendUsage() {
    }

    static void record(Session session, long ws, long now, long micros) throws SQLException {
        long hour = Math.floorDiv(now, HOUR_MILLIS);
        Histogram histogram = new Histogram(LONGEST, DIGITS);
        try (ResultSet row = session.query(HOUR, ws, hour)) {
            if (row.next()) {
                histogram = decoded(row.getBytes(1));
            }
        }
        histogram.recordValue(Math.min(micros, LONGEST));
        session.update(RECORD, ws, hour, micros, encoded(histogram));
    }

    /** Of so many days back, to the hour. */
    static Usage since(Session session, long ws, long now, int days) throws SQLException {
        long operations = 0;
        long micros = 0;
        Histogram all = new Histogram(LONGEST, DIGITS);
        try (ResultSet row = session.query(SINCE, ws, Math.floorDiv(now - TimeUnit.DAYS.toMillis(days), HOUR_MILLIS))) {
            while (row.next()) {
                operations += row.getLong(1);
                micros += row.getLong(2);
                all.add(decoded(row.getBytes(3)));
            }
        }
        return operations == 0 ? new Usage(0, null, null, null, null) : new Usage(operations, micros / 1000.0 / operations,
                percentile(all, 50), percentile(all, 95), percentile(all, 99));
    }

    private static double percentile(Histogram histogram, double percent) {
        return histogram.getValueAtPercentile(percent) / 1000.0;
    }

    private static byte[] encoded(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        return Arrays.copyOf(buffer.array(), histogram.encodeIntoByteBuffer(buffer));
    }

    private static Histogram decoded(byte[] bytes) {
        return Histogram.decodeFromByteBuffer(ByteBuffer.wrap(bytes), 0);
    }
}
