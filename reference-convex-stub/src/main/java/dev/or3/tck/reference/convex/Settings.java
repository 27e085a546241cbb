package dev.or3.tck.reference.convex;

import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.reference.convex.deployment.Weather;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of the provider, checked.
 *
 * @param url       where the deployment is; null for the stub
 * @param adminKey  its key, or null
 * @param stub     the file in which the stub keeps its state; null for nowhere
 * @param controls  whether the deployment has the functions {@code tck:…}
 * @param weather   the stub's
 */
record Settings(URI url, String adminKey, Path stub, boolean controls, Weather weather) {
    static final String URL = "VITE_CONVEX_URL";
    static final String ADMIN_KEY = "CONVEX_SELF_HOSTED_ADMIN_KEY";
    static final String STUB_PATH = "OR3_CONVEX_STUB_PATH";
    static final String STRICT = "OR3_CONVEX_STRICT";
    static final String ALLOW_IN_MEMORY = "OR3_CONVEX_ALLOW_IN_MEMORY";
    static final String CONTROLS = "OR3_CONVEX_CONTROLS";
    static final String WEATHER = "OR3_CONVEX_STUB_WEATHER";

    private static final String STUB_FILE = "convex.jsonl";
    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    /**
     * @throws ProviderException naming the variable that is missing or wrong, and what to do
     */
    static Settings of(ProviderConfig config) {
        Map<String, String> given = config.settings();
        String url = given.getOrDefault(URL, "").strip();
        String adminKey = given.getOrDefault(ADMIN_KEY, "").strip();
        if (!url.isEmpty()) {
            return new Settings(parsed(url), adminKey.isEmpty() ? null : adminKey, null, flag(given, CONTROLS, false), null);
        }
        String path = given.getOrDefault(STUB_PATH, "").strip();
        if (path.isEmpty() && flag(given, STRICT, false)) {
            throw wrong(URL + " is not set, and " + STRICT + " forbids a deployment that is only played: set it to the URL"
                    + " of the deployment, such as https://NAME.convex.cloud, or " + STUB_PATH + " to a file, for tests");
        }
        LOG.warn("{} is not set: a deployment is played; set it, and {}=true, in production", URL, STRICT);
        return new Settings(null, null, stub(config, path), flag(given, CONTROLS, true), weather(given));
    }

    private static Path stub(ProviderConfig config, String path) {
        if (path.isEmpty()) {
            return flag(config.settings(), ALLOW_IN_MEMORY, false) ? null : config.dataDirectory().resolve(STUB_FILE);
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw wrong(STUB_PATH + " is no path: " + e.getReason());
        }
    }

    /** Where the deployment is, without what else a URL may carry. */
    String place() {
        String port = url == null || url.getPort() < 0 ? "" : ":" + url.getPort();
        return url == null ? "stub" : url.getScheme() + "://" + url.getHost() + port;
    }

    /** Whether all is lost at the end of the process. */
    boolean isInMemory() {
        return url == null && stub == null;
    }

    private static URI parsed(String url) {
        try {
            URI parsed = URI.create(url);
            if (parsed.getHost() != null && ("http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme()))) {
                return parsed;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw wrong(URL + " is no http or https URL: set it to one such as https://NAME.convex.cloud");
    }

    private static Weather weather(Map<String, String> given) {
        String value = given.getOrDefault(WEATHER, "").strip();
        if (value.isEmpty() || value.equals("calm")) {
            return Weather.calm();
        }
        if (value.matches("rough(:[0-9]{1,18})?")) {
            return Weather.rough(value.length() > 6 ? Long.parseLong(value.substring(6)) : 1);
        }
        throw wrong(WEATHER + " is '" + value + "': set it to calm, rough, or rough:SEED");
    }

    private static boolean flag(Map<String, String> given, String name, boolean otherwise) {
        return switch (given.getOrDefault(name, "").strip().toLowerCase(Locale.ROOT)) {
            case "" -> otherwise;
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw wrong(name + " is '" + given.get(name) + "': set it to true or false");
        };
    }

    static ProviderException wrong(String message) {
        return new ProviderException(500, "CONFIGURATION", message);
    }
}
