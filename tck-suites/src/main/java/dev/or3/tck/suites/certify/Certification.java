package dev.or3.tck.suites.certify;

import dev.or3.tck.suites.connect.Target;

/** Certifies a provider: the one public entry for Java callers. */
public final class Certification {
    private Certification() {
    }

    /**
     * Runs a campaign. The target stays open. Takes the budget of the settings, within a tenth.
     *
     * @throws IllegalArgumentException if a rule glob or component of the settings names nothing
     */
    public static Certified run(Target target, Settings settings, Progress progress) {
        return new Campaign(target, settings, progress).run();
    }
}
