package dev.or3.tck.suites.fault;

import dev.or3.tck.suites.fault.Fault.Need;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The part of a provider that faults are declared for. */
record FaultPart(String name) {

    /** A fault that shows in calls one after the other. */
    Fault fault(String id, String rules, String description, Consumer<Parts> seed) {
        return fault(id, rules, Set.of(Need.SEQUENTIAL), description, seed);
    }

    /**
     * @param rules ids separated by blanks, the narrowest first
     */
    Fault fault(String id, String rules, Set<Need> needs, String description, Consumer<Parts> seed) {
        return new Fault(id, name, needs, List.of(rules.split(" ")), description, seed, null);
    }

    /** A fault in how the storage is found. */
    Fault opening(String id, String rules, String description, Opening twin) {
        return new Fault(id, name, Set.of(Need.RESTART), List.of(rules.split(" ")), description, parts -> { }, twin);
    }
}
