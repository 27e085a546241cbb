package dev.or3.tck.suites.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Any order of requests and questions under some keys, with restarts or with time that goes on. */
final class LimitWalk {
    private static final int STEPS = 24;
    private static final int KEYS_AT_MOST = 3;
    private static final int RESTARTS_AT_MOST = 2;

    private record Key(String name, int max, long windowMs) {
    }

    private final AskScript script = new AskScript();
    private final List<Key> keys = new ArrayList<>();
    private int restarts;

    private LimitWalk() {
    }

    static AskScript still(Dice dice, boolean restarts) {
        return walk(Arbitraries.of(LimitPlans.HOUR_MS, 24 * LimitPlans.HOUR_MS))
                .may(1, walk -> restarts && walk.restarts < RESTARTS_AT_MOST && !walk.keys.isEmpty(),
                        walk -> Arbitraries.just("restart"), (walk, none) -> walk.restart())
                .take(STEPS, dice).script;
    }

    static AskScript moving(Dice dice) {
        long window = LimitPlans.MINUTE_MS / 1000;
        return walk(Arbitraries.just(LimitPlans.MINUTE_MS))
                .may(2, walk -> !walk.keys.isEmpty(), walk -> Arbitraries.longs().between(5, 2 * window + 10),
                        (walk, seconds) -> walk.script.later(seconds))
                .take(STEPS, dice).script;
    }

    private static Walk<LimitWalk> walk(Arbitrary<Long> windows) {
        return Walk.from(LimitWalk::new)
                .may(2, walk -> walk.keys.size() < KEYS_AT_MOST,
                        walk -> Arbitraries.integers().between(1, 4).flatMap(max -> windows.map(windowMs ->
                                new Key("walk" + walk.keys.size(), max, windowMs))),
                        (walk, key) -> walk.keys.add(key))
                .may(6, walk -> !walk.keys.isEmpty(), LimitWalk::anyKey, by(LimitPlans::check))
                .may(3, walk -> !walk.keys.isEmpty(), LimitWalk::anyKey, by(LimitPlans::stats));
    }

    private Arbitrary<Key> anyKey() {
        return Arbitraries.of(keys);
    }

    private interface Question {
        void ask(AskScript script, String key, int max, long windowMs);
    }

    private static BiConsumer<LimitWalk, Key> by(Question question) {
        return (walk, key) -> question.ask(walk.script, key.name(), key.max(), key.windowMs());
    }

    private void restart() {
        restarts++;
        script.restart();
    }
}
