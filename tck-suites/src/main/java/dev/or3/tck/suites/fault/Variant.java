package dev.or3.tck.suites.fault;

import java.util.List;
import java.util.function.Consumer;

/**
 * A way in which correct providers differ, which the kit must accept. Select it with the setting
 * {@code OR3_MEMORY_VARIANT}.
 */
public final class Variant {
    private final String name;
    private final String description;
    private final Consumer<Parts> seed;

    Variant(String name, String description, Consumer<Parts> seed) {
        this.name = name;
        this.description = description;
        this.seed = seed;
    }

    public String name() {
        return name;
    }

    /** What it does in its own way, in one sentence. */
    public String description() {
        return description;
    }

    Consumer<Parts> seed() {
        return seed;
    }

    public static List<Variant> all() {
        return Variants.ALL;
    }

    /**
     * @throws IllegalArgumentException if there is no such variant
     */
    public static Variant named(String name) {
        return all().stream().filter(variant -> variant.name.equalsIgnoreCase(name)).findFirst().orElseThrow(
                () -> new IllegalArgumentException(MemorySettings.VARIANT + ": there is no variant '" + name + "'"));
    }

    @Override
    public String toString() {
        return name + ": " + description;
    }
}
