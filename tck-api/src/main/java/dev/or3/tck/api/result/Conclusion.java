package dev.or3.tck.api.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The verdict of a whole certification. */
public enum Conclusion {
    /** No must rule failed, none is in error, and the core groups PUSH, PULL and LWW are verified. */
    CERTIFIED(0),
    /** A must rule failed. */
    NOT_CERTIFIED(1),
    /** The kit or the transport failed before a verdict was possible. */
    ERROR(3),
    /** Nothing failed, but a core group was not verified, or nothing was checked. */
    INCONCLUSIVE(4);

    private final int exitCode;

    Conclusion(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The exit code of the command line. */
    public int exitCode() {
        return exitCode;
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonCreator
    public static Conclusion of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
