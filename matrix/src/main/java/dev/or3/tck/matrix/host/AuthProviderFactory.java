package dev.or3.tck.matrix.host;

import java.util.Map;

/**
 * Starts auth providers. Implementations are found by {@link java.util.ServiceLoader} and need a public constructor without
 * parameters.
 */
public interface AuthProviderFactory {

    /** The id by which it is selected, for example {@code basic-auth}. */
    String id();

    /**
     * Starts it.
     *
     * @param environment variables by name
     * @throws RuntimeException with a message that names the variable that is missing or wrong, and no secret
     */
    AuthProvider open(Map<String, String> environment);
}
