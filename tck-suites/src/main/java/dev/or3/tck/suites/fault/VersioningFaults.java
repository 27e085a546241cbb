package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.suites.fault.Fault.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Faults in how the log is numbered. A counter of 32 bits is not among them: no run comes near its end.
 */
final class VersioningFaults {
    private static final FaultPart VERSIONING = new FaultPart("versioning");

    private VersioningFaults() {
    }

    static List<Fault> all() {
        return List.of(
                VERSIONING.fault("V01", "PUSH-05 PUSH-07 PULL-07 PULL-09 PULL-01", Set.of(Need.CONCURRENT),
                        "The counter is read before the transaction that raises it: two pushes get the same version",
                        parts -> parts.use(new ReadThenRaise(parts))),
                VERSIONING.fault("V02", "PUSH-09 PUSH-05", "A refused operation burns a version",
                        parts -> parts.use(new Burning(parts, Decision.Refuse.class))),
                VERSIONING.fault("V03", "PULL-08 PULL-09 PULL-05 PULL-04", Set.of(Need.CONCURRENT),
                        "Versions are given out before the entries are committed, which then land out of order",
                        parts -> parts.use(new LateCommits(parts))),
                VERSIONING.fault("V04", "PUSH-05", "Versions are milliseconds of the provider's clock",
                        parts -> parts.use(new WallClock(parts))),
                VERSIONING.fault("V05", "PUSH-08 PUSH-05", "One counter serves all workspaces",
                        parts -> parts.use(new OneForAll(parts))),
                VERSIONING.fault("V06", "PUSH-05 PUSH-02 PUSH-03 PUSH-09",
                        "Versions are reserved for all operations of a batch, replays included",
                        parts -> parts.use(new Burning(parts, Decision.Replay.class))),
                VERSIONING.fault("V07", "GC-07 PUSH-05 PUSH-07", Set.of(Need.CLOCK),
                        "The next version is the highest of the log and one, which starts again once the log is collected",
                        parts -> parts.use(new HighestOfLog(parts))),
                VERSIONING.fault("V09", "PUSH-07 PUSH-05 PULL-08", Set.of(Need.INSTANCES),
                        "Each process takes a block of versions in advance",
                        parts -> parts.use(new Blocks(parts, session -> "process"))),
                VERSIONING.fault("V10", "PUSH-05 PUSH-07 PULL-09", Set.of(Need.INSTANCES),
                        "The counter is kept in memory while another process raises it",
                        parts -> parts.use(new Cached(parts))),
                VERSIONING.fault("B16", "PUSH-07 PUSH-05 PULL-08",
                        "Each user's session takes a block of versions in advance",
                        parts -> parts.use(new Blocks(parts, Caller::userId))));
    }

    private static final class ReadThenRaise extends Pushing {
        ReadThenRaise(Parts parts) {
            super(parts);
        }

        @Override
        PushResponse push(Caller caller, PushRequest request) {
            Space space = parts.access.enter(caller, request.scope());
            List<Operation> operations = parts.admission.batch(request.ops());
            long head = parts.numbering.head(space);
            return parts.transact(space, () -> {
                List<Decision> decisions = decide(caller, space, operations);
                space.head.set(head);
                return store(caller, space, decisions);
            });
        }
    }

    private static final class Burning extends Pushing {
        private final Class<? extends Decision> burnt;

        Burning(Parts parts, Class<? extends Decision> burnt) {
            super(parts);
            this.burnt = burnt;
        }

        @Override
        PushResponse store(Caller caller, Space space, List<Decision> decisions) {
            PushResponse answer = super.store(caller, space, decisions);
            parts.numbering.allocate(caller, space, (int) decisions.stream().filter(burnt::isInstance).count());
            return answer;
        }
    }

    /** Claims op ids and versions in a transaction, and writes after it. */
    private static final class LateCommits extends Pushing {
        LateCommits(Parts parts) {
            super(parts);
        }

