package dev.or3.tck.reference.convex.deployment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.UnaryOperator;

/**
 * Whom a request speaks for.
 *
 * @param adminKey the deployment's key
 * @param subjects the user whom a bearer token names, or null
 */
record Identities(String adminKey, UnaryOperator<String> subjects) {

    /**
     * @param admitted whether the request may go on
     * @param user     the user of a token; null with the deployment's key
     */
    record Identity(boolean admitted, String user) {
    }

    Identity of(String authorization) {
        if (authorization != null && authorization.startsWith("Convex ")) {
            return new Identity(MessageDigest.isEqual(bytes(authorization.substring("Convex ".length())), bytes(adminKey)),
                    null);
        }
        String user = authorization != null && authorization.startsWith("Bearer ")
                ? subjects.apply(authorization.substring("Bearer ".length())) : null;
        return new Identity(user != null, user);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
