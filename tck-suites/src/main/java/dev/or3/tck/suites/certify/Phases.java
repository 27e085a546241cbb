package dev.or3.tck.suites.certify;

import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import java.util.List;

/** The phases of a campaign, in their order. */
final class Phases {
    private Phases() {
    }

    static List<Phase> of(Manifest manifest, Profile profile, Settings settings) {
        return List.of();
    }
}
