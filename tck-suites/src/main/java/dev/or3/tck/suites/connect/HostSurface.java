package dev.or3.tck.suites.connect;

import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.workspaces.Role;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A whole host, as its public endpoints show it, and who may call them. Immutable.
 *
 * @param address      of its server
 * @param profile      the sync profile it claims
 * @param capabilities of sync: gc, applied, cursorOwnership
 * @param hasStorage   whether it has the endpoints of storage
 * @param limits       its limits
 * @param normalizes   what it changes in payloads
 * @param strictSchema whether it refuses unknown fields
 * @param callers      by name, what tells each apart: a cookie, or a bearer token
 * @param standing     a workspace that is there already
 * @param rates        what it lets a user do in a minute
 */
public record HostSurface(URI address, Profile profile, Set<String> capabilities, boolean hasStorage, Limits limits,
        List<String> normalizes, boolean strictSchema, Map<String, Headers> callers, Standing standing, Rates rates) {
    public HostSurface {
        capabilities = Set.copyOf(capabilities);
        normalizes = List.copyOf(normalizes);
        callers = Map.copyOf(callers);
    }

    /**
     * A workspace with members, for there is no way to invite one over the endpoints.
     *
     * @param workspaceId its id
     * @param roles       of callers by their names, an owner at least; callers that are not named are strangers
     */
    public record Standing(String workspaceId, Map<String, Role> roles) {
        public Standing {
            roles = Map.copyOf(roles);
        }
    }

    /** How many requests of a kind a user may send in a minute; null for as many as they like. */
    public record Rates(Integer push, Integer pull, Integer collect) {
        public static final Rates NONE = new Rates(null, null, null);
    }

    /** What the kit holds it to. */
    Manifest manifest() {
        Map<String, Manifest.Component> components = Map.of("sync", new Manifest.Component(capabilities, null), Rule.HOST,
                Manifest.Component.with());
        return new Manifest(Manifest.PROTOCOL, new Manifest.Identity("host", "host", "unknown"), profile, components, limits,
                normalizes, strictSchema, List.of());
    }
}
