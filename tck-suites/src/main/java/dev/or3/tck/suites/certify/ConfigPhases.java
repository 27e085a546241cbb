package dev.or3.tck.suites.certify;

import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.config.Registry;
import dev.or3.tck.suites.backend.PlayedBackends;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.plan.ConfigPlans;
import java.util.List;
import java.util.Set;

/** The phases of the config component, where its backends can be played. */
final class ConfigPhases {
    private static final Set<String> CONFIG = Set.of("CFG");
    private static final double WEIGHT = 0.15;

    private ConfigPhases() {
    }

    static void add(Target target, Settings settings, List<Phase> examples, List<Phase> still) {
        Manifest manifest = target.manifest();
        if (!manifest.hasComponent("config") || PlayedBackends.shared().isEmpty() || !target.reachesKit()) {
            return;
        }
        boolean admins = manifest.hasComponent("admin");
        boolean restarts = manifest.hasControl("restart");
        boolean inside = hasRegistry(target);
        examples.add(new Phase("examples", 1, CONFIG, ConfigPlans.examples(admins, restarts, inside).iterator()));
        still.add(new Phase("configuration", WEIGHT, CONFIG,
                Phases.endless(i -> ConfigPlans.generate(settings.seed(), i, admins, restarts, inside))));
    }

    /** Whether types of backends can be registered, which takes a provider in this JVM. */
    static boolean hasRegistry(Target target) {
        return target.manifest().hasComponent("config") && target.addresses().isEmpty()
                && target.instance(0).configuration() instanceof Registry;
    }
}
