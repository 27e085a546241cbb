package dev.or3.tck.api.catalogue;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How binding a rule is. Only a failed must keeps a provider from being certified. */
public enum Level {
    MUST, SHOULD;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
