package dev.or3.tck.suites.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Plans for the admin component (ADM rules, STORE-13): examples that show each rule, and generated ones. */
public final class AdminPlans {
    private static final int ACTS_AT_MOST = 2;
    /** Whether a race shows what it could is a matter of luck, so the examples try again. */
    private static final int ROUNDS_OF_EXAMPLES = 32;
    /** More than there are for any method. */
    private static final int EVERY_WAY = 100;
    private static final int PERCENT_OF_INPUT = 10;
    /** Keeps the chance of these plans apart from that of others under the same seed. */
    private static final long STREAM = 0x41444D494EL << 24;

    private AdminPlans() {
    }

    /** At least one plan for each rule; the rules are part of the names. */
    public static List<Plan> examples() {
        List<Plan> examples = new ArrayList<>();
        example(examples, "ADM-01-status", script -> script.status("action"));
        example(examples, "ADM-02-STORE-13-members", script -> AdminActs.members(script, "m"));
        example(examples, "ADM-02-workspaces", script -> AdminActs.workspaces(script, "w", 2));
        example(examples, "ADM-02-settings", script -> AdminActs.settings(script, "s"));
        example(examples, "ADM-02-admins", script -> AdminActs.admins(script, "a"));
        example(examples, "ADM-02-search", script -> AdminActs.search(script, "u"));
        for (AdminActs.Race race : AdminActs.Race.values()) {
            Dice dice = new Dice(race.ordinal(), STREAM);
            example(examples, (race == AdminActs.Race.OWNERS ? "STORE-13-" : "ADM-02-") + "race-"
                    + race.name().toLowerCase(Locale.ROOT),
                    script -> AdminActs.race(script, race, "r", 2, ROUNDS_OF_EXAMPLES, dice));
        }
        AskScript input = new AskScript();
        AdminInput.all(input, EVERY_WAY, new Dice(0, STREAM));
        examples.add(input.plan("example/ADM-03-input", 0, -1, EnumSet.of(Feature.MALFORMED)));
        return List.copyOf(examples);
    }

    private static void example(List<Plan> examples, String name, Consumer<AdminScript> scene) {
        AdminScript script = new AdminScript();
        scene.accept(script);
        boolean races = name.contains("race");
        examples.add(script.plan("example/" + name, 0, -1, races ? EnumSet.of(Feature.RACES) : EnumSet.noneOf(Feature.class)));
    }

    /**
     * Plan number {@code index} under that seed, always the same one.
     *
     * @param index 0 or more
     */
    public static Plan generate(long seed, int index) {
        Dice dice = new Dice(seed, STREAM + index);
        if (dice.percent(25)) {
            return AdminWalk.take(dice).plan("admin/walk", seed, index, EnumSet.noneOf(Feature.class));
        }
        if (dice.percent(PERCENT_OF_INPUT)) {
            AskScript input = new AskScript();
            AdminInput.some(input, 3, 4, dice);
            return input.plan("admin/input", seed, index, EnumSet.of(Feature.MALFORMED));
        }
        AdminScript script = new AdminScript();
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        int acts = dice.between(0, ACTS_AT_MOST);
        for (int act = 0; act < acts; act++) {
            act(script, dice, "act" + act);
        }
        if (acts == 0 || dice.percent(50)) {
            features.add(Feature.RACES);
            int threads = dice.percent(65) ? 2 : dice.between(3, AdminScript.CLIENTS);
            AdminActs.Race race = dice.percent(40) ? AdminActs.Race.OWNERS : dice.pick(List.of(AdminActs.Race.values()));
            AdminActs.race(script, race, "race", threads, threads == 2 ? dice.between(8, 20) : dice.between(2, 4), dice);
        }
        return script.plan("admin/" + (features.isEmpty() ? "sequence" : "race"), seed, index, features);
    }

    private static void act(AdminScript script, Dice dice, String tag) {
        switch (dice.below(6)) {
            case 0 -> script.status(tag);
            case 1 -> AdminActs.members(script, tag);
            case 2 -> AdminActs.workspaces(script, tag, dice.between(1, 4));
            case 3 -> AdminActs.settings(script, tag);
            case 4 -> AdminActs.admins(script, tag);
            default -> AdminActs.search(script, tag);
        }
    }
}
