package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.sync.Hlc;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.suites.fault.Fault.Need;
import dev.or3.tck.suites.fault.Space.Known;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Faults in who wins, and in what the winner leaves behind. */
final class LwwFaults {
    private static final FaultPart LWW = new FaultPart("LWW");
    private static final Comparator<Stamp> CLOCK = Comparator.comparingLong(Stamp::clock);
    private static final Comparator<Stamp> HLC = Comparator.comparing(Stamp::hlc);
    private static final Comparator<Stamp> OP_ID = Comparator.comparing(Stamp::opId);

    private LwwFaults() {
    }

    static List<Fault> all() {
        return List.of(
                LWW.fault("L01", "LWW-03 LWW-10 LWW-06", "At equal clock and hlc the last arrival wins",
                        parts -> parts.use(new Ordered(parts, CLOCK.thenComparing(HLC), true))),
                LWW.fault("L02", "LWW-03 LWW-10 LWW-06", "At equal clock and hlc the first arrival wins",
                        parts -> parts.use(new Ordered(parts, CLOCK.thenComparing(HLC), false))),
                LWW.fault("L03", "LWW-01 LWW-10 LWW-04 LWW-06", "hlc is compared before clock",
                        parts -> parts.use(new Ordered(parts, HLC.thenComparing(CLOCK).thenComparing(OP_ID), false))),
                LWW.fault("L04", "LWW-04 LWW-02 LWW-10", "hlc is compared by the number it begins with",
                        parts -> parts.use(new Ordered(parts,
                                CLOCK.thenComparingLong(stamp -> leadingNumber(stamp.hlc())).thenComparing(OP_ID), false))),
                LWW.fault("L05", "LWW-04 LWW-02 LWW-10", "hlc is compared without regard to case",
                        parts -> parts.use(new Ordered(parts, CLOCK
                                .thenComparing(Stamp::hlc, String.CASE_INSENSITIVE_ORDER).thenComparing(OP_ID), false))),
                LWW.fault("L06", "LWW-04 LWW-01 LWW-10 LWW-06", "Clocks are compared as text, so that 9 beats 10",
                        parts -> parts.use(new Ordered(parts, Comparator.comparing((Stamp stamp) -> "" + stamp.clock())
                                .thenComparing(HLC).thenComparing(OP_ID), false))),
                LWW.fault("L07", "LWW-10 LWW-01 LWW-12 LWW-02 LWW-03 LWW-06 LWW-07", Set.of(Need.CONCURRENT),
                        "The record is read before the transaction that writes it: a lower stamp overwrites a higher one",
                        parts -> {
                            Prefetching prefetching = new Prefetching(parts);
                            parts.use(prefetching).use(new ReadCompareWrite(parts, prefetching));
                        }),
                LWW.fault("L08", "LWW-13 LWW-01 LWW-10 SNAP-01", "The winner's fields are merged into the loser's",
                        parts -> parts.use(new Resolution(parts) {
                            @Override
                            void store(Space space, Row winner, Optional<Row> loser) {
                                JsonText old = loser.map(Row::payload).orElse(null);
                                super.store(space, winner.deleted() || old == null ? winner
                                        : winner.withPayload(Payloads.merged(old, winner.payload())), loser);
                            }
                        })),
                LWW.fault("L09", "LWW-01 LWW-10 LWW-02 LWW-12 LWW-06 SNAP-01",
                        "The winner's payload is stored, but the stamp stays the loser's",
                        parts -> parts.use(new Resolution(parts) {
                            @Override
                            void store(Space space, Row winner, Optional<Row> loser) {
                                super.store(space, loser.map(old -> winner.withStamp(old.stamp())).orElse(winner), loser);
                            }
                        })),
                LWW.fault("L10", "LWW-12", "Every operation is reported as applied", parts -> parts.use(new Pushing(parts) {
                    @Override
                    OperationResult stored(Caller caller, Space space, String opId, Key key, long version, boolean applied) {
                        return super.stored(caller, space, opId, key, version, true);
                    }
                })),
                LWW.fault("L11", "LWW-05 PUSH-01 PUSH-05 PULL-09 PUSH-06",
                        "A losing operation is dropped, and answered with the winner's version",
                        parts -> parts.use(new LosersDropped(parts))),
                LWW.fault("L12", "LWW-02 LWW-10 LWW-04 SNAP-01 LWW-12",
                        "An hlc ahead of the server's time is set back to it",
                        parts -> parts.use(new NoFuture(parts))),
                LWW.fault("B17", "LWW-02 LWW-10 LWW-06",
                        "hlc is not compared at all: at equal clocks the first arrival wins",
                        parts -> parts.use(new Ordered(parts, CLOCK, false))),
                LWW.fault("B18", "LWW-10 LWW-01 LWW-12 LWW-02 LWW-03 LWW-06 LWW-07",
                        "The operations of a batch are all compared with the state before it, and the last of them stays",
                        parts -> {
                            Prefetching prefetching = new Prefetching(parts);
                            parts.use(prefetching).use(new Pushing(parts) {
                                @Override
                                PushResponse store(Caller caller, Space space, List<Decision> decisions) {
                                    prefetching.read(space, decisions.stream().filter(Decision.Store.class::isInstance)
                                            .map(store -> ((Decision.Store) store).admitted().key()));
                                    PushResponse answer = super.store(caller, space, decisions);
                                    prefetching.forget();
                                    return answer;
                                }
                            });
                        }),
                LWW.fault("B19", "LWW-14",
                        "An operation that lost is answered with an empty payload",
                        parts -> parts.use(new WrongWinner(parts))),
                LWW.fault("B20", "LWW-06 LWW-02 LWW-03 LWW-07 LWW-10",
                        "A delete is compared by its clock alone, and wins ties",
                        parts -> parts.use(new Resolution(parts) {
                            @Override
                            boolean wins(Row candidate, Row current) {
                                return candidate.deleted() ? candidate.stamp().clock() >= current.stamp().clock()
                                        : super.wins(candidate, current);
                            }
                        })),
                LWW.fault("B21", "LWW-11 LWW-10 LWW-01 SNAP-01 LWW-12",
                        "Records are keyed by pk alone, whatever their table",
                        parts -> parts.use(new TablesMixed(parts))),
                LWW.fault("B22", "WIRE-03 LWW-01 LWW-02 LWW-10 LWW-12 SNAP-01",
                        "Of two file_meta rows the one with the higher ref_count wins",
                        parts -> parts.use(new Resolution(parts) {
                            @Override
                            boolean wins(Row candidate, Row current) {
                                int byCount = Long.compare(refCount(candidate), refCount(current));
                                return byCount == 0 ? super.wins(candidate, current) : byCount > 0;
                            }
                        })));
    }

