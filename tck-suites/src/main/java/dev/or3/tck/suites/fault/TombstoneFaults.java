package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.sync.Hlc;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.suites.fault.Space.TombstoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Faults in what a delete leaves behind. */
final class TombstoneFaults {
    private static final FaultPart TOMBSTONES = new FaultPart("tombstones");

    private TombstoneFaults() {
    }

    static List<Fault> all() {
        return List.of(
                TOMBSTONES.fault("D01", "LWW-07 GC-06 LWW-10 SNAP-01 LWW-09",
                        "A delete of an unknown record leaves no tombstone, so that an older put creates it",
                        parts -> parts.use(new Resolution(parts) {
                            @Override
                            boolean apply(Space space, Entry entry) {
                                boolean nothingToDelete = entry.admitted().isDelete()
                                        && current(space, entry.key()).isEmpty();
                                return !nothingToDelete && super.apply(space, entry);
                            }
                        })),
                TOMBSTONES.fault("D02", "LWW-06 LWW-10 LWW-12 SNAP-01", "A delete wins whatever its stamp",
                        parts -> parts.use(new Resolution(parts) {
                            @Override
                            boolean wins(Row candidate, Row current) {
                                return candidate.deleted() || super.wins(candidate, current);
                            }
                        })),
                TOMBSTONES.fault("D03", "LWW-08 LWW-10 SNAP-01",
                        "A put that wins over a tombstone leaves the record deleted",
                        parts -> parts.use(new Resolution(parts) {
                            @Override
                            void store(Space space, Row winner, Optional<Row> loser) {
                                if (loser.filter(Row::deleted).isPresent() && !winner.deleted()) {
                                    super.store(space, loser.get().withStamp(winner.stamp()), loser);
                                } else {
                                    super.store(space, winner, loser);
                                }
                            }
                        })),
                TOMBSTONES.fault("D04", "LWW-07 LWW-09 GC-06 LWW-10 SNAP-01",
                        "A delete removes the row with its stamp, and an older put resurrects it",
                        parts -> parts.use(new Resolution(parts) {
                            @Override
                            void store(Space space, Row winner, Optional<Row> loser) {
                                super.store(space, winner, loser);
                                space.tombstones.remove(TombstoneId.of(winner.key()));
                            }
                        })),
                TOMBSTONES.fault("D05", "LWW-09 LWW-06 LWW-07 LWW-08 LWW-10 SNAP-01",
                        "The tombstone holds the server's time instead of the operation's hlc",
                        parts -> parts.use(new Resolution(parts) {
                            @Override
                            Row materialize(Entry entry) {
                                Row row = super.materialize(entry);
                                String now = new Hlc(entry.storedAt(), 0, "server00").toString();
                                Stamp stamp = row.stamp();
                                return row.deleted() ? row.withStamp(
                                        new Stamp(stamp.deviceId(), stamp.opId(), now, stamp.clock())) : row;
                            }
                        })),
                TOMBSTONES.fault("D06", "LWW-09 SNAP-01 SNAP-05",
                        "Every delete adds a tombstone, since the upsert has a fresh key",
                        parts -> parts.use(new FreshTombstones(parts))),
                TOMBSTONES.fault("D07", "PULL-06 PULL-14", "Deletes are left out of filtered pulls",
                        parts -> parts.use(new Paging(parts) {
                            @Override
                            Predicate<Entry> wanted(Caller caller, List<String> tables) {
                                Predicate<Entry> wanted = super.wanted(caller, tables);
                                return tables == null ? wanted : wanted.and(entry -> !entry.admitted().isDelete());
                            }
                        })),
                TOMBSTONES.fault("B23", "LWW-09 LWW-07 LWW-06 LWW-10 SNAP-01",
                        "A later delete keeps the stamp of the tombstone that is there",
                        parts -> parts.use(new Resolution(parts) {
                            @Override
                            void store(Space space, Row winner, Optional<Row> loser) {
                                Optional<Row> tombstone = loser.filter(old -> old.deleted() && winner.deleted());
                                super.store(space, tombstone.orElse(winner), loser);
                            }
                        })),
                TOMBSTONES.fault("B24", "LWW-07 LWW-02 LWW-03 LWW-06 LWW-10 LWW-12 SNAP-01",
                        "Tombstones are compared by clock alone: a put of the same clock brings the record back",
                        parts -> parts.use(new Resolution(parts) {
                            @Override
                            boolean wins(Row candidate, Row current) {
                                return current.deleted() && !candidate.deleted()
                                        ? candidate.stamp().clock() >= current.stamp().clock()
                                        : super.wins(candidate, current);
                            }
                        })));
    }

    private static final class FreshTombstones extends Resolution {
        FreshTombstones(Parts parts) {
            super(parts);
        }

        @Override
        Optional<Row> current(Space space, Key key) {
            Optional<Row> newest = space.tombstonesOf(key).stream().max(Comparator.comparing(Row::stamp, this::order));
            return Optional.ofNullable(space.rows.get(key)).or(() -> newest);
        }

        @Override
        void store(Space space, Row winner, Optional<Row> loser) {
            if (winner.deleted()) {
                space.rows.remove(winner.key());
                space.tombstones.put(new TombstoneId(winner.key(), winner.stamp().opId()), winner);
            } else {
                space.tombstonesOf(winner.key()).clear();
                space.rows.put(winner.key(), winner);
            }
        }
    }
}
