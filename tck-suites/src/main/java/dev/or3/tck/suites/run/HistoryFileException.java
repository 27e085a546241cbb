package dev.or3.tck.suites.run;

import java.io.IOException;
import java.nio.file.Path;

/** A file that cannot be read as a history. The message is one line that names the file and says what is wrong with it. */
public final class HistoryFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    HistoryFileException(Path file, Problem problem, String what) {
        super(file + " " + what);
        this.problem = problem;
    }

    HistoryFileException(Path file, Problem problem, String what, Throwable cause) {
        super(file + " " + what, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** What is wrong with the file. */
    public enum Problem {
        /** It is missing, a folder, or may not be read. */
        UNREADABLE,
        /** It was never a history. */
        NOT_A_HISTORY,
        /** A later kit wrote it. */
        NEWER_FORMAT,
        /** It ends too early. */
        TRUNCATED,
        /** Its bytes are not those that were written. */
        CORRUPT
    }
}
