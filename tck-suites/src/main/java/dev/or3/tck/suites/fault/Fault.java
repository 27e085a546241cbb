package dev.or3.tck.suites.fault;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A way in which providers of this kind go wrong, built as a twin of one part of the memory provider. Select it with the
 * setting {@code OR3_MEMORY_FAULT}.
 */
public final class Fault {
    private final String id;
    private final String part;
    private final String description;
    private final List<String> rules;
    private final Set<Need> needs;
    private final Consumer<Parts> seed;
    private final Opening opening;

    /** What it takes to see a fault. */
    public enum Need {
        /** Nothing but calls one after the other. */
        SEQUENTIAL,
        /** Calls at the same time. */
        CONCURRENT,
        /** Provider time that moves. */
        CLOCK,
        /** A restart, or another start. */
        RESTART,
        /** Calls that are lost, held or doubled on their way. */
        LINE,
        /** A kill with requests in flight. */
        CRASH,
        /** Several instances over one storage. */
        INSTANCES
    }

    Fault(String id, String part, Set<Need> needs, List<String> rules, String description, Consumer<Parts> seed,
            Opening opening) {
        this.id = id;
        this.part = part;
        this.description = description;
        this.rules = List.copyOf(rules);
        this.needs = Set.copyOf(needs);
        this.seed = seed;
        this.opening = opening;
    }

    /** A short id, stable: those of the list of known faults begin with the letter of their part, others with B. */
    public String id() {
        return id;
    }

    /** The part of a provider it sits in, for example {@code pull}. */
    public String part() {
        return part;
    }

    /** What goes wrong, in one sentence. */
    public String description() {
        return description;
    }

    /** The rules that may explain it, the narrowest first; at least one of them fails where it is seen. */
    public List<String> rules() {
        return rules;
    }

    public Set<Need> needs() {
        return needs;
    }

    /** Puts the twin in the place of the correct part. */
    Consumer<Parts> seed() {
        return seed;
    }

    /** The twin of what comes before all parts. */
    Optional<Opening> opening() {
        return Optional.ofNullable(opening);
    }

    /** All faults, in the order of their parts. */
    public static List<Fault> all() {
        return Faults.ALL;
    }

    /**
     * @throws IllegalArgumentException if there is no such fault
     */
    public static Fault named(String id) {
        return all().stream().filter(fault -> fault.id.equalsIgnoreCase(id)).findFirst().orElseThrow(
                () -> new IllegalArgumentException(MemorySettings.FAULT + ": there is no fault '" + id + "'"));
    }

    @Override
    public String toString() {
        return id + " (" + part + "): " + description;
    }
}
