package dev.or3.tck.api.catalogue;

import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import java.util.List;

/**
 * One rule.
 *
 * @param id        stable and never reused, for example {@code PUSH-07}
 * @param component the component it is about, by its name on the wire
 * @param level     must or should
 * @param host      the level where a whole host is certified, if it is another: a host must do what a component may leave
 *                  to it
 * @param from      the first sync profile it applies to
 * @param needs     capabilities and controls without which it cannot be verified: gc, snapshot, applied,
 *                  cursorOwnership, commit, quota, admin, sync; clock, restart, kill, fault, state, command, schema, backends,
 *                  environment, files, registry
 * @param text      what the provider does, a sentence that continues "The provider …"
 * @param source    where the requirement stands
 * @param checked   how it is checked, a sentence or two
 * @param causes    what usually causes a failure
 * @param since     the catalogue version that added it
 * @param scored    the catalogue version from which a failure counts
 */
public record Rule(String id, String component, Level level, Level host, Profile from, List<String> needs, String text,
        List<String> source, String checked, List<String> causes, int since, int scored) {

    /** The component that stands for a host as a whole, over its public endpoints. */
    public static final String HOST = "host";

    public Rule {
        needs = needs == null ? List.of() : List.copyOf(needs);
        source = source == null ? List.of() : List.copyOf(source);
        causes = causes == null ? List.of() : List.copyOf(causes);
        from = from == null ? Profile.V1_0 : from;
    }

    /** The group: {@code PUSH} of {@code PUSH-07}. */
    public String group() {
        return id.substring(0, id.indexOf('-'));
    }

    /** The level to which whoever declares these components is held. */
    public Level levelFor(Manifest manifest) {
        return host != null && manifest.hasComponent(HOST) ? host : level;
    }

    public boolean isMust() {
        return level == Level.MUST;
    }
}
