package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.AskScript.OWNER;
import static dev.or3.tck.suites.plan.AskScript.USERS;
import static dev.or3.tck.suites.plan.AskScript.fields;

import dev.or3.tck.api.Json;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plans for the tokens component. Which backends and templates a provider has is not known: it is asked for its own id and
 * for the usual ones, and what is given to one caller is asked for by all.
 */
public final class TokenPlans {
    private static final String COMPONENT = "tokens";
    /** Apart from other streams of plans under the same seed. */
    private static final long STREAM = 8_000_000_000L;
    private static final List<String> TEMPLATES = Arrays.asList(null, "convex", "session");
    private static final String NOBODY = null;
    private static final int DAY = 24 * 3600;

    private TokenPlans() {
    }

    /**
     * Plans written by hand that leave provider time alone.
     *
     * @param provider the id of the provider
     */
    public static List<Plan> examples(String provider, boolean restarts) {
        AskScript callers = new AskScript();
        TEMPLATES.forEach(template -> callers(callers, provider, template));
        callers(callers, "convex", "convex");
        callers(callers, "convex", "session");
        callers(callers, "convex", null);
        callers(callers, "no-such-backend", null);
        if (restarts) {
            callers.restart();
            callers(callers, provider, null);
        }
        AskScript race = new AskScript();
        callers(race, provider, null);
        race(race, provider, null, AskScript.CLIENTS, 30);
        AskScript input = new AskScript();
        callers(input, provider, null);
        Misshapen.play(input, call(OWNER, provider, "convex"), AskScript.STRANGER, List.of(), 100, new Dice(0, STREAM));
        return List.of(plan(callers, "example/TOK-01-TOK-02-callers", 0, -1, Feature.TOKENS),
                plan(race, "example/TOK-02-race", 0, -1, Feature.RACES),
                plan(input, "example/TOK-04-input", 0, -1, Feature.MALFORMED));
    }

    /** Plans written by hand that move provider time. */
    public static List<Plan> movingExamples(String provider) {
        AskScript script = new AskScript();
        callers(script, provider, null);
        for (int seconds : List.of(30, 50, 3600, DAY, 30 * DAY)) {
            script.later(seconds);
            callers(script, provider, null);
        }
        return List.of(plan(script, "example/TOK-03-expiry", 0, -1, Feature.CLOCK_JUMPS));
    }

    /** Plan number {@code index} under that seed, always the same one. */
    public static Plan generate(long seed, int index, String provider) {
        Dice dice = new Dice(seed, STREAM + index);
        AskScript script = new AskScript();
        Set<Feature> features = EnumSet.of(Feature.TOKENS);
        callers(script, provider, null);
        for (int act = dice.between(1, 4); act > 0; act--) {
            String template = TEMPLATES.get(dice.below(TEMPLATES.size()));
            String backend = dice.percent(70) ? provider : dice.pick(List.of("convex", "no-such-backend"));
            switch (dice.below(4)) {
                case 0, 1 -> callers(script, backend, template);
                case 2 -> {
                    features.add(Feature.RACES);
                    race(script, backend, template, dice.between(2, AskScript.CLIENTS), dice.between(5, 20));
                }
                default -> {
                    features.add(Feature.MALFORMED);
                    Misshapen.play(script, call(OWNER, provider, "convex"), AskScript.STRANGER, List.of(), 4, dice);
                }
            }
        }
        return script.plan("tokens/" + (features.contains(Feature.RACES) ? "race" : "sequence"), seed, index, features);
    }

    /** As {@link #generate}, for plans that move provider time. */
    public static Plan moving(long seed, int index, String provider) {
        Dice dice = new Dice(seed, 2 * STREAM + index);
        AskScript script = new AskScript();
        callers(script, provider, null);
        for (int round = dice.between(2, 5); round > 0; round--) {
            script.later(dice.percent(70) ? dice.between(10, 100) : dice.between(1, 7) * DAY);
            callers(script, provider, TEMPLATES.get(dice.below(TEMPLATES.size())));
        }
        return plan(script, "tokens/time", seed, index, Feature.CLOCK_JUMPS);
    }

    private static Plan plan(AskScript script, String name, long seed, int index, Feature feature) {
        return script.plan(name, seed, index, EnumSet.of(Feature.TOKENS, feature));
    }

    /** All users one after the other, nobody, and the first again. */
    private static void callers(AskScript script, String backend, String template) {
        script.then();
        USERS.forEach(user -> script.ask(call(user, backend, template)));
        script.ask(call(NOBODY, backend, template)).ask(call(OWNER, backend, template));
    }

    /** Users who ask at once, each for themselves. */
    private static void race(AskScript script, String backend, String template, int threads, int rounds) {
        script.race();
        for (int round = 0; round < rounds; round++) {
            script.align(threads);
            for (int thread = 0; thread < threads; thread++) {
                script.to(thread);
                for (int i = 0; i < 3; i++) {
                    script.ask(call(USERS.get(thread), backend, template));
                }
            }
        }
        callers(script, backend, template);
    }

    private static Action.Ask call(String as, String backend, String template) {
        return new Action.Ask(COMPONENT, "getProviderToken", as, AskScript.session(as),
                Json.write(fields("providerId", backend, "template", template)), Map.of());
    }
}
