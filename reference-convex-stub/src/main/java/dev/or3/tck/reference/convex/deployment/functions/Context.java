package dev.or3.tck.reference.convex.deployment.functions;

import dev.or3.tck.reference.convex.deployment.database.Transaction;

/**
 * What a function runs with.
 *
 * @param db       the documents
 * @param now      the time, in epoch milliseconds
 * @param identity the user whom the request's token names, or null with the deployment's own key
 * @param url      where the deployment is
 * @param files    the bytes of files
 */
public record Context(Transaction db, long now, String identity, String url, FileStore files) {

    /** The user who acts: with a token nobody but its subject. */
    String acting(Args args) {
        return own(args.text("userId"));
    }

    String own(String userId) {
        if (identity != null && !identity.equals(userId)) {
            throw FunctionError.forbidden("userId is not the user of the token");
        }
        return userId;
    }

    /** For what no user may do, only who holds the deployment's key. */
    void requireKey() {
        if (identity != null) {
            throw FunctionError.forbidden("only the deployment's key may do this");
        }
    }
}
