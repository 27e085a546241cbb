package dev.or3.tck.matrix.cli;

import dev.or3.tck.suites.certify.Progress;
import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.HistoryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps every history of a campaign in a file, with the verdict beside it, and passes everything on. Used by one thread. */
final class KeptHistories implements Progress {
    static final String FOLDER = "histories";

    private final Path folder;
    private final Progress next;
    private int count;

    KeptHistories(Path out, Progress next) {
        this.folder = out.resolve(FOLDER);
        this.next = next;
    }

    @Override
    public void update(State state) {
        next.update(state);
    }

    @Override
    public void judged(History history, Verdict verdict) {
        String name = String.format("%06d-%s", ++count, history.header().name().replaceAll("[^A-Za-z0-9._-]", "_"));
        try {
            Files.createDirectories(folder);
            HistoryFile.write(history, folder.resolve(name + HistoryFile.SUFFIX));
            Files.writeString(folder.resolve(name + Evidence.VERDICT_SUFFIX), CheckCommand.text(verdict));
        } catch (IOException e) {
            throw new UncheckedIOException("the histories cannot be kept in " + folder, e);
        }
        next.judged(history, verdict);
    }
}
