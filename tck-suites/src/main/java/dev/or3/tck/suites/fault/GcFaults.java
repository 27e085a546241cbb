package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.Hlc;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.suites.fault.Entry.Place;
import dev.or3.tck.suites.fault.Fault.Need;
import dev.or3.tck.suites.fault.Space.DeviceCursor;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Faults in what is collected and in how it is told. A device that registers between the look-up of the slowest cursor
 * and the delete is not among them: to an observer that collection came first.
 */
final class GcFaults {
    private static final FaultPart GC = new FaultPart("GC");
    private static final Set<Need> CLOCK = Set.of(Need.CLOCK);
    private static final Set<Need> RACE = Set.of(Need.CLOCK, Need.CONCURRENT);

    private GcFaults() {
    }

    static List<Fault> all() {
        return List.of(
                GC.fault("G01", "GC-02 GC-01 GC-05 GC-06",
                        CLOCK, "The fastest device's cursor bounds the collection, not the slowest",
                        parts -> parts.use(new Collection(parts) {
                            @Override
                            long releasable(Space space, long retentionSeconds) {
                                OptionalLong fastest = space.cursors.values().stream()
                                        .mapToLong(DeviceCursor::version).max();
                                return fastest.isPresent() ? fastest.getAsLong() : super.releasable(space, retentionSeconds);
                            }
                        })),
                GC.fault("G02", "GC-02 GC-01 GC-05 GC-06",
                        CLOCK, "The first change that the slowest device has not seen is collected",
                        parts -> parts.use(new Collection(parts) {
                            @Override
                            long releasable(Space space, long retentionSeconds) {
                                long slowest = super.releasable(space, retentionSeconds);
                                return slowest == Long.MAX_VALUE ? slowest : slowest + 1;
                            }
                        })),
                GC.fault("G03", "GC-02 GC-01 GC-05 GC-06", CLOCK, "Devices at version 0 are not counted as registered",
                        parts -> parts.use(new Cursors(parts) {
                            @Override
                            OptionalLong slowest(Space space) {
                                return space.cursors.values().stream().mapToLong(DeviceCursor::version)
                                        .filter(version -> version > 0).min();
                            }
                        })),
                GC.fault("G04", "PULL-13 GC-05", CLOCK, "requiresSnapshot is never signalled",
                        parts -> parts.use(new Paging(parts) {
                            @Override
                            boolean requiresSnapshot(Space space, long cursor, long oldestRetained) {
                                return false;
                            }
                        })),
                GC.fault("G05", "PULL-13 GC-05", CLOCK, "requiresSnapshot is signalled to a device that misses nothing",
                        parts -> parts.use(new Paging(parts) {
                            @Override
                            boolean requiresSnapshot(Space space, long cursor, long oldestRetained) {
                                return oldestRetained > 1 && cursor < oldestRetained;
                            }
                        })),
                GC.fault("G06", "GC-03 GC-01", CLOCK, "Seconds of retention are taken as milliseconds",
                        parts -> parts.use(new Collection(parts) {
                            @Override
                            boolean isOld(long millis, long retentionSeconds) {
                                return millis < parts.clock.millis() - retentionSeconds;
                            }
                        })),
                GC.fault("G07", "PULL-13 GC-11 GC-05", RACE,
                        "A pull reads the floor before its page, and a collection comes between",
                        parts -> parts.use(new FloorBefore(parts))),
                GC.fault("G08", "GC-09 GC-02 GC-01 GC-05", CLOCK, "A collection lacks its workspace condition",
                        parts -> parts.use(new Collection(parts) {
                            @Override
                            void collectLog(Space space, long upTo, long retentionSeconds) {
                                parts.disk.spaces().forEach(each -> super.collectLog(each, upTo, retentionSeconds));
                            }
                        })),
                GC.fault("G09", "GC-06 GC-01 GC-02 GC-08 SNAP-01", CLOCK, "Tombstones are collected by age alone",
                        parts -> parts.use(new Collection(parts) {
                            @Override
                            void collectTombstones(Space space, long upTo, long retentionSeconds) {
                                super.collectTombstones(space, Long.MAX_VALUE, retentionSeconds);
                            }
                        })),
                GC.fault("G10", "PULL-13 GC-05", CLOCK, "requiresSnapshot is false where the whole log was collected",
                        parts -> parts.use(new Paging(parts) {
                            @Override
                            boolean requiresSnapshot(Space space, long cursor, long oldestRetained) {
                                return !space.log.isEmpty() && super.requiresSnapshot(space, cursor, oldestRetained);
                            }
                        })),
                GC.fault("G11", "GC-02 GC-01 GC-05 GC-06", CLOCK,
                        "A device is forgotten by the time of its registration, however active it is",
                        parts -> parts.use(new Collection(parts) {
                            @Override
                            long releasable(Space space, long retentionSeconds) {
                                space.cursors.values().removeIf(device -> isOld(device.firstSeen(), retentionSeconds));
                                return super.releasable(space, retentionSeconds);
                            }
                        })),
                GC.fault("G13", "GC-08 SNAP-01", CLOCK, "Records are removed together with their log entries",
                        parts -> parts.use(new Cascading(parts))),
                GC.fault("B36", "GC-01 GC-02 GC-03 GC-05",
                        CLOCK, "What is old or passed by all devices is collected, not only what is both",
                        parts -> parts.use(new Collection(parts) {
                            @Override
                            void collectLog(Space space, long upTo, long retentionSeconds) {
                                super.collectLog(space, Long.MAX_VALUE, retentionSeconds);
                                super.collectLog(space, upTo == Long.MAX_VALUE ? 0 : upTo, Long.MIN_VALUE / 2);
                            }
                        })),
                GC.fault("B37", "GC-04", CLOCK, "The log is never collected", parts -> parts.use(new Collection(parts) {
                    @Override
                    void collectLog(Space space, long upTo, long retentionSeconds) {
                        // The job that does it is not there.
                    }
                })),
                GC.fault("B38", "GC-10", "A retention below zero is accepted, and puts the cut-off into the future",
                        parts -> parts.use(new Collection(parts) {
                            @Override
                            void checkRetention(long retentionSeconds) {
                                // Any number will do.
                            }
                        })),
                GC.fault("B39", "GC-11 PULL-09 PUSH-01 PUSH-05 GC-01 GC-02 PULL-07 GC-05", RACE,
                        "The log is replaced by a copy of what stays: a push in between is lost",
                        parts -> parts.use(new CopyAndSwap(parts))),
                GC.fault("B40", "GC-13 GC-06 GC-01",
                        CLOCK, "The age of a tombstone is taken from its hlc, the client's clock",
                        parts -> parts.use(new Collection(parts) {
                            @Override
                            long deletedAt(Row tombstone) {
                                return clientMillis(tombstone);
                            }
                        })),
                GC.fault("B41", "GC-02 GC-05 GC-01 PULL-13", CLOCK,
                        "Entries whose record was written again are compacted away before all devices have them",
                        parts -> parts.use(new Compacting(parts))),
                GC.fault("B42", "GC-03 GC-01", CLOCK, "The age of an entry is taken from its hlc, the client's clock",
                        parts -> parts.use(new ClientAge(parts))));
    }

