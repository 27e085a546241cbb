package dev.or3.tck.suites.plan;

import java.util.ArrayList;
import java.util.List;

/** Record keys: few, so that writes conflict, and some of them easily taken for one another. */
final class Keys {
    private static final int WILDCARDS = 3;
    private static final List<List<String>> LOOKALIKES = List.of(
            List.of("caf\u00e9", "cafe\u0301"), List.of("key", "key "), List.of("key", "Key", "KEY"),
            List.of("a%", "ab", "a_"), List.of("o'brien", "o''brien"), List.of("stra\u00dfe", "strasse"),
            List.of("10", "9", "010"), List.of("\ud83d\ude00", "\ud83d\ude01"), List.of("a\\b", "a/b"),
            List.of("\"q\"", "q"), List.of("\u212a", "K", "k"), List.of("\u0130", "i", "I"), List.of("x; --", "x"),
            List.of("p".repeat(180) + "1", "p".repeat(180) + "2"), List.of("a:b", "a::b"), List.of("\u3042", "\u30a2"));

    /** How many groups of keys there are that are easily mixed up. */
    static int lookalikes() {
        return LOOKALIKES.size();
    }

    /** The keys of such a group. */
    static List<String> lookalikes(int group) {
        return LOOKALIKES.get(group).stream().map(key -> "${run}-" + key).toList();
    }

    private Keys() {
    }

    /** Key number i of a table: plain, and the same for all tables that take any key. */
    static String plain(String table, int i) {
        return table.equals("file_meta") ? hash(i) : "${run}-k" + i;
    }

    /** Keys for a plan, plain or easily mixed up. */
    static List<String> draw(Dice dice) {
        List<String> keys = new ArrayList<>();
        for (int groups = dice.percent(50) ? dice.between(1, 2) : 0; groups > 0; groups--) {
            // Those that a pattern takes for one another more often: only together with deletes do they do harm.
            int group = dice.percent(20) ? WILDCARDS : dice.below(LOOKALIKES.size());
            lookalikes(group).stream().filter(key -> !keys.contains(key)).forEach(keys::add);
        }
        int count = dice.between(Math.max(2, keys.size()), Math.max(5, keys.size()));
        for (int i = keys.size(); i < count; i++) {
            keys.add("${run}-k" + i);
        }
        return keys;
    }

    /** The key of a table that stands for one of the drawn ones: files are keyed by hash. */
    static String in(String table, List<String> keys, int i) {
        return table.equals("file_meta") ? hash(i) : keys.get(i);
    }

    private static String hash(int i) {
        return "sha256:${run}" + "0123456789abcdef".repeat(3) + String.format("%08x", i);
    }
}
