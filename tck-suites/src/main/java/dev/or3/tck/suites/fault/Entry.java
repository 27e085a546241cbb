package dev.or3.tck.suites.fault;

import dev.or3.tck.api.sync.Stamp;
import java.util.Comparator;

/**
 * A row of the change log.
 *
 * @param storedAt provider time, in milliseconds since the epoch
 */
record Entry(long version, Admitted admitted, long storedAt) {

    Key key() {
        return admitted.key();
    }

    Stamp stamp() {
        return admitted.stamp();
    }

    String owner() {
        return admitted.owner();
    }

    Place place() {
        return new Place(version, admitted.opId());
    }

    Entry with(Admitted other) {
        return new Entry(version, other, storedAt);
    }

    /** Where an entry stands in the log. The table itself does not forbid two entries of one version. */
    record Place(long version, String opId) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::version).thenComparing(Place::opId);

        /** After every entry of a version. */
        static Place after(long version) {
            return new Place(version, "\uffff");
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }
}