    private static long clientMillis(Row row) {
        return clientMillis(row.stamp().hlc());
    }

    private static long clientMillis(String hlc) {
        try {
            return Hlc.parse(hlc).millis();
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    private static final class FloorBefore extends Paging {
        private final Map<Thread, Long> floors = new ConcurrentHashMap<>();

        FloorBefore(Parts parts) {
            super(parts);
        }

        @Override
        PullResponse pull(Caller caller, PullRequest request) {
            floors.put(Thread.currentThread(), parts.access.enter(caller, request.scope()).oldestRetained());
            try {
                return super.pull(caller, request);
            } finally {
                floors.remove(Thread.currentThread());
            }
        }

        @Override
        boolean requiresSnapshot(Space space, long cursor, long oldestRetained) {
            return super.requiresSnapshot(space, cursor, floors.get(Thread.currentThread()));
        }
    }

    private static final class Cascading extends Collection {
        Cascading(Parts parts) {
            super(parts);
        }

        @Override
        void collectLog(Space space, long upTo, long retentionSeconds) {
            super.collectLog(space, upTo, retentionSeconds);
            long oldest = space.oldestRetained();
            space.rows.values().removeIf(row -> row.version() < oldest);
        }
    }

    private static final class CopyAndSwap extends Collection {
        CopyAndSwap(Parts parts) {
            super(parts);
        }

        @Override
        void changeLog(Caller caller, CollectRequest request) {
            Space space = parts.access.enter(caller, request.scope());
            checkRetention(request.retentionSeconds());
            long upTo = releasable(space, request.retentionSeconds());
            Map<Place, Entry> kept = new TreeMap<>(space.log);
            kept.values().removeIf(
                    entry -> entry.version() <= upTo && isOld(entry.storedAt(), request.retentionSeconds()));
            parts.transact(space, () -> space.log.keySet().retainAll(kept.keySet()));
        }
    }

    private static final class Compacting extends Collection {
        Compacting(Parts parts) {
            super(parts);
        }

        @Override
        void collectLog(Space space, long upTo, long retentionSeconds) {
            super.collectLog(space, upTo, retentionSeconds);
            space.log.values().removeIf(entry -> isOld(entry.storedAt(), retentionSeconds)
                    && space.current(entry.key()).filter(row -> row.version() > entry.version()).isPresent());
        }
    }

    private static final class ClientAge extends Collection {
        ClientAge(Parts parts) {
            super(parts);
        }

        @Override
        void collectLog(Space space, long upTo, long retentionSeconds) {
            for (Entry entry : space.log.values()) {
                if (entry.version() > upTo || !isOld(clientMillis(entry.stamp().hlc()), retentionSeconds)) {
                    return;
                }
                space.log.remove(entry.place());
            }
        }
    }
}
