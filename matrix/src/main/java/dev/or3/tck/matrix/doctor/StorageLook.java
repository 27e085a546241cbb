package dev.or3.tck.matrix.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files in the data directory; of SQLite's, what their header tells. */
final class StorageLook {
    private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 100;

    private StorageLook() {
    }

    static List<Finding> look(Path data) {
        List<Finding> findings = new ArrayList<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                findings.addAll(sqlite(data.relativize(file).toString(), file));
            }
        } catch (IOException e) {
            findings.add(Finding.warn("storage", "the data directory cannot be read: " + e, "see its permissions"));
        }
        return findings;
    }

    /** See <a href="https://www.sqlite.org/fileformat.html">the file format</a> for the places in the header. */
    private static List<Finding> sqlite(String name, Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(HEADER);
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER || !header.slice(0, SQLITE.length).equals(ByteBuffer.wrap(SQLITE))) {
            return List.of();
        }
        int pageSize = header.getShort(16) == 1 ? 65536 : header.getShort(16);
        boolean wal = header.get(18) == 2;
        String text = name + ": SQLite database, journal " + (wal ? "WAL" : "rollback") + ", pages of " + pageSize
                + " bytes, user_version " + header.getInt(60);
        return List.of(wal ? Finding.ok("storage", text)
                : Finding.warn("storage", text, "readers wait for the writer without WAL: PRAGMA journal_mode=WAL"));
    }
}
