package dev.or3.tck.suites.backend;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * What the kit tells a provider that it starts, unless whoever certifies it says otherwise: a fresh key for encryption, and
 * a default backend, which the kit plays. Immutable.
 *
 * @param variables by name; empty where no backend can be played
 */
public record KitEnvironment(Map<String, String> variables) {
    public static final KitEnvironment NONE = new KitEnvironment(Map.of());

    /** 32 bytes in hex, which credentials are encrypted with. */
    public static final String KEY = "ENCRYPTION_KEY";
    /** The type of the default backend. */
    public static final String BACKEND = "BACKEND_PROVIDER";

    /** The names that the config component heeds, those of the other default backends included. */
    public static final Set<String> NAMES = Set.of(KEY, "ENCRYPTION_KEY_PREVIOUS", BACKEND, "CONVEX_DEPLOYMENT_URL",
            "CONVEX_DEPLOYMENT_NAME", "WORDPRESS_URL", "WORDPRESS_USERNAME", "WORDPRESS_APP_PASSWORD", "NOTION_TOKEN",
            "NOTION_DATABASE_ID", "SUPABASE_URL", "SUPABASE_ANON_KEY", "SUPABASE_SERVICE_KEY");

    private static final int KEY_BYTES = 32;

    public KitEnvironment {
        variables = Map.copyOf(variables);
    }

    /** For one target, whose instances all have the same. */
    public static KitEnvironment fresh() {
        return PlayedBackends.shared().map(played -> new KitEnvironment(Map.of(KEY, freshKey(),
                BACKEND, PlayedBackends.DEFAULT_TYPE, "CONVEX_DEPLOYMENT_URL", played.address(PlayedBackends.DEFAULT),
                "CONVEX_DEPLOYMENT_NAME", "prod:" + PlayedBackends.DEFAULT))).orElse(NONE);
    }

    /** A key that nobody had before. */
    public static String freshKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    /** Only what those given leave open: who names a backend or a key has chosen. */
    public KitEnvironment beside(Map<String, String> given) {
        Map<String, String> left = new HashMap<>(variables);
        if (given.containsKey(BACKEND)) {
            left.keySet().retainAll(Set.of(KEY));
        }
        left.keySet().removeAll(given.keySet());
        return new KitEnvironment(left);
    }

    /** Those given, and these. */
    public Map<String, String> with(Map<String, String> given) {
        Map<String, String> all = new HashMap<>(variables);
        all.putAll(given);
        return all;
    }

    /** Whether the default backend is the one that the kit plays. */
    public boolean choosesBackend() {
        return variables.containsKey(BACKEND);
    }
}
