package dev.or3.tck.api.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The verdict of a whole certification. */
public enum Conclusion {
    /** No must rule failed, none is in error, and the core groups PUSH, PULL and LWW are verified. */
    CERTIFIED,
    /** A must rule failed. */
    NOT_CERTIFIED,
    /** Nothing failed, but a core group was not verified, or nothing was checked, or the kit failed. */
    INCONCLUSIVE;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonCreator
    public static Conclusion of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
