package dev.or3.tck.suites.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Chance that is a function of its seeds. Only the raw bits of the generator are used: how the JDK makes ranges of them may
 * change between versions, plans may not.
 */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed, long stream) {
        random = new SplittableRandom(mix(mix(seed) + stream));
    }

    private static long mix(long z) {
        long x = z + 0x9E3779B97F4A7C15L;
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    /** 0 to bound - 1. */
    int below(int bound) {
        return (int) ((random.nextLong() >>> 1) % bound);
    }

    /** From low to high, both included. */
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** True in so many of a hundred cases. */
    boolean percent(int chance) {
        return below(100) < chance;
    }

    long bits() {
        return random.nextLong();
    }

    <T> T pick(List<T> values) {
        return values.get(below(values.size()));
    }

    /** Some of the values, in their order: at least one, at most so many. */
    <T> List<T> some(List<T> values, int most) {
        int count = between(1, Math.min(most, values.size()));
        return shuffled(values).subList(0, count);
    }

    <T> List<T> shuffled(List<T> values) {
        List<T> mixed = new ArrayList<>(values);
        for (int i = mixed.size() - 1; i > 0; i--) {
            int j = below(i + 1);
            T moved = mixed.get(i);
            mixed.set(i, mixed.get(j));
            mixed.set(j, moved);
        }
        return mixed;
    }
}
