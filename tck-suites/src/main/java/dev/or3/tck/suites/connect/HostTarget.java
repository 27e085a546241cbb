package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.workspaces.Role;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A whole host over its public endpoints. Plans of sync run on it in fresh workspaces of its callers, who take turns so that
 * none of them exceeds its rate limits; a request that would, waits before it is sent.
 */
public final class HostTarget implements Target {
    /** As many as the workspaces of a plan, so that no two of them have the same owner. */
    private static final int FEWEST_CALLERS = 4;

    private final HostSurface surface;
    private final Manifest manifest;
    private final Pace pace;
    private final Secrets secrets;
    private final HostEndpoint endpoint;
    private final HostCallers callers;
    private final HostProvider provider;

    private HostTarget(HostSurface surface, Pace pace, Secrets secrets, HostEndpoint endpoint, HostCallers callers) {
        this.surface = surface;
        this.manifest = surface.manifest();
        this.pace = pace;
        this.secrets = secrets;
        this.endpoint = endpoint;
        this.callers = callers;
        this.provider = new HostProvider(manifest, callers, endpoint);
    }

    /**
     * Reaches a host, and asks who its callers are.
     *
     * @throws IllegalArgumentException if too few callers are given, or the standing workspace has no owner among them
     * @throws UnreachableException     if it does not answer, or does not know a caller
     */
    public static HostTarget open(HostSurface surface, Secrets hidden) {
        if (surface.callers().size() < FEWEST_CALLERS) {
            throw new IllegalArgumentException("callers: " + FEWEST_CALLERS + " or more are needed, "
                    + surface.callers().size() + " are there: an owner, an editor, a viewer and a stranger");
        }
        for (String name : surface.standing().roles().keySet()) {
            if (!surface.callers().containsKey(name)) {
                throw new IllegalArgumentException("workspace.roles: '" + name + "' is none of the callers");
            }
        }
        if (!surface.standing().roles().containsValue(Role.OWNER)) {
            throw new IllegalArgumentException("workspace.roles: one of the callers must be an owner");
        }
        Secrets secrets = hidden;
        for (Headers headers : surface.callers().values()) {
            secrets = secrets.and(Secrets.of(headers));
        }
        Pace pace = new Pace(perMinute(surface.rates()));
        HostEndpoint endpoint = new HostEndpoint(HttpTarget.base(surface.address()), surface.callers(), pace, secrets);
        Map<String, String> users = new HashMap<>();
        surface.callers().keySet().forEach(name -> users.put(name, userId(endpoint, name)));
        if (users.values().stream().distinct().count() < users.size()) {
            throw new UnreachableException("the host takes two callers for one user: each needs an account of their own",
                    null);
        }
        return new HostTarget(surface, pace, secrets, endpoint, new HostCallers(users, pace));
    }

    private static Map<String, Integer> perMinute(HostSurface.Rates rates) {
        Map<String, Integer> perMinute = new HashMap<>();
        perMinute.put("push", rates.push());
        perMinute.put("pull", rates.pull());
        perMinute.put("collect", rates.collect());
        perMinute.values().removeIf(most -> most == null);
        return perMinute;
    }

    private static String userId(HostEndpoint endpoint, String name) {
        try {
            String id = endpoint.userId(name);
            if (id == null) {
                throw new UnreachableException("the host does not know " + name + ": GET /api/auth/session tells of no user;"
                        + " correct the caller's headers", null);
            }
            return id;
        } catch (LostAnswerException | ProviderException e) {
            throw new UnreachableException("GET /api/auth/session as " + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String description() {
        return "the host at " + surface.address();
    }

    @Override
    public Secrets secrets() {
        return secrets;
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    public boolean makesWorkspaces() {
        return true;
    }

    @Override
    public Optional<Standing> standing() {
        return Optional.of(new Standing(surface.standing().workspaceId(), callers.users(surface.standing().roles()),
                callers.users(), surface.hasStorage()));
    }

    @Override
    public Duration longestTurn() {
        return pace.longest();
    }

    @Override
    public int instances() {
        return 1;
    }

    @Override
    public Provider instance(int index) {
        return provider;
    }

    @Override
    public JsonNode call(int instance, String component, String method, Caller caller, JsonNode input) {
        return provider.call(component, method, caller, input);
    }

    @Override
    public JsonNode forged(String request, JsonNode input) {
        String[] parts = request.split(" ", 2);
        return (JsonNode) endpoint.send(parts[0], parts[1], HostEndpoint.FORGED, parts[0].equals("GET") ? null : input,
                RemoteProvider.NOTHING);
    }

    @Override
    public long clockOffset() {
        return 0;
    }

    @Override
    public void setClock(long offsetSeconds) {
        throw new IllegalStateException("the time of a host cannot be moved");
    }

    @Override
    public void restart() {
        throw new IllegalStateException("a host belongs to somebody else");
    }

    @Override
    public void limitCalls(Duration limit) {
        endpoint.limit(limit);
    }

    /** Leaves the host running. */
    @Override
    public void close() {
    }
}
