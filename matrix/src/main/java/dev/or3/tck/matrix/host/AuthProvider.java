package dev.or3.tck.matrix.host;

import java.util.Optional;

/** Tells who sends a request. Called by several threads at once. */
public interface AuthProvider extends AutoCloseable {

    /** The account to which the credentials belong; empty if there are none, or none that are valid. Never throws. */
    Optional<Account> accountOf(Credentials credentials);

    @Override
    default void close() {
    }

    /**
     * What a request shows of who sends it.
     *
     * @param authorization the header of that name, or null
     * @param cookie        the header of that name, or null
     */
    record Credentials(String authorization, String cookie) {

        /** Never the values. */
        @Override
        public String toString() {
            return "Credentials[authorization=" + shown(authorization) + ", cookie=" + shown(cookie) + "]";
        }

        private static String shown(String value) {
            return value == null ? "none" : "…";
        }
    }

    /**
     * An account as the auth provider knows it.
     *
     * @param providerUserId its id there, compared exactly
     * @param email          or null
     * @param displayName    or null
     */
    record Account(String providerUserId, String email, String displayName) {
    }
}
