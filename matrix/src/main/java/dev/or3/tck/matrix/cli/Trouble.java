package dev.or3.tck.matrix.cli;

/** Ends a command with one line for the reader, which says what is wrong and what to do, and an exit code. */
final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Trouble(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Wrong usage or configuration. */
    static Trouble usage(String message) {
        return new Trouble(ExitCode.USAGE, message, null);
    }

    static Trouble usage(String message, Throwable cause) {
        return new Trouble(ExitCode.USAGE, message, cause);
    }

    /** The provider cannot be reached. */
    static Trouble unreachable(String message, Throwable cause) {
        return new Trouble(ExitCode.UNREACHABLE, message, cause);
    }

    /** The kit failed. */
    static Trouble failed(String message, Throwable cause) {
        return new Trouble(ExitCode.UNREACHABLE, message, cause);
    }

    int exitCode() {
        return exitCode;
    }
}
