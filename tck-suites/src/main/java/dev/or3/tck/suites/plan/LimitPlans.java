package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.AskScript.OWNER;
import static dev.or3.tck.suites.plan.AskScript.USERS;
import static dev.or3.tck.suites.plan.AskScript.fields;

import dev.or3.tck.api.Json;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans for the rateLimits component. Windows are so long that none is over while a plan runs, unless it moves time. */
public final class LimitPlans {
    private static final String COMPONENT = "rateLimits";
    /** Apart from other streams of plans under the same seed. */
    private static final long STREAM = 3_000_000_000L;
    static final long HOUR_MS = 3_600_000;
    static final long MINUTE_MS = 60_000;
    private static final int TRIES_BEYOND = 3;

    /** Keys that a careless provider takes for one. */
    private static final List<List<String>> TWINS = List.of(List.of("user-1:/push", "user-1:/pull"),
            List.of("user-1:/push", "user-2:/push"), List.of("User", "user"), List.of("user", "user "),
            List.of("a:b", "a"), List.of("caf\u00e9", "cafe\u0301"), List.of("a%", "ab"), List.of("1", "01"));

    private LimitPlans() {
    }

    /** Plans written by hand that leave provider time alone. */
    public static List<Plan> examples(boolean restarts) {
        List<Plan> examples = new ArrayList<>();
        AskScript burst = new AskScript();
        burst(burst, "key", 3, HOUR_MS);
        examples.add(plan(burst, "example/RATE-01-burst", 0, -1, Feature.LIMITS));
        AskScript race = new AskScript();
        race(race, "key", 2, 2, 20);
        examples.add(plan(race, "example/RATE-01-race", 0, -1, Feature.RACES));
        AskScript twins = new AskScript();
        TWINS.forEach(pair -> twins(twins, pair, "pair" + TWINS.indexOf(pair)));
        examples.add(plan(twins, "example/RATE-03-keys", 0, -1, Feature.LIMITS));
        AskScript input = new AskScript();
        input(input, "key", 100, new Dice(0, STREAM));
        examples.add(plan(input, "example/RATE-04-input", 0, -1, Feature.MALFORMED));
        if (restarts) {
            AskScript restart = new AskScript();
            restart(restart, "key");
            examples.add(plan(restart, "example/RATE-01-restart", 0, -1, Feature.RESTARTS));
        }
        return List.copyOf(examples);
    }

    /** Plans written by hand that move provider time. */
    public static List<Plan> movingExamples() {
        AskScript script = new AskScript();
        windows(script, "key", 3, 30);
        return List.of(plan(script, "example/RATE-02-windows", 0, -1, Feature.CLOCK_JUMPS));
    }

    /** Plan number {@code index} under that seed, always the same one. */
    public static Plan generate(long seed, int index, boolean restarts) {
        Dice dice = new Dice(seed, STREAM + index);
        if (dice.percent(25)) {
            return LimitWalk.still(dice, restarts).plan("limits/walk", seed, index, EnumSet.of(Feature.LIMITS));
        }
        AskScript script = new AskScript();
        burst(script, "first", dice.between(1, 4), HOUR_MS);
        Set<Feature> features = EnumSet.of(Feature.LIMITS);
        for (int act = dice.between(1, 3); act > 0; act--) {
            String tag = "act" + act;
            switch (dice.below(restarts ? 6 : 5)) {
                case 0 -> burst(script, tag, dice.between(1, 6), dice.pick(List.of(HOUR_MS, 24 * HOUR_MS)));
                case 1 -> dice.some(TWINS, 3).forEach(pair -> twins(script, pair, tag + TWINS.indexOf(pair)));
                case 2, 3 -> {
                    features.add(Feature.RACES);
                    int threads = dice.percent(60) ? 2 : AskScript.CLIENTS;
                    race(script, tag, dice.between(1, 3), threads, dice.between(8, 20));
                }
                case 4 -> {
                    features.add(Feature.MALFORMED);
                    input(script, tag, 4, dice);
                }
                default -> {
                    features.add(Feature.RESTARTS);
                    restart(script, tag);
                }
            }
        }
        return script.plan("limits/" + (features.contains(Feature.RACES) ? "race" : "sequence"), seed, index, features);
    }

    /** As {@link #generate}, for plans that move provider time. */
    public static Plan moving(long seed, int index) {
        Dice dice = new Dice(seed, 2 * STREAM + index);
        if (dice.percent(50)) {
            return plan(LimitWalk.moving(dice), "limits/time", seed, index, Feature.CLOCK_JUMPS);
        }
        AskScript script = new AskScript();
        windows(script, "key", dice.between(2, 5), dice.between(8, 50));
        return plan(script, "limits/time", seed, index, Feature.CLOCK_JUMPS);
    }

