package dev.or3.tck.api.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of a rule. */
public enum Status {
    /** Its premise occurred and nothing contradicted it. */
    PASSED,
    /** A history contradicts it. */
    FAILED,
    /** The capability it is about is not declared, or the profile is older than the rule. */
    NOT_APPLICABLE,
    /** A control is missing, or its premise never occurred. */
    NOT_VERIFIABLE,
    /** The kit or the transport failed, not the provider. */
    ERROR;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonCreator
    public static Status of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
