package dev.or3.tck.matrix.basic;

import dev.or3.tck.matrix.host.AuthProvider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Users by HTTP basic authentication, or by a bearer token. Immutable. */
final class BasicAuth implements AuthProvider {
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    private final Map<String, String> passwords;
    private final Map<String, String> tokens;

    BasicAuth(Map<String, String> passwords, Map<String, String> tokens) {
        this.passwords = Map.copyOf(passwords);
        this.tokens = Map.copyOf(tokens);
    }

    @Override
    public Optional<Account> accountOf(Credentials credentials) {
        String given = credentials.authorization();
        if (given == null) {
            return Optional.empty();
        }
        if (given.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            String token = given.substring(BEARER.length()).strip();
            return tokens.entrySet().stream().filter(entry -> isSame(entry.getValue(), token)).findFirst()
                    .map(entry -> account(entry.getKey()));
        }
        return given.regionMatches(true, 0, BASIC, 0, BASIC.length()) ? byPassword(given.substring(BASIC.length()).strip())
                : Optional.empty();
    }

    private Optional<Account> byPassword(String encoded) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        String user = colon < 0 ? pair : pair.substring(0, colon);
        String password = passwords.get(user);
        return colon >= 0 && password != null && isSame(password, pair.substring(colon + 1))
                ? Optional.of(account(user)) : Optional.empty();
    }

    private static Account account(String user) {
        return new Account(user, user.contains("@") ? user : null, user);
    }

    /** In a time that does not tell how much is the same. */
    private static boolean isSame(String secret, String given) {
        return MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
