package dev.or3.tck.suites.fault;

import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.suites.fault.Space.TombstoneId;
import java.util.Optional;

/** Last writer wins: by clock, then hlc, then op id, texts by code units (LWW rules). */
class Resolution {
    final Parts parts;

    Resolution(Parts parts) {
        this.parts = parts;
    }

    /** Materializes an entry of the log if it wins over what is there, and says whether it did. */
    boolean apply(Space space, Entry entry) {
        Row candidate = materialize(entry);
        Optional<Row> current = current(space, candidate.key());
        if (current.isPresent() && !wins(candidate, current.get())) {
            return false;
        }
        store(space, candidate, current);
        return true;
    }

    Row materialize(Entry entry) {
        return Row.of(entry);
    }

    Optional<Row> current(Space space, Key key) {
        return space.current(key);
    }

    boolean wins(Row candidate, Row current) {
        return order(candidate.stamp(), current.stamp()) > 0;
    }

    int order(Stamp a, Stamp b) {
        int byClock = Long.compare(a.clock(), b.clock());
        int byHlc = byClock != 0 ? byClock : a.hlc().compareTo(b.hlc());
        return byHlc != 0 ? byHlc : a.opId().compareTo(b.opId());
    }

    /** Replaces the record as a whole; a record and its tombstone exclude each other. */
    void store(Space space, Row winner, Optional<Row> loser) {
        if (winner.deleted()) {
            space.rows.remove(winner.key());
            space.tombstones.put(TombstoneId.of(winner.key()), winner);
        } else {
            space.tombstones.remove(TombstoneId.of(winner.key()));
            space.rows.put(winner.key(), winner);
        }
    }
}
