package dev.or3.tck.reports;

import dev.or3.tck.api.result.Report;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory that receives every format. Opened before a certification, so that a directory that cannot be used is
 * found at once and not at its end. Files appear whole, {@code report.json} last: where it is, the others are of the same
 * report.
 */
public final class ReportDirectory {
    private static final List<String> CONTENT =
            List.of(JsonReport.FILE_NAME, HtmlReport.FILE_NAME, JUnitReport.FILE_NAME, AllureReport.FOLDER_NAME);

    private final Path directory;

    private ReportDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes sure that reports can be written to a directory, and creates it if need be.
     *
     * @param overwrite whether a report that is already there may be replaced
     * @throws ReportException if it is a file, cannot be created or written, or holds a report that must not be replaced
     */
    public static ReportDirectory open(Path directory, boolean overwrite) {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new ReportException(directory + " is not a directory: name another --out");
        }
        if (!overwrite) {
            for (String name : CONTENT) {
                if (Files.exists(directory.resolve(name))) {
                    throw new ReportException(directory + " already holds a report (" + name
                            + "): name another --out, or move it away");
                }
            }
        }
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, ".or3-tck-", ".probe"));
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
        return new ReportDirectory(directory);
    }

    /** The directory. */
    public Path path() {
        return directory;
    }

    /**
     * Writes every format, replacing what is there.
     *
     * @throws ReportException if the directory can no longer be written
     */
    public void write(Report report) {
        try {
            Files.deleteIfExists(directory.resolve(JsonReport.FILE_NAME));
            writeAllure(report);
            writeFile(JUnitReport.FILE_NAME, JUnitReport.render(report));
            writeFile(HtmlReport.FILE_NAME, HtmlReport.render(report));
            writeFile(JsonReport.FILE_NAME, JsonReport.render(report));
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    private void writeFile(String name, String text) throws IOException {
        Path whole = Files.createTempFile(directory, "." + name, ".part");
        try {
            Files.writeString(whole, text);
            whole.toFile().setReadable(true, false);
            move(whole, directory.resolve(name));
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private void writeAllure(Report report) throws IOException {
        Path whole = Files.createTempDirectory(directory, "." + AllureReport.FOLDER_NAME);
        try {
            AllureReport.write(report, whole);
            Path target = directory.resolve(AllureReport.FOLDER_NAME);
            delete(target);
            Files.move(whole, target);
            target.toFile().setReadable(true, false);
            target.toFile().setExecutable(true, false);
        } finally {
            delete(whole);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static ReportException unwritable(Path directory, IOException e) {
        String why = e instanceof FileAlreadyExistsException ? e.getMessage() + " is in the way"
                : String.valueOf(e.getMessage());
        return new ReportException(directory + " cannot be written (" + Visible.line(why, 200) + "): name another --out", e);
    }
}
