package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Profile;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code OR3_SQLITE_*} settings, checked (sqlite requirements 1.2, DUR-06).
 *
 * @param path        the database file; ignored in memory
 * @param inMemory    whether the database lives in this process only
 * @param journalMode what {@code PRAGMA journal_mode} is set to
 * @param synchronous what {@code PRAGMA synchronous} is set to
 * @param profile     the sync profile to serve
 * @param busyMillis  how long to wait for a lock that another process holds, in milliseconds
 * @param storageQuota how many bytes of files a workspace may store
 * @param files       whether files are stored at all
 * @param filesPort   where files are served on loopback; 0 for any free port
 * @param filesUrl    what the URLs of files begin with, where they are reached by another address; else null
 */
record Settings(Path path, boolean inMemory, String journalMode, String synchronous, Profile profile, int busyMillis,
        long storageQuota, boolean files, int filesPort, String filesUrl) {

    static final String DB_PATH = "OR3_SQLITE_DB_PATH";
    static final String STRICT = "OR3_SQLITE_STRICT";
    static final String ALLOW_IN_MEMORY = "OR3_SQLITE_ALLOW_IN_MEMORY";
    static final String JOURNAL_MODE = "OR3_SQLITE_PRAGMA_JOURNAL_MODE";
    static final String SYNCHRONOUS = "OR3_SQLITE_PRAGMA_SYNCHRONOUS";
    static final String PROFILE = "OR3_SQLITE_PROFILE";
    static final String BUSY_MILLIS = "OR3_SQLITE_BUSY_MILLIS";

    static final String STORAGE_QUOTA = "OR3_SQLITE_STORAGE_QUOTA_BYTES";
    static final String FILES = "OR3_SQLITE_FILES";
    static final String FILES_PORT = "OR3_SQLITE_FILES_PORT";
    static final String FILES_URL = "OR3_SQLITE_FILES_URL";

    private static final String PREFIX = "OR3_SQLITE_";
    private static final List<String> KNOWN =
            List.of(DB_PATH, STRICT, ALLOW_IN_MEMORY, JOURNAL_MODE, SYNCHRONOUS, PROFILE, BUSY_MILLIS,
                    STORAGE_QUOTA, FILES, FILES_PORT, FILES_URL);

    static final String DEFAULT_FILE = "or3.sqlite";
    private static final String MEMORY = ":memory:";
    private static final int DEFAULT_BUSY_MILLIS = 10_000;
    private static final long DEFAULT_QUOTA = 16L << 20;
    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    /**
     * @throws ProviderException naming the variable that is missing or wrong, and what to do
     */
    static Settings of(ProviderConfig config) {
        Map<String, String> given = config.settings();
        boolean strict = flag(given, STRICT);
        lookForMisspelt(given, strict);
        boolean allowInMemory = flag(given, ALLOW_IN_MEMORY);
        String path = given.getOrDefault(DB_PATH, "").strip();
        if (path.isEmpty() && strict) {
            throw wrong(DB_PATH + " is not set, and " + STRICT + " forbids a default:"
                    + " set it to the path of the database file");
        }
        boolean inMemory = path.equals(MEMORY);
        if (inMemory && !allowInMemory) {
            throw wrong(DB_PATH + " is " + MEMORY + ", which loses everything at the end of the process:"
                    + " set it to a file, or " + ALLOW_IN_MEMORY + "=true");
        }
        if (inMemory) {
            LOG.warn("{} is {}: everything is lost when this process ends", DB_PATH, MEMORY);
        }
        Path file = path.isEmpty() ? config.dataDirectory().resolve(DEFAULT_FILE) : inMemory ? null : parse(path);
        if (path.isEmpty()) {
            LOG.warn("{} is not set: using {}; set it, and {}=true, in production", DB_PATH, file.toAbsolutePath(), STRICT);
        }
        return new Settings(file == null ? null : file.toAbsolutePath().normalize(), inMemory,
                oneOf(given, JOURNAL_MODE, List.of("WAL", "DELETE", "TRUNCATE", "PERSIST")),
                oneOf(given, SYNCHRONOUS, List.of("NORMAL", "FULL", "EXTRA", "OFF")),
                profile(given), (int) number(given, BUSY_MILLIS, DEFAULT_BUSY_MILLIS, 999_999),
                number(given, STORAGE_QUOTA, DEFAULT_QUOTA, 999_999_999_999_999L),
                given.getOrDefault(FILES, "").isBlank() || flag(given, FILES),
                (int) number(given, FILES_PORT, 0, 65_535),
                url(given));
    }

    /** A setting that nobody reads is most likely a misspelt one. */
    private static void lookForMisspelt(Map<String, String> given, boolean strict) {
        for (String name : given.keySet()) {
            if (name.startsWith(PREFIX) && !KNOWN.contains(name)) {
                String what = name + " is no setting of this provider: the settings are " + String.join(", ", KNOWN);
                if (strict) {
                    throw wrong(what);
                }
                LOG.warn(what);
            }
        }
    }

    private static Path parse(String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw wrong(DB_PATH + " is no path: " + e.getReason());
        }
    }

    private static boolean flag(Map<String, String> given, String name) {
        String value = given.getOrDefault(name, "").strip().toLowerCase(Locale.ROOT);
        return switch (value) {
            case "true", "1", "yes", "on" -> true;
            case "", "false", "0", "no", "off" -> false;
            default -> throw wrong(name + " is '" + value + "': set it to true or false");
        };
    }

    /** The value in upper case; the first of the list if there is none. */
    private static String oneOf(Map<String, String> given, String name, List<String> allowed) {
        String value = given.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            return allowed.get(0);
        }
        if (!allowed.contains(value.toUpperCase(Locale.ROOT))) {
            throw wrong(name + " is '" + value + "': set it to one of " + String.join(", ", allowed));
        }
        return value.toUpperCase(Locale.ROOT);
    }

    private static Profile profile(Map<String, String> given) {
        String value = given.getOrDefault(PROFILE, "").strip();
        if (value.isEmpty()) {
            return Profile.V1_1;
        }
        try {
            return Profile.of(value);
        } catch (IllegalArgumentException e) {
            throw wrong(PROFILE + ": " + e.getMessage());
        }
    }

    private static long number(Map<String, String> given, String name, long unset, long most) {
        String value = given.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            return unset;
        }
        if (!value.matches("[0-9]{1,15}") || Long.parseLong(value) > most) {
            throw wrong(name + " is '" + value + "': set it to a whole number, 0 to " + most);
        }
        return Long.parseLong(value);
    }

    private static String url(Map<String, String> given) {
        String value = given.getOrDefault(FILES_URL, "").strip();
        if (!value.isEmpty() && !value.matches("https?://[^/?#]+")) {
            throw wrong(FILES_URL + " is '" + value + "': set it to http:// or https:// and a host, without a path");
        }
        return value.isEmpty() ? null : value;
    }

    static ProviderException wrong(String message) {
        return new ProviderException(500, "CONFIGURATION", message);
    }
}
