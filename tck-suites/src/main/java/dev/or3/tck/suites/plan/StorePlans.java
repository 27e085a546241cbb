package dev.or3.tck.suites.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Plans for the workspaces component (STORE rules): examples that show each rule, and generated ones in which scenes and
 * races meet by chance.
 */
public final class StorePlans {
    private static final int ACTS_AT_MOST = 3;
    /** Whether a race shows what it could is a matter of luck, so the examples try again. */
    private static final int ROUNDS_OF_EXAMPLES = 16;
    /** Keeps the chance of these plans apart from that of others under the same seed. */
    private static final long STREAM = 0x53544F5245L << 24;

    private StorePlans() {
    }

    /**
     * At least one plan for each rule; the rules are part of the names.
     *
     * @param restarts whether the provider can be restarted
     */
    public static List<Plan> examples(boolean restarts) {
        List<Plan> examples = new ArrayList<>();
        example(examples, "STORE-01-03-twin-identities", Feature.STORE, script -> {
            for (int i = 0; i < StoreActs.TWINS.size(); i++) {
                StoreActs.twins(script, StoreActs.TWINS.get(i), "twin" + i);
            }
            script.create(StoreScript.OWNER, "plain").list(StoreScript.OWNER);
        });
        example(examples, "STORE-02-04-first-login", Feature.RACES, script -> {
            StoreActs.firstLogins(script, "pair", 2, 2 * ROUNDS_OF_EXAMPLES);
            StoreActs.firstLogins(script, "all", StoreScript.CLIENTS, 6);
            script.create(StoreScript.bound("pair0"), "plain").list(StoreScript.bound("pair0"));
        });
        example(examples, "STORE-05-06-14-roles", Feature.STORE, script -> StoreActs.roles(script, "own"));
        example(examples, "STORE-07-permissions", Feature.STORE, script -> StoreActs.permissions(script, "own"));
        example(examples, "STORE-08-removal", Feature.STORE, script -> StoreActs.removal(script, "own", true));
        example(examples, "STORE-04-last-removed", Feature.STORE, script -> {
            StoreActs.lastRemoved(script, "once");
            script.create(StoreScript.OWNER, "plain").list(StoreScript.OWNER);
        });
        example(examples, "STORE-09-activation", Feature.STORE, script -> StoreActs.activation(script, "own"));
        example(examples, "STORE-10-input", Feature.MALFORMED, script -> StoreActs.input(script, "own"));
        example(examples, "STORE-15-bystanders", Feature.STORE, script -> StoreActs.bystanders(script, "own"));
        if (restarts) {
            example(examples, "STORE-11-restart", Feature.RESTARTS, script -> StoreActs.restart(script, "kept"));
        }
        for (StoreRaces.Kind kind : StoreRaces.Kind.values()) {
            Dice dice = new Dice(kind.ordinal(), STREAM);
            example(examples, "STORE-12-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), Feature.RACES,
                    script -> StoreRaces.run(script, kind, "own", 2, ROUNDS_OF_EXAMPLES, dice));
        }
        return List.copyOf(examples);
    }

    private static void example(List<Plan> examples, String name, Feature feature, Consumer<StoreScript> scene) {
        StoreScript script = new StoreScript();
        scene.accept(script);
        examples.add(script.plan("example/" + name, 0, -1, EnumSet.of(Feature.STORE, feature)));
    }

    /**
     * Plan number {@code index} under that seed, always the same one.
     *
     * @param index    0 or more
     * @param restarts whether the provider can be restarted
     */
    public static Plan generate(long seed, int index, boolean restarts) {
        Dice dice = new Dice(seed, STREAM + index);
        StoreScript script = new StoreScript();
        Set<Feature> features = EnumSet.of(Feature.STORE);
        script.create(StoreScript.OWNER, "plain").list(StoreScript.OWNER);
        int acts = dice.between(0, ACTS_AT_MOST);
        for (int act = 0; act < acts; act++) {
            act(script, features, dice, "act" + act, restarts);
        }
        if (acts == 0 || dice.percent(60)) {
            features.add(Feature.RACES);
            if (dice.percent(40)) {
                logins(script, dice, "login");
            }
            StoreRaces.run(script, dice.pick(List.of(StoreRaces.Kind.values())), "race", dice);
        }
        if (dice.percent(30)) {
            script.look(StoreScript.PROVISIONED,
                    List.of(StoreScript.SHARED, StoreScript.FOREIGN, StoreScript.bound("plain")));
        }
        return script.plan("store/" + (features.contains(Feature.RACES) ? "race" : "sequence"), seed, index, features);
    }

    private static void logins(StoreScript script, Dice dice, String tag) {
        int threads = dice.percent(65) ? 2 : StoreScript.CLIENTS;
        StoreActs.firstLogins(script, tag, threads, dice.between(4, 12));
    }

    private static void act(StoreScript script, Set<Feature> features, Dice dice, String tag, boolean restarts) {
        switch (dice.below(10)) {
            case 0 -> dice.some(StoreActs.TWINS, 6).forEach(
                    pair -> StoreActs.twins(script, pair, tag + StoreActs.TWINS.indexOf(pair)));
            case 1 -> StoreActs.roles(script, tag);
            case 2 -> StoreActs.permissions(script, tag);
            case 3 -> StoreActs.removal(script, tag, dice.percent(50));
            case 4 -> StoreActs.lastRemoved(script, tag);
            case 5 -> StoreActs.activation(script, tag);
            case 6 -> {
                features.add(Feature.MALFORMED);
                StoreActs.input(script, tag);
            }
            case 7 -> StoreActs.bystanders(script, tag);
            case 8 -> {
                features.add(Feature.RACES);
                logins(script, dice, tag);
            }
            default -> {
                if (restarts) {
                    features.add(Feature.RESTARTS);
                    StoreActs.restart(script, tag);
                } else {
                    StoreActs.roles(script, tag);
                }
            }
        }
    }
}
