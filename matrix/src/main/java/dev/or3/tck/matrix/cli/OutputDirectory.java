package dev.or3.tck.matrix.cli;

import dev.or3.tck.reports.ReportDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/** Where a campaign leaves what it found. Never where a report is already. */
final class OutputDirectory {
    private static final String FOR_FAILURES = "or3-tck-out";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final ReportDirectory reports;
    private final boolean made;

    private OutputDirectory(ReportDirectory reports, boolean made) {
        this.reports = reports;
        this.made = made;
    }

    /**
     * The directory that {@code --out} names; made if it is not there. Nothing in it is touched.
     *
     * @throws dev.or3.tck.reports.ReportException if it cannot be written, or holds a report
     */
    static OutputDirectory named(Path path) {
        for (String name : List.of(Evidence.FOLDER, KeptHistories.FOLDER)) {
            if (Files.exists(path.resolve(name))) {
                throw Trouble.usage(path + " already holds a report (" + name + "): name another --out, or move it away");
            }
        }
        boolean isNew = !Files.exists(path);
        return new OutputDirectory(ReportDirectory.open(path, false), isNew);
    }

    /** A directory for the failures of a campaign that was not told where to write: {@code or3-tck-out/TIME-PROVIDER}. */
    static OutputDirectory forFailures(Clock clock, String provider) {
        String name = TIME.format(clock.instant()) + "-" + provider.replaceAll("[^A-Za-z0-9._-]", "_");
        Path here = Path.of(FOR_FAILURES);
        Path parent = Files.isWritable(Files.exists(here) ? here : Path.of(".")) ? here
                : Path.of(System.getProperty("user.home"), FOR_FAILURES);
        Path path = parent.resolve(name);
        for (int i = 2; Files.exists(path); i++) {
            path = parent.resolve(name + "-" + i);
        }
        return new OutputDirectory(ReportDirectory.open(path, false), true);
    }

    ReportDirectory reports() {
        return reports;
    }

    Path path() {
        return reports.path();
    }

    /** Takes a directory away again that was made in vain. */
    void discardIfEmpty() {
        if (!made) {
            return;
        }
        try (Stream<Path> content = Files.list(path())) {
            if (content.findAny().isEmpty()) {
                Files.delete(path());
            }
        } catch (IOException e) {
            // An empty directory stays behind, which harms nobody.
        }
    }
}