    private static Plan plan(AskScript script, String name, long seed, int index, Feature feature) {
        return script.plan(name, seed, index, EnumSet.of(Feature.LIMITS, feature));
    }

    /** Requests until the limit is reached and beyond, with questions in between. */
    private static void burst(AskScript script, String key, int max, long windowMs) {
        script.then();
        stats(script, key, max, windowMs);
        for (int i = 0; i < max + 2; i++) {
            check(script, key, max, windowMs);
            stats(script, key, max, windowMs);
            if (i == 0) {
                stats(script, key, max, windowMs);
            }
        }
    }

    /** Two keys, one used up before the other is. */
    private static void twins(AskScript script, List<String> pair, String tag) {
        int max = 2;
        script.then();
        for (String key : List.of(pair.get(0), pair.get(0), pair.get(1), pair.get(0), pair.get(1), pair.get(1))) {
            check(script, tag + key, max, HOUR_MS);
            stats(script, tag + key, max, HOUR_MS);
        }
    }

    /** All at once at keys with room for some of them. */
    private static void race(AskScript script, String tag, int max, int threads, int rounds) {
        script.race();
        for (int round = 0; round < rounds; round++) {
            script.align(threads);
            int each = (max + TRIES_BEYOND) / threads + 1;
            for (int thread = 0; thread < threads; thread++) {
                script.to(thread);
                for (int i = 0; i < each; i++) {
                    check(script, tag + round, max, HOUR_MS);
                }
            }
        }
        script.then();
        for (int round = 0; round < rounds; round++) {
            stats(script, tag + round, max, HOUR_MS);
            check(script, tag + round, max, HOUR_MS);
        }
    }

    /** What was counted before a restart counts after it. */
    private static void restart(AskScript script, String tag) {
        int max = 3;
        script.then();
        check(script, tag, max, HOUR_MS);
        check(script, tag, max, HOUR_MS);
        script.restart();
        for (int i = 0; i < 2; i++) {
            stats(script, tag, max, HOUR_MS);
            check(script, tag, max, HOUR_MS);
        }
    }

    private static void input(AskScript script, String tag, int most, Dice dice) {
        int max = 5;
        List<Action.Ask> questions = List.of(call("getStats", OWNER, tag, max, HOUR_MS));
        for (String method : List.of("checkAndRecord", "getStats")) {
            Misshapen.play(script, call(method, OWNER, tag, max, HOUR_MS), AskScript.STRANGER, questions, most, dice);
        }
        for (int i = 0; i < max; i++) {
            check(script, tag, max, HOUR_MS);
        }
    }

    /**
     * A key is used up in two goes; in between and afterwards time moves, with requests that are denied.
     *
     * @param seconds between the two goes, less than a window
     */
    private static void windows(AskScript script, String key, int max, int seconds) {
        long window = MINUTE_MS / 1000;
        script.then();
        check(script, key, max, MINUTE_MS);
        script.later(seconds);
        for (int i = 0; i < max + 1; i++) {
            check(script, key, max, MINUTE_MS);
        }
        // What the last denial told is over, and nothing was let through since.
        script.later(window - seconds + 5);
        check(script, key, max, MINUTE_MS);
        script.later(window / 2);
        check(script, key, max, MINUTE_MS);
        fill(script, key + "-denied", max);
        script.later(window - 10);
        check(script, key + "-denied", max, MINUTE_MS);
        script.later(20);
        check(script, key + "-denied", max, MINUTE_MS);
        script.later(2 * window + 10);
        stats(script, key, max, MINUTE_MS);
        fill(script, key, max);
        fill(script, key + "-denied", max);
    }

    private static void fill(AskScript script, String key, int max) {
        for (int i = 0; i < max + 2; i++) {
            check(script, key, max, MINUTE_MS);
        }
    }

    static void check(AskScript script, String key, int max, long windowMs) {
        script.ask(call("checkAndRecord", USERS.get(Math.floorMod(key.hashCode(), USERS.size())), key, max, windowMs));
    }

    static void stats(AskScript script, String key, int max, long windowMs) {
        script.ask(call("getStats", OWNER, key, max, windowMs));
    }

    private static Action.Ask call(String method, String as, String key, int max, long windowMs) {
        return new Action.Ask(COMPONENT, method, as, AskScript.session(as), Json.write(
                fields("key", "${run}-" + key, "config", fields("windowMs", windowMs, "maxRequests", max))), Map.of());
    }
}
