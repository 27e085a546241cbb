package dev.or3.tck.suites.run;

import dev.or3.tck.suites.run.HistoryFileException.Problem;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Histories in files, so that anyone can judge them again later without the provider. Stateless and safe for use by several
 * threads.
 *
 * <p>The compact form begins with {@code OR3-HIST} and the format's version, a byte. Frames follow: header, operations,
 * the events, and a footer with the counts of both. A frame is its kind (1 byte), the length of its content (4) and the
 * CRC32C of all of it (4), then the content. Numbers are varints, mostly differences to what came before; texts that are
 * likely to come again are written once. Each operation is written once, and a page as runs of consecutive versions that
 * refer to operations: through the log as earlier events told it, directly, or row by row where an answer differs from
 * everything sent. A frame never splits an operation or an event.
 *
 * <p>The readable form is JSON lines: the header, each operation, each event, the counts. Both read back as equal histories.
 */
public final class HistoryFile {
    /** What the names of compact files end with. */
    public static final String SUFFIX = ".or3history";

    private static final int BUFFER = 1 << 16;

    private HistoryFile() {
    }

    /** Writes the compact form. The stream stays open. */
    public static void write(History history, OutputStream stream) throws IOException {
        new HistoryEncoder(history, stream).write();
        stream.flush();
    }

    /** Writes the compact form, over whatever the file holds. */
    public static void write(History history, Path file) throws IOException {
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            write(history, stream);
        }
    }

    /** Writes the readable form, over whatever the file holds. */
    public static void exportJsonLines(History history, Path file) throws IOException {
        try (Writer writer = new OutputStreamWriter(new BufferedOutputStream(Files.newOutputStream(file), BUFFER),
                StandardCharsets.UTF_8)) {
            exportJsonLines(history, writer);
        }
    }

    /** Writes the readable form. The writer stays open. */
    public static void exportJsonLines(History history, Writer writer) throws IOException {
        HistoryLines.write(history, writer);
        writer.flush();
    }

    /**
     * Reads a history of either form.
     *
     * @throws HistoryFileException if the file is missing, no history, of a newer format, cut off or corrupt
     */
    public static History read(Path file) throws HistoryFileException {
        if (Files.isDirectory(file)) {
            throw new HistoryFileException(file, Problem.UNREADABLE, "is a folder, not a history");
        }
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            return read(file, stream, Files.size(file));
        } catch (HistoryFileException e) {
            throw e;
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new HistoryFileException(file, Problem.UNREADABLE, "does not exist", e);
        } catch (AccessDeniedException e) {
            throw new HistoryFileException(file, Problem.UNREADABLE, "may not be read", e);
        } catch (IOException e) {
            throw new HistoryFileException(file, Problem.UNREADABLE, "cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads what a file holds. */
    static History read(Path file, InputStream stream, long size) throws IOException {
        stream.mark(1);
        int first = stream.read();
        stream.reset();
        return first == '{' ? HistoryLines.read(file, stream)
                : new HistoryDecoder(new FrameReader(file, stream, size)).read();
    }
}
