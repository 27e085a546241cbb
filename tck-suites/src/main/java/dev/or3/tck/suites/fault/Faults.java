package dev.or3.tck.suites.fault;

import java.util.List;
import java.util.stream.Stream;

/** The faults of all parts. */
final class Faults {
    static final List<Fault> ALL = Stream.<List<Fault>>of(
            PushFaults.all())
            .flatMap(List::stream).toList();

    private Faults() {
    }
}
