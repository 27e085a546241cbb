package dev.or3.tck.suites.fault;

import java.util.List;

/** Faults in what a push stores and answers. */
final class PushFaults {
    private PushFaults() {
    }

    static List<Fault> all() {
        return List.of();
    }
}
