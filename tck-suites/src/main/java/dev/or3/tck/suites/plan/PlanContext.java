package dev.or3.tck.suites.plan;

import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.schema.WireSchema;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What plans may ask of a provider: nothing that it does not declare.
 *
 * @param manifest what the provider said of itself
 * @param profile  the profile it is held to
 * @param schema   the wire schema it serves
 * @param clients  clients in a race at most, 2 to 16
 * @param features what plans may use, if the manifest allows it too
 */
public record PlanContext(Manifest manifest, Profile profile, WireSchema schema, int clients, Set<Feature> features) {

    public PlanContext {
        if (clients < 2 || clients > 16) {
            throw new IllegalArgumentException("races have 2 to 16 clients, not " + clients);
        }
        features = Collections.unmodifiableSet(
                features.isEmpty() ? EnumSet.noneOf(Feature.class) : EnumSet.copyOf(features));
    }

    /** Everything that the manifest allows, under the profile it claims; whether the provider can be killed it cannot tell. */
    public static PlanContext of(Manifest manifest, WireSchema schema, int clients) {
        return new PlanContext(manifest, manifest.profile(), schema, clients,
                EnumSet.complementOf(EnumSet.of(Feature.KILLS)));
    }

    /** For a provider that the kit can kill. */
    public PlanContext withKills() {
        Set<Feature> more = EnumSet.of(Feature.KILLS);
        more.addAll(features);
        return withFeatures(more);
    }

    public PlanContext withFeatures(Set<Feature> others) {
        return new PlanContext(manifest, profile, schema, clients, others);
    }

    public PlanContext withProfile(Profile other) {
        return new PlanContext(manifest, other, schema, clients, features);
    }

    public PlanContext withSchema(WireSchema other) {
        return new PlanContext(manifest, profile, other, clients, features);
    }

    /** Whether plans may use a feature: wanted, and possible with what the manifest declares. */
    public boolean allows(Feature feature) {
        return features.contains(feature) && switch (feature) {
            case COLLECTIONS -> sync("gc");
            case CLOCK_JUMPS -> manifest.hasControl("clock");
            case RESTARTS -> manifest.hasControl("restart");
            case SNAPSHOTS -> is11() && sync("snapshot");
            case INSPECTIONS -> manifest.hasControl("inspect");
            case PRIVATE_ROWS -> is11() && manifest.hasComponent("notifications");
            case STORE -> manifest.hasComponent("workspaces");
            default -> true;
        };
    }

    boolean is11() {
        return profile.includes(Profile.V1_1);
    }

    /** Whether the sync component has a capability. */
    boolean sync(String capability) {
        return manifest.hasCapability("sync", capability);
    }

    Limits limits() {
        return manifest.limits();
    }

    /** How many members a workspace can be given. */
    int members() {
        return manifest.hasControl("provision") ? 2 : 1;
    }

    /** A retention that the provider accepts, in seconds, long enough to stay clear of real time. */
    long retention() {
        Long least = limits().minRetentionSeconds();
        return least == null ? 3600 : Math.max(least, 600);
    }

    /** Tables whose rows every member sees, in code-unit order. */
    List<String> sharedTables() {
        return schema.tableNames().stream().filter(name -> !name.equals(PRIVATE_TABLE)).toList();
    }

    /** The table whose rows belong to one user. */
    static final String PRIVATE_TABLE = "notifications";
}
