package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.AskScript.OWNER;
import static dev.or3.tck.suites.plan.AskScript.SHARED;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Plans for the config component (CFG rules): examples that show each rule, and generated ones. */
public final class ConfigPlans {
    /** Keeps the chance of these plans apart from that of others under the same seed. */
    private static final long STREAM = 0x434647L << 32;
    /** Slower than any backend that is well. */
    private static final int SLOW_MILLIS = 1_150;

    private ConfigPlans() {
    }

    /**
     * At least one plan for each rule; the rules are part of the names.
     *
     * @param admins   whether the provider has an admin component
     * @param restarts whether it can be restarted
     * @param inside   whether its types can be added to, for it runs in this JVM
     */
    public static List<Plan> examples(boolean admins, boolean restarts, boolean inside) {
        List<Plan> examples = new ArrayList<>();
        Dice dice = new Dice(0, STREAM);
        example(examples, "CFG-01-forms", script -> ConfigActs.forms(script, 100, dice));
        example(examples, "CFG-02-default", ConfigActs::standard);
        example(examples, "CFG-06-apart", script -> ConfigActs.apart(script, "a", "wordpress", "wordpress", dice));
        for (String type : ConfigScript.TYPES) {
            example(examples, "CFG-07-CFG-08-CFG-12-switch-" + type, script -> ConfigActs.switching(script, "s", type, 10,
                    dice));
        }
        example(examples, "CFG-07-race", script -> ConfigActs.race(script, "r", 4, 6, dice));
        example(examples, "CFG-09-roles", script -> ConfigActs.roles(script, "o", admins));
        example(examples, "CFG-10-health", script -> ConfigActs.health(script, "h", "supabase", SLOW_MILLIS));
        example(examples, "CFG-11-usage", script -> ConfigActs.usage(script, "u", 20, 15));
        example(examples, "CFG-13-input", script -> ConfigActs.input(script, "i", 100, dice));
        if (restarts) {
            example(examples, "CFG-07-restart", script -> ConfigActs.restart(script, "t", "notion"));
        }
        if (inside) {
            example(examples, "CFG-05-types", script -> ConfigActs.registry(script, "k", 4));
        }
        return List.copyOf(examples);
    }

    private static void example(List<Plan> examples, String name, Consumer<ConfigScript> scene) {
        ConfigScript script = new ConfigScript();
        scene.accept(script);
        examples.add(script.plan("example/" + name, 0, -1, name.contains("race") ? EnumSet.of(Feature.RACES)
                : EnumSet.noneOf(Feature.class)));
    }

    /** For a target of its own, which is started again and again: what becomes of credentials in the storage (CFG-03). */
    public static Plan storage() {
        ConfigScript script = new ConfigScript();
        ConfigActs.storage(script, "v");
        return script.plan("example/CFG-03-storage", 0, -1, EnumSet.of(Feature.RESTARTS));
    }

    /** Plan number {@code index} under that seed, always the same one; see {@link #examples}. */
    public static Plan generate(long seed, int index, boolean admins, boolean restarts, boolean inside) {
        Dice dice = new Dice(seed, STREAM + index);
        if (dice.percent(25)) {
            return ConfigWalk.take(dice).plan("config/walk", seed, index, EnumSet.noneOf(Feature.class));
        }
        ConfigScript script = new ConfigScript();
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        script.query(OWNER, SHARED);
        for (int act = dice.between(1, 3); act > 0; act--) {
            String tag = "act" + act;
            switch (dice.below(9)) {
                case 0 -> ConfigActs.forms(script, 6, dice);
                case 1, 2 -> ConfigActs.switching(script, tag, dice.pick(ConfigScript.TYPES), dice.between(1, 4), dice);
                case 3 -> ConfigActs.apart(script, tag, dice.pick(ConfigScript.TYPES), dice.pick(ConfigScript.TYPES), dice);
                case 4 -> {
                    features.add(Feature.RACES);
                    ConfigActs.race(script, tag, dice.between(2, 4), dice.between(2, 4), dice);
                }
                case 5 -> ConfigActs.roles(script, tag, admins);
                case 6 -> ConfigActs.health(script, tag, dice.pick(ConfigScript.TYPES), dice.percent(10) ? SLOW_MILLIS : 0);
                case 7 -> ConfigActs.usage(script, tag, dice.between(3, 12), dice.between(0, 15));
                default -> later(script, tag, restarts, inside, features, dice);
            }
        }
        return script.plan("config/" + (features.contains(Feature.RACES) ? "race" : "sequence"), seed, index, features);
    }

    private static void later(ConfigScript script, String tag, boolean restarts, boolean inside, Set<Feature> features,
            Dice dice) {
        if (inside && dice.percent(40)) {
            ConfigActs.registry(script, tag, dice.between(2, 4));
        } else if (restarts && dice.percent(30)) {
            features.add(Feature.RESTARTS);
            ConfigActs.restart(script, tag, dice.pick(ConfigScript.TYPES));
        } else {
            features.add(Feature.MALFORMED);
            ConfigActs.input(script, tag, 4, dice);
        }
    }
}
