package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Profile;
import dev.or3.tck.suites.backend.KitEnvironment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The settings of the memory provider, by the names of their variables.
 *
 * @param profile      {@code OR3_MEMORY_PROFILE}, or3-sync/1.1 if unset
 * @param faults       {@code OR3_MEMORY_FAULT}, ids of faults separated by commas
 * @param variants     {@code OR3_MEMORY_VARIANT}, names of permitted differences separated by commas
 * @param limits       {@code OR3_MEMORY_MAX_OPS}, {@code _MAX_PULL}, {@code _MAX_PAYLOAD_BYTES}, {@code _MIN_RETENTION},
 *                     {@code _SNAPSHOT_SECONDS}, {@code _STORAGE_QUOTA}
 * @param strictSchema {@code OR3_MEMORY_STRICT_SCHEMA}: refuse unknown fields and incomplete records
 * @param path         {@code OR3_MEMORY_PATH}: the file that stands for the database, or null
 * @param strict       {@code OR3_MEMORY_STRICT}: refuse to start without a path
 * @param clockOffset  {@code OR3_TCK_CLOCK_OFFSET}: seconds ahead of real time
 * @param environment  what the config component is told, by its own names: without {@code ENCRYPTION_KEY} there is none
 */
record MemorySettings(Profile profile, List<String> faults, List<String> variants, Limits limits, boolean strictSchema,
        String path, boolean strict, long clockOffset, Map<String, String> environment) {

    static final String FAULT = "OR3_MEMORY_FAULT";
    static final String VARIANT = "OR3_MEMORY_VARIANT";
    static final String PROFILE = "OR3_MEMORY_PROFILE";
    static final String PATH = "OR3_MEMORY_PATH";
    static final String STRICT = "OR3_MEMORY_STRICT";

    /**
     * @throws IllegalArgumentException naming the variable whose value is wrong
     */
    static MemorySettings of(Map<String, String> settings) {
        return new MemorySettings(
                profile(settings.getOrDefault(PROFILE, Profile.V1_1.wireName())),
                list(settings, FAULT), list(settings, VARIANT),
                new Limits(integer(settings, "OR3_MEMORY_MAX_OPS", 100), integer(settings, "OR3_MEMORY_MAX_PULL", 100),
                        integer(settings, "OR3_MEMORY_MAX_PAYLOAD_BYTES", 64 * 1024),
                        (long) integer(settings, "OR3_MEMORY_MIN_RETENTION", 0), null,
                        (long) integer(settings, "OR3_MEMORY_SNAPSHOT_SECONDS", 3600), null, null, null,
                        (long) integer(settings, "OR3_MEMORY_STORAGE_QUOTA", 2 * 1024 * 1024)),
                flag(settings, "OR3_MEMORY_STRICT_SCHEMA"),
                settings.get(PATH), flag(settings, STRICT), integer(settings, "OR3_TCK_CLOCK_OFFSET", 0), environment(settings));
    }

    boolean configures() {
        return environment.containsKey(KitEnvironment.KEY);
    }

    private static Map<String, String> environment(Map<String, String> settings) {
        return settings.entrySet().stream().filter(setting -> KitEnvironment.NAMES.contains(setting.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    boolean isV11() {
        return profile.includes(Profile.V1_1);
    }

    private static Profile profile(String value) {
        try {
            return Profile.of(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PROFILE + ": " + e.getMessage());
        }
    }

    private static List<String> list(Map<String, String> settings, String name) {
        return Arrays.stream(settings.getOrDefault(name, "").split(",")).map(String::strip)
                .filter(id -> !id.isEmpty()).toList();
    }

    private static int integer(Map<String, String> settings, String name, int unset) {
        String value = settings.get(name);
        if (value == null) {
            return unset;
        }
        try {
            return Integer.parseUnsignedInt(value.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, 0 or more, not '" + value + "'");
        }
    }

    private static boolean flag(Map<String, String> settings, String name) {
        String value = settings.getOrDefault(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(name + " must be true or false, not '" + value + "'");
        }
        return value.equals("true");
    }
}
