package dev.or3.tck.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The versions of the sync contract. A rule says from which profile on it applies. */
public enum Profile {
    /** What the seed requirements ask for: last writer wins by clock, then hlc. */
    V1_0("or3-sync/1.0"),
    /** Adds the tie-break by op id, {@code applied}, snapshots and the signals for collected history. */
    V1_1("or3-sync/1.1");

    private final String wireName;

    Profile(String wireName) {
        this.wireName = wireName;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }

    public boolean includes(Profile other) {
        return compareTo(other) >= 0;
    }

    /**
     * @throws IllegalArgumentException naming the known profiles if there is none of that name
     */
    @JsonCreator
    public static Profile of(String wireName) {
        for (Profile profile : values()) {
            if (profile.wireName.equals(wireName)) {
                return profile;
            }
        }
        throw new IllegalArgumentException(
                "unknown profile '" + wireName + "': known are or3-sync/1.0 and or3-sync/1.1");
    }
}
