package dev.or3.tck.reference.convex.deployment.database;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.reference.convex.deployment.Values;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The file that outlives a deployment: a line of JSON for each commit, written before the commit takes effect. It survives
 * the end of the process at any moment; a power cut may take the last lines. Nothing is ever taken out of it.
 */
public final class Journal implements AutoCloseable {
    private static final ObjectMapper MAPPER = Values.mapper();
    /** What every such file begins with. */
    private static final byte[] HEADER = "\"or3 convex stub 1\"\n".getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final OutputStream out;

    /**
     * Opens the file, or begins it.
     *
     * @throws UncheckedIOException if it cannot be used, or is another file
     */
    public Journal(Path file) {
        this.file = file;
        try {
            check(file);
            cutPartialLine(file);
            this.out = new FileOutputStream(file.toFile(), true);
            if (Files.size(file) == 0) {
                out.write(HEADER);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Journal() {
        this.file = null;
        this.out = OutputStream.nullOutputStream();
    }

    /** Keeps nothing. */
    public static Journal none() {
        return new Journal();
    }

    /**
     * Looks whether the file could be used, and changes nothing.
     *
     * @throws IOException saying in words what is wrong with it
     */
    public static void check(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new IOException("it is a folder");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("its folder does not exist");
        }
        if (!Files.exists(file)) {
            if (!Files.isWritable(folder)) {
                throw new IOException("its folder cannot be written to");
            }
            return;
        }
        if (!Files.isWritable(file)) {
            throw new IOException("it cannot be written to");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] beginning = in.readNBytes(HEADER.length);
            if (!Arrays.equals(beginning, Arrays.copyOf(HEADER, beginning.length))) {
                throw new IOException("it is another file, and no deployment's");
            }
        }
    }

    /** A process that was killed while it wrote leaves a line without its end: that commit was never told to anybody. */
    private static void cutPartialLine(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long end = bytes.length();
            while (end > 0) {
                bytes.seek(end - 1);
                if (bytes.read() == '\n') {
                    break;
                }
                end--;
            }
            bytes.setLength(end);
        }
    }

    /** Hands over each document, or its id and null where it was deleted, in the order of the commits. */
    void replay(BiConsumer<Long, Document> restore) {
        if (file == null) {
            return;
        }
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            for (String line; (line = lines.readLine()) != null; ) {
                for (JsonNode change : MAPPER.readTree(line)) {
                    long id = change.path("id").longValue();
                    restore.accept(id, change.path("fields") instanceof ObjectNode fields
                            ? new Document(change.path("table").textValue(), id, fields) : null);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The line for a commit. */
    byte[] line(Map<Long, Transaction.Change> changes) {
        if (file == null) {
            return new byte[0];
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = MAPPER.getFactory().createGenerator(line)) {
            json.writeStartArray();
            for (Map.Entry<Long, Transaction.Change> change : changes.entrySet()) {
                json.writeStartObject();
                json.writeNumberField("id", change.getKey());
                Document after = change.getValue().after();
                if (after != null) {
                    json.writeStringField("table", after.table());
                    json.writeFieldName("fields");
                    json.writeTree(after.fields());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toByteArray();
    }

    void append(byte[] line) {
        try {
            out.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
