package dev.or3.tck.reports;

/** A report cannot be read or written. The message is one line that names the file and says what to do. */
public final class ReportException extends RuntimeException {
    public ReportException(String message) {
        super(message);
    }

    public ReportException(String message, Throwable cause) {
        super(message, cause);
    }
}
