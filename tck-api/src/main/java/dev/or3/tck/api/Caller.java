package dev.or3.tck.api;

import java.util.Objects;

/**
 * The signed-in caller on whose behalf the host makes a call.
 *
 * @param userId      the user, never null
 * @param workspaceId the workspace of the session, or null where the call is not about one
 */
public record Caller(String userId, String workspaceId) {
    public Caller {
        Objects.requireNonNull(userId, "userId");
    }

    public static Caller of(String userId, String workspaceId) {
        return new Caller(userId, workspaceId);
    }
}
