package dev.or3.tck.matrix.host;

import dev.or3.tck.api.Caller;
import dev.or3.tck.matrix.host.AuthProvider.Account;

/**
 * Who makes a request.
 *
 * @param provider the id of the auth provider
 * @param account  the account there
 * @param userId   the user to whom the workspaces map the account
 */
record Session(String provider, Account account, String userId) {

    /** The caller that providers are told of, in that workspace. */
    Caller in(String workspaceId) {
        return Caller.of(userId, workspaceId);
    }
}
