package dev.or3.tck.api.tokens;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.shape.OrNull;

/**
 * The tokens component (TOK rules). Called by several threads at once, for several callers; a token goes to its caller only
 * (TOK-02).
 */
public interface Tokens {

    /**
     * A token as plain text, opaque or a JWT whose subject is the caller; null if nobody is signed in (TOK-01, -03).
     * Never an exception that tells anything about tokens or keys.
     */
    String getProviderToken(Caller caller, TokenRequest input);

    /**
     * @param providerId the backend that the token is for
     * @param template   the kind of token, or null
     */
    record TokenRequest(String providerId, @OrNull String template) {
    }
}
