package dev.or3.tck.matrix.cli;

/** The exit codes of the command line. */
final class ExitCode {
    /** Certified; or the command did what it was asked to. */
    static final int OK = 0;
    /** A must rule failed, or a counterexample came back. */
    static final int FAILED = 1;
    /** Wrong usage or configuration. */
    static final int USAGE = 2;
    /** The provider cannot be reached, or the kit failed. */
    static final int UNREACHABLE = 3;
    /** Nothing failed, but not enough was verified. */
    static final int INCONCLUSIVE = 4;

    private ExitCode() {
    }
}
