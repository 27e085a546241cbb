package dev.or3.tck.suites.plan;

import dev.or3.tck.api.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Tuple;
import net.jqwik.api.sessions.JqwikSession;

/**
 * Values made by jqwik's arbitraries with their edge cases, drawn once for a seed and kept, so that a plan costs no more
 * than picking. Immutable and safe for use by several threads.
 */
final class JqwikValues implements Values {
    private static final int GENERATION_SIZE = 1000;
    private static final int POOL = 96;
    private static final long MAX_SAFE = (1L << 53) - 1;

    private static final List<String> TRICKY_TEXTS = List.of("", " ", "\u0000", "a\u0000b", "\t\r\n\b\f",
            "\u001f\u007f\u0085", "\"\\/", "null", "true", "0", "-1", "1e3", "{}", "[]", "__proto__", "<script>",
            "' OR '1'='1", "%_\\%", "\ufeffx", "\u2028\u2029", "e\u0301", "\u00e9", "\ud83d\udc69\u200d\ud83d\udcbb",
            "\ud835\udd38", "\ud869\uded6", "\udb40\udc01", "\udbff\udffd", "\uffff", "\ufffd", "\u202eabc",
            "\u0130\u0131\u00df\u1e9e", "x".repeat(3000), "\u754c".repeat(700), "\ud83d\ude00".repeat(200), "undefined",
            "NaN", "2026-01-01T00:00:00Z");
    private static final List<String> TRICKY_NAMES = List.of("", " ", "__proto__", "constructor", "toString", "a.b",
            "$where", "0", "-1", "a b", "camelCase", "snake_case", "\u00e9", "e\u0301", "\ud83d\ude00", "\u0000", "\"",
            "x".repeat(200), "select", "hasOwnProperty", "length");
    private static final List<String> TRICKY_NUMBERS = List.of("0", "1", "-1", "9007199254740991", "-9007199254740991",
            "2147483647", "2147483648", "-2147483648", "4294967296", "1099511627776", "0.1", "0.5", "-0.25", "1.5",
            "123456.789012", "1e3", "1E-7", "1.25e10", "3.14159265358979", "1e300", "1e-300", "1.0", "100",
            "0.30000000000001");
    /** Planes 0 without surrogates, 1, 2, 3, 14, 15, 16. */
    private static final int[][] PLANES = {{0x20, 0x7e}, {0xa0, 0xd7ff}, {0xe000, 0xffff}, {0x10000, 0x1ffff},
        {0x20000, 0x2ffff}, {0x30000, 0x3134a}, {0xe0000, 0xe01ef}, {0xf0000, 0xffffd}, {0x100000, 0x10fffd}, {0, 0x1f}};

    /** Those of a few seeds: a campaign has one, tests have some. */
    private static final Map<Long, JqwikValues> KNOWN = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, JqwikValues> eldest) {
            return size() > 16;
        }
    });

    private final List<String> texts;
    private final List<String> numbers;
    private final List<String> values;
    private final List<String> names;

    private JqwikValues(long seed) {
        Random random = new Random(seed);
        List<List<String>> pools = new ArrayList<>();
        JqwikSession.run(() -> {
            Arbitrary<String> strings = strings();
            pools.add(pool(strings.map(JqwikValues::quoted), random, true));
            pools.add(pool(decimals(), random, true));
            pools.add(pool(any(strings.map(JqwikValues::quoted)), random, false));
        });
        texts = with(TRICKY_TEXTS.stream().map(JqwikValues::quoted).toList(), pools.get(0));
        numbers = with(TRICKY_NUMBERS, pools.get(1));
        values = pools.get(2);
        names = TRICKY_NAMES.stream().map(JqwikValues::quoted).toList();
    }

    /** The values of a seed. */
    static JqwikValues of(long seed) {
        return KNOWN.computeIfAbsent(seed, JqwikValues::new);
    }

    private static List<String> with(List<String> tricky, List<String> drawn) {
        List<String> all = new ArrayList<>(tricky);
        all.addAll(drawn);
        return List.copyOf(all);
    }

    private static List<String> pool(Arbitrary<String> arbitrary, Random random, boolean edges) {
        RandomGenerator<String> generator = arbitrary.generator(GENERATION_SIZE, edges);
        List<String> drawn = new ArrayList<>(POOL);
        for (int i = 0; i < POOL; i++) {
            drawn.add(generator.next(random).value());
        }
        return List.copyOf(drawn);
    }

    private static Arbitrary<String> strings() {
        List<Arbitrary<Integer>> planes = new ArrayList<>();
        for (int[] plane : PLANES) {
            planes.add(Arbitraries.integers().between(plane[0], plane[1]));
        }
        return Arbitraries.oneOf(planes).list().ofMaxSize(40).map(points ->
                points.stream().map(point -> Character.toString(point)).collect(Collectors.joining()));
    }

    private static Arbitrary<String> decimals() {
        Arbitrary<String> whole = Arbitraries.longs().between(-MAX_SAFE, MAX_SAFE).map(String::valueOf);
        Arbitrary<String> parts = Arbitraries.longs().between(-999_999_999L, 999_999_999L).flatMap(digits ->
                Arbitraries.integers().between(1, 6).map(scale -> BigDecimal.valueOf(digits, scale).toPlainString()));
        return Arbitraries.oneOf(List.of(whole, parts));
    }

    private static Arbitrary<String> any(Arbitrary<String> strings) {
        Arbitrary<String> leaf = Arbitraries.oneOf(List.of(strings, decimals(),
                Arbitraries.of("null", "true", "false", "{}", "[]", "\"\"")));
        return Arbitraries.recursive(() -> leaf, JqwikValues::nested, 0, 4);
    }

    private static Arbitrary<String> nested(Arbitrary<String> inner) {
        Arbitrary<String> arrays = inner.list().ofMaxSize(4).map(items -> "[" + String.join(",", items) + "]");
        Arbitrary<String> fields = Arbitraries.of(TRICKY_NAMES).map(JqwikValues::quoted);
        Arbitrary<String> objects = fields.flatMap(name -> inner.map(value -> Tuple.of(name, value)))
                .list().uniqueElements(Tuple.Tuple1::get1).ofMaxSize(4)
                .map(entries -> entries.stream().map(entry -> entry.get1() + ":" + entry.get2())
                        .collect(Collectors.joining(",", "{", "}")));
        return Arbitraries.oneOf(List.of(arrays, objects));
    }

    /** Quoted for JSON. What looks like a placeholder is broken up, for the runner would fill it in. */
    private static String quoted(String text) {
        return Json.write(text.replace("${", "$ {"));
    }

    @Override
    public String text(Dice dice) {
        return dice.pick(texts);
    }

    @Override
    public String number(Dice dice) {
        return dice.pick(numbers);
    }

    @Override
    public String any(Dice dice) {
        return dice.percent(15) ? deep(dice) : dice.pick(values);
    }

    private String deep(Dice dice) {
        StringBuilder text = new StringBuilder();
        int depth = dice.between(6, 14);
        for (int i = 0; i < depth; i++) {
            text.append(i % 2 == 0 ? "[" : "{\"d\":");
        }
        text.append(dice.pick(values));
        for (int i = depth - 1; i >= 0; i--) {
            text.append(i % 2 == 0 ? "]" : "}");
        }
        return text.toString();
    }

    @Override
    public String name(Dice dice) {
        return dice.pick(names);
    }
}
