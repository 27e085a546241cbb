package dev.or3.tck.matrix.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.limits.RateLimits;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import dev.or3.tck.matrix.host.AuthProvider.Credentials;
import dev.or3.tck.matrix.host.Route.Rate;
import java.util.Map;
import java.util.Optional;

/** Decides what goes on to the providers. Safe for use by several threads. */
class Gatekeeper {
    private static final long MINUTE_MILLIS = 60_000;
    private static final int UNAUTHORIZED = 401;

    private final Host host;
    private final Map<Rate, Integer> perMinute;
    private final RequestSchema schema = new RequestSchema(WireSchema.current());

    /**
     * @param perMinute how many requests of a kind a user may send in a minute; what is not named is not limited
     */
    Gatekeeper(Host host, Map<Rate, Integer> perMinute) {
        this.host = host;
        this.perMinute = Map.copyOf(perMinute);
    }

    /** Too many requests. */
    static final class TooMany extends ProviderException {
        private static final long serialVersionUID = 1L;
        private final long retryAfterSeconds;

        TooMany(Long retryAfterMillis) {
            super(429, "RATE_LIMITED", "too many requests: try again later");
            long millis = retryAfterMillis == null ? MINUTE_MILLIS : retryAfterMillis;
            this.retryAfterSeconds = Math.max(1, (millis + 999) / 1000);
        }

        long retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }

    /** Who sends a request; empty for nobody. */
    Optional<Session> session(Credentials credentials) {
        return host.signIn().flatMap(signIn -> signIn.provider().accountOf(credentials)
                .map(account -> new Session(signIn.id(), account, userOf(signIn.id(), account))));
    }

    /** What somebody is told who did not sign in. */
    ProviderException nobody() {
        return new ProviderException(UNAUTHORIZED, "UNAUTHORIZED", "sign in first");
    }

    /** The body of an answer that is an error. */
    Object failure(int status, String message) {
        return new Failure(status, message);
    }

    private record Failure(int statusCode, String message) {
    }

    final String userOf(String provider, AuthProvider.Account account) {
        return host.provider(Axis.SYNC).map(Provider::workspaces)
                .map(workspaces -> workspaces.getOrCreateUser(null, new Workspaces.NewUser(provider,
                        account.providerUserId(), account.email(), account.displayName())).userId())
                .orElseGet(() -> provider + ":" + account.providerUserId());
    }

    /**
     * Counts a request.
     *
     * @throws TooMany if it is one too many
     */
    void count(Session session, Rate rate) {
        Integer most = perMinute.get(rate);
        if (most == null || host.provider(Axis.LIMITS).isEmpty()) {
            return;
        }
        RateLimits limits = host.provider(Axis.LIMITS).get().rateLimits();
        RateLimits.Decision decision = limits.checkAndRecord(session.in(null), new RateLimits.Check(
                "host:" + rate + ":" + session.userId(), new RateLimits.Window(MINUTE_MILLIS, most)));
        if (!decision.allowed()) {
            throw new TooMany(decision.retryAfterMs());
        }
    }

    /**
     * Looks at the shape of a body.
     *
     * @throws ProviderException 400 if it does not fit
     */
    void check(Route route, JsonNode body) {
        schema.check(route.shape(), body);
    }

    /**
     * Looks at what the caller is in the workspace, anew for each request.
     *
     * @param workspace null if the route is about none
     * @throws ProviderException 403, the same for a workspace of others and one that does not exist
     */
    void authorize(Session session, Route route, String workspace) {
        if (route.role() == null) {
            return;
        }
        Workspaces workspaces = host.provider(Axis.SYNC).orElseThrow().workspaces();
        Role role = workspaces.getWorkspaceRole(session.in(workspace),
                new Workspaces.Membership(session.userId(), workspace));
        // The first role can do most.
        if (role == null || role.compareTo(route.role()) > 0) {
            throw ProviderException.forbidden(role == null ? "you are no member of this workspace"
                    : "a " + role.wireName() + " may not do this");
        }
    }
}