        @Override
        PushResponse push(Caller caller, PushRequest request) {
            Space space = parts.access.enter(caller, request.scope());
            List<Operation> operations = parts.admission.batch(request.ops());
            List<Entry> entries = new ArrayList<>();
            List<Decision> decisions = parts.transact(space, () -> {
                List<Decision> claimed = decide(caller, space, operations);
                for (Decision decision : claimed) {
                    if (decision instanceof Decision.Store store) {
                        long version = parts.numbering.allocate(caller, space, 1);
                        entries.add(new Entry(version, store.admitted(), parts.clock.millis()));
                        parts.deduplication.remember(space, entries.get(entries.size() - 1), true);
                    }
                }
                return claimed;
            });
            List<OperationResult> results = new ArrayList<>();
            for (Entry entry : entries) {
                boolean applied = parts.transact(space, () -> parts.resolution.apply(space, entry));
                log(space, entry);
                results.add(stored(caller, space, entry.admitted().opId(), entry.key(), entry.version(), applied));
            }
            results.addAll(store(caller, space, decisions.stream()
                    .filter(decision -> !(decision instanceof Decision.Store)).toList()).results());
            return new PushResponse(results, entries.isEmpty() ? parts.numbering.head(space)
                    : entries.get(entries.size() - 1).version());
        }
    }

    private static final class WallClock extends Numbering {
        WallClock(Parts parts) {
            super(parts);
        }

        @Override
        long allocate(Caller session, Space space, int count) {
            long first = parts.clock.millis();
            if (count > 0) {
                space.head.set(first + count - 1);
            }
            return first;
        }
    }

    private static final class OneForAll extends Numbering {
        private final AtomicLong counter;

        OneForAll(Parts parts) {
            super(parts);
            counter = parts.disk.extra("counter", AtomicLong::new);
        }

        @Override
        long allocate(Caller session, Space space, int count) {
            long first = counter.getAndAdd(count) + 1;
            if (count > 0) {
                space.head.set(first + count - 1);
            }
            return first;
        }
    }

    private static final class HighestOfLog extends Numbering {
        HighestOfLog(Parts parts) {
            super(parts);
        }

        @Override
        long allocate(Caller session, Space space, int count) {
            long highest = head(space);
            space.head.set(highest + count);
            return highest + 1;
        }

        @Override
        long head(Space space) {
            return space.log.isEmpty() ? 0 : space.log.lastKey().version();
        }
    }

    /** Blocks of versions, one at a time for each holder; a holder whom nobody disturbs leaves no gap. */
    private static final class Blocks extends Numbering {
        private static final int SIZE = 20;

        private final Function<Caller, String> holder;
        private final Map<Space, Map<String, Block>> blocks = new ConcurrentHashMap<>();

        Blocks(Parts parts, Function<Caller, String> holder) {
            super(parts);
            this.holder = holder;
        }

        @Override
        long allocate(Caller session, Space space, int count) {
            Block block = blocks.computeIfAbsent(space, ignored -> new ConcurrentHashMap<>())
                    .compute(holder.apply(session), (name, old) -> reserve(space, old, count));
            return block.next() - count;
        }

        private static Block reserve(Space space, Block old, int count) {
            if (old != null && old.next() + count <= old.end()) {
                return new Block(old.next() + count, old.end());
            }
            long start = space.head.getAndAdd(Math.max(SIZE, count)) + 1;
            long next = old != null && old.end() == start ? old.next() : start;
            return new Block(next + count, space.head.get() + 1);
        }

        @Override
        long head(Space space) {
            return space.log.isEmpty() ? 0 : space.log.lastKey().version();
        }

        /** The next version to give out, and the first that belongs to somebody else. */
        private record Block(long next, long end) {
        }
    }

    private static final class Cached extends Numbering {
        private final Map<Space, Long> heads = new ConcurrentHashMap<>();

        Cached(Parts parts) {
            super(parts);
        }

        @Override
        long allocate(Caller session, Space space, int count) {
            long head = heads.merge(space, space.head.get() + count, (cached, ignored) -> cached + count);
            space.head.set(head);
            return head - count + 1;
        }
    }
}