    private static long leadingNumber(String hlc) {
        try {
            return Long.parseLong(hlc.split("[:-]", 2)[0], 36);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static long refCount(Row row) {
        return row.payload() == null || !row.key().tableName().equals("file_meta") ? 0
                : row.payload().parse().path("ref_count").asLong();
    }

    private static final class Ordered extends Resolution {
        private final Comparator<Stamp> order;
        private final boolean lastWins;

        Ordered(Parts parts, Comparator<Stamp> order, boolean lastWins) {
            super(parts);
            this.order = order;
            this.lastWins = lastWins;
        }

        @Override
        int order(Stamp a, Stamp b) {
            int compared = order.compare(a, b);
            return compared == 0 && lastWins ? 1 : compared;
        }
    }

    /** Compares with records that were read for the whole batch at once. */
    private static final class Prefetching extends Resolution {
        private final ThreadLocal<Map<Key, Optional<Row>>> read = new ThreadLocal<>();

        Prefetching(Parts parts) {
            super(parts);
        }

        void read(Space space, Stream<Key> keys) {
            Map<Key, Optional<Row>> rows = new HashMap<>();
            keys.forEach(key -> rows.put(key, space.current(key)));
            read.set(rows);
        }

        /** From now on the batch knows better. */
        void wrote(Key key) {
            read.get().remove(key);
        }

        void forget() {
            read.remove();
        }

        @Override
        Optional<Row> current(Space space, Key key) {
            Map<Key, Optional<Row>> rows = read.get();
            return rows == null || !rows.containsKey(key) ? super.current(space, key) : rows.get(key);
        }
    }

    /** Reads the records with everything else that the batch needs to know, but before its transaction. */
    private static final class ReadCompareWrite extends Pushing {
        private final Prefetching prefetching;

        ReadCompareWrite(Parts parts, Prefetching prefetching) {
            super(parts);
            this.prefetching = prefetching;
        }

        @Override
        PushResponse push(Caller caller, PushRequest request) {
            Space space = parts.access.enter(caller, request.scope());
            List<Operation> operations = parts.admission.batch(request.ops());
            prefetching.read(space, operations.stream().filter(operation -> operation.tableName() != null)
                    .filter(operation -> operation.pk() != null)
                    .map(operation -> new Key(operation.tableName(), operation.pk())));
            try {
                return parts.transact(space, () -> store(caller, space, decide(caller, space, operations)));
            } finally {
                prefetching.forget();
            }
        }

        @Override
        OperationResult write(Caller caller, Space space, Entry entry) {
            OperationResult result = super.write(caller, space, entry);
            prefetching.wrote(entry.key());
            return result;
        }
    }

    private static final class LosersDropped extends Pushing {
        LosersDropped(Parts parts) {
            super(parts);
        }

        @Override
        List<Decision> decide(Caller caller, Space space, List<Operation> operations) {
            List<Decision> decisions = new ArrayList<>();
            for (Decision decision : super.decide(caller, space, operations)) {
                decisions.add(decision instanceof Decision.Store store ? unlessLost(space, store) : decision);
            }
            return decisions;
        }

        private Decision unlessLost(Space space, Decision.Store store) {
            Admitted admitted = store.admitted();
            return space.current(admitted.key())
                    .filter(winner -> parts.resolution.order(admitted.stamp(), winner.stamp()) < 0)
                    .<Decision>map(winner -> new Decision.Replay(admitted.opId(), new Known(admitted.key(),
                            admitted.fingerprint(), winner.version(), false, winner.writtenAt())))
                    .orElse(store);
        }
    }

    private static final class NoFuture extends Resolution {
        NoFuture(Parts parts) {
            super(parts);
        }

        @Override
        Row materialize(Entry entry) {
            Stamp stamp = entry.stamp();
            String now = new Hlc(parts.clock.millis(), 0, "server00").toString();
            return stamp.hlc().compareTo(now) <= 0 ? super.materialize(entry)
                    : super.materialize(entry).withStamp(new Stamp(stamp.deviceId(), stamp.opId(), now, stamp.clock()));
        }
    }

    private static final class WrongWinner extends Pushing {
        private static final JsonText EMPTY = new JsonText("{}");

        WrongWinner(Parts parts) {
            super(parts);
        }

        @Override
        OperationResult stored(Caller caller, Space space, String opId, Key key, long version, boolean applied) {
            return OperationResult.stored(opId, version, applied, applied ? null : EMPTY);
        }
    }

    /** One table of records with a unique key: an upsert replaces the row of whatever table. */
    private static final class TablesMixed extends Resolution {
        TablesMixed(Parts parts) {
            super(parts);
        }

        @Override
        void store(Space space, Row winner, Optional<Row> loser) {
            for (String table : parts.schema.tableNames()) {
                space.rows.remove(new Key(table, winner.key().pk()));
            }
            super.store(space, winner, loser);
        }
    }
}
