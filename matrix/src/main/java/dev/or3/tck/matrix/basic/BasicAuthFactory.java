package dev.or3.tck.matrix.basic;

import dev.or3.tck.matrix.host.AuthProvider;
import dev.or3.tck.matrix.host.AuthProviderFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Starts {@link BasicAuth} with the users that two variables name, at least one of which must be there. */
public final class BasicAuthFactory implements AuthProviderFactory {
    /** Takes {@code user:password}, separated by commas. */
    public static final String PASSWORDS = "OR3_BASIC_AUTH_PASSWORDS";
    /** Takes {@code user:token}, separated by commas. */
    public static final String TOKENS = "OR3_BASIC_AUTH_TOKENS";

    @Override
    public String id() {
        return "basic-auth";
    }

    @Override
    public AuthProvider open(Map<String, String> environment) {
        Map<String, String> passwords = pairs(environment, PASSWORDS);
        Map<String, String> tokens = pairs(environment, TOKENS);
        if (passwords.isEmpty() && tokens.isEmpty()) {
            throw new IllegalArgumentException("set " + PASSWORDS + " to user:password, or " + TOKENS
                    + " to user:token, several separated by commas");
        }
        return new BasicAuth(passwords, tokens);
    }

    private static Map<String, String> pairs(Map<String, String> environment, String variable) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : environment.getOrDefault(variable, "").split(",")) {
            int colon = pair.indexOf(':');
            if (colon > 0 && colon < pair.length() - 1) {
                pairs.put(pair.substring(0, colon).strip(), pair.substring(colon + 1).strip());
            } else if (!pair.isBlank()) {
                throw new IllegalArgumentException(variable + " must hold pairs with a colon between them, separated by"
                        + " commas: entry " + (Arrays.asList(environment.get(variable).split(",")).indexOf(pair) + 1)
                        + " is none");
            }
        }
        return pairs;
    }
}
