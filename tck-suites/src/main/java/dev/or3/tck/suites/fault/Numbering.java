package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;

/** Versions: 1, 2, 3 … for each workspace, without gap or repeat (PUSH-05, -08, -09). */
class Numbering {
    final Parts parts;

    Numbering(Parts parts) {
        this.parts = parts;
    }

    /** Takes as many versions as there are new operations and returns the first of them. */
    long allocate(Caller session, Space space, int count) {
        return space.head.getAndAdd(count) + 1;
    }

    /** The highest version given out. */
    long head(Space space) {
        return space.head.get();
    }
}
