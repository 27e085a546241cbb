package dev.or3.tck.matrix.clerk;

import dev.or3.tck.matrix.host.AuthProvider;
import dev.or3.tck.matrix.host.AuthProviderFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts {@link ClerkAuth} for the instance that a publishable key names. */
public final class ClerkAuthFactory implements AuthProviderFactory {
    /** Holds the domain of the instance, as Clerk hands it out. */
    public static final String PUBLISHABLE_KEY = "NUXT_PUBLIC_CLERK_PUBLISHABLE_KEY";
    /** An address in place of that domain: of a stand-in on this machine. */
    public static final String ISSUER = "OR3_CLERK_ISSUER";
    private static final Pattern KEY = Pattern.compile("pk_(?:test|live)_([A-Za-z0-9+/=]+)");
    private static final Pattern DOMAIN = Pattern.compile("([a-z0-9.-]+)\\$");
    private static final Pattern ADDRESS = Pattern.compile(
            "https://[^/]+|http://(?:127\\.0\\.0\\.1|localhost|\\[::1\\])(?::\\d+)?");

    @Override
    public String id() {
        return "clerk";
    }

    @Override
    public AuthProvider open(Map<String, String> environment) {
        String issuer = environment.getOrDefault(ISSUER, "");
        if (issuer.isBlank()) {
            return ClerkAuth.of(URI.create("https://" + domain(environment.getOrDefault(PUBLISHABLE_KEY, ""))));
        }
        if (!ADDRESS.matcher(issuer).matches()) {
            throw new IllegalArgumentException(ISSUER + " must be an https address, or http on this machine,"
                    + " without a path");
        }
        return ClerkAuth.of(URI.create(issuer));
    }

    private static String domain(String key) {
        Matcher parts = KEY.matcher(key);
        if (parts.matches()) {
            try {
                byte[] decoded = Base64.getDecoder().decode(parts.group(1));
                Matcher domain = DOMAIN.matcher(new String(decoded, StandardCharsets.UTF_8));
                if (domain.matches()) {
                    return domain.group(1);
                }
            } catch (IllegalArgumentException e) {
                // Told below: what is no base 64 is no key.
            }
        }
        throw new IllegalArgumentException(key.isBlank() ? PUBLISHABLE_KEY + " is not set"
                : PUBLISHABLE_KEY + " is no publishable key: copy it from the dashboard, it begins with pk_test_ or"
                        + " pk_live_");
    }
}
