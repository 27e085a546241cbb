package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.suites.fault.Fault.Need;
import dev.or3.tck.suites.fault.Space.DeviceCursor;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Faults in what is remembered of how far devices have come; most show when garbage is collected. */
final class CursorFaults {
    private static final FaultPart CURSORS = new FaultPart("cursors");
    private static final Set<Need> COLLECTING = Set.of(Need.CLOCK);

    private CursorFaults() {
    }

    static List<Fault> all() {
        return List.of(
                CURSORS.fault("C01", "CUR-02 GC-06",
                        COLLECTING, "A cursor takes whatever version comes last, also a lower one",
                        parts -> parts.use(new Cursors(parts) {
                            @Override
                            long merged(long old, long version) {
                                return version;
                            }
                        })),
                CURSORS.fault("C02", "CUR-04 GC-02 GC-01 GC-05", COLLECTING,
                        "A cursor beyond the head is kept, and releases what the device has not seen",
                        parts -> parts.use(new Cursors(parts) {
                            @Override
                            void checkHead(Space space, long version) {
                                // Whatever a device says is believed.
                            }
                        })),
                CURSORS.fault("C03", "CUR-01 GC-02 GC-01 GC-05 GC-06", COLLECTING,
                        "Cursors are kept by user: the fastest device speaks for all of them",
                        parts -> parts.use(new Cursors(parts) {
                            @Override
                            String key(Caller caller, CursorUpdate update) {
                                return caller.userId();
                            }
                        })),
                CURSORS.fault("C04", "CUR-06 GC-02", COLLECTING, "Anyone may move anyone's device cursor",
                        parts -> parts.use(new Cursors(parts) {
                            @Override
                            void checkOwner(DeviceCursor cursor, String userId) {
                                // The device id is all there is to know.
                            }
                        })),
                CURSORS.fault("C05", "GC-02 GC-05 CUR-01 GC-01 GC-06", COLLECTING,
                        "A pull moves the cursors of the caller's devices, before the page is applied",
                        parts -> parts.use(new PullMoves(parts))),
                CURSORS.fault("C06", "CUR-02 GC-06", COLLECTING, "A cursor that would go back is refused, but stored",
                        parts -> parts.use(new Cursors(parts) {
                            @Override
                            void move(Space space, String key, String userId, long version) {
                                DeviceCursor old = space.cursors.get(key);
                                super.move(space, key, userId, version);
                                if (old != null && old.version() > version) {
                                    space.cursors.put(key, new DeviceCursor(
                                            userId, version, old.firstSeen(), old.lastSeen()));
                                    throw ProviderException.conflict("the cursor is ahead already");
                                }
                            }
                        })),
                CURSORS.fault("C07", "GC-02 DUR-01 GC-05 GC-01", Set.of(Need.CLOCK, Need.RESTART),
                        "Cursors are kept in memory, and lost in a restart", parts -> parts.use(new InMemory(parts))),
                CURSORS.fault("B32", "CUR-03 GC-02 GC-05 GC-01 GC-09", COLLECTING,
                        "A device has one cursor, which belongs to the workspace that it updated last",
                        parts -> parts.use(new Cursors(parts) {
                            @Override
                            void move(Space space, String key, String userId, long version) {
                                parts.disk.spaces().stream().filter(other -> other != space)
                                        .forEach(other -> other.cursors.remove(key));
                                super.move(space, key, userId, version);
                            }
                        })),
                CURSORS.fault("B33", "CUR-05", "Updates without a device, and to versions below zero, are accepted",
                        parts -> parts.use(new Cursors(parts) {
                            @Override
                            void check(CursorUpdate update) {
                                // Left to the host.
                            }
                        })),
                CURSORS.fault("B34", "CUR-07",
                        Set.of(Need.CONCURRENT), "A cursor update beside another transaction fails: database is locked",
                        parts -> parts.use(new Impatient(parts))),
                CURSORS.fault("B35", "CUR-01 GC-04 GC-01", COLLECTING, "The first position of a device is never updated",
                        parts -> parts.use(new Cursors(parts) {
                            @Override
                            long merged(long old, long version) {
                                return old;
                            }
                        })));
    }

    private static final class PullMoves extends Paging {
        PullMoves(Parts parts) {
            super(parts);
        }

        @Override
        PullResponse pull(Caller caller, PullRequest request) {
            PullResponse page = super.pull(caller, request);
            Map<String, DeviceCursor> cursors = parts.access.enter(caller, request.scope()).cursors;
            cursors.replaceAll((device, old) -> !old.userId().equals(caller.userId()) ? old : new DeviceCursor(
                    old.userId(), Math.max(old.version(), page.nextCursor()), old.firstSeen(), old.lastSeen()));
            return page;
        }
    }

    private static final class InMemory extends Cursors {
        private final Map<Space, Set<String>> registered = new ConcurrentHashMap<>();

        InMemory(Parts parts) {
            super(parts);
        }

        @Override
        void move(Space space, String key, String userId, long version) {
            super.move(space, key, userId, version);
            registered.computeIfAbsent(space, ignored -> ConcurrentHashMap.newKeySet()).add(key);
        }

        @Override
        OptionalLong slowest(Space space) {
            space.cursors.keySet().retainAll(registered.getOrDefault(space, Set.of()));
            return super.slowest(space);
        }
    }

    /** Takes the lock if it is free, and does not wait for it. */
    private static final class Impatient extends Cursors {
        Impatient(Parts parts) {
            super(parts);
        }

        @Override
        void update(Caller caller, CursorUpdate update) {
            Space space = parts.access.enter(caller, update.scope());
            if (!space.lock.tryLock()) {
                throw ProviderException.conflict("database is locked");
            }
            try {
                super.update(caller, update);
            } finally {
                space.lock.unlock();
            }
        }
    }
}
