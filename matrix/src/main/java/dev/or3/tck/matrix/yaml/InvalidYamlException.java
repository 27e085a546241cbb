package dev.or3.tck.matrix.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** A file is no YAML, or not what its schema asks for. */
public final class InvalidYamlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Complaint> complaints;

    InvalidYamlException(List<Complaint> complaints, Throwable cause) {
        super(complaints.stream().map(Complaint::toString).collect(Collectors.joining("; ")), cause);
        this.complaints = List.copyOf(complaints);
    }

    /**
     * One thing that is wrong.
     *
     * @param line   from 1
     * @param column from 1
     * @param text   what is wrong, in words
     */
    public record Complaint(int line, int column, String text) {
        @Override
        public String toString() {
            return line + ":" + column + ": " + text;
        }
    }

    /** All that is wrong, in the order of the file; not empty. */
    public List<Complaint> complaints() {
        return complaints;
    }
}
