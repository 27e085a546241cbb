package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.suites.fault.Fault.Need;
import dev.or3.tck.suites.fault.Space.Known;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/** Faults in how an operation that comes again is recognized and answered. */
final class IdempotencyFaults {
    private static final FaultPart IDEMPOTENCY = new FaultPart("idempotency");
    private static final long HOUR_MILLIS = 3_600_000;

    private IdempotencyFaults() {
    }

    static List<Fault> all() {
        return List.of(
                IDEMPOTENCY.fault("I01", "PUSH-02 PUSH-14 PUSH-04",
                        "Op ids are not looked up: a replay gets a second version",
                        parts -> parts.use(new Forgetting(parts, (space, known) -> false))),
                IDEMPOTENCY.fault("I02", "PUSH-03 PUSH-02 PUSH-05",
                        "An operation twice in one batch is stored twice", parts -> parts.use(new Pushing(parts) {
                            @Override
                            Decision repeated(Admitted admitted) {
                                return new Decision.Store(admitted);
                            }
                        })),
                IDEMPOTENCY.fault("I03", "PUSH-14 PUSH-02", Set.of(Need.CONCURRENT),
                        "Op ids are looked up before the transaction that inserts them: two replays at once are both stored",
                        parts -> parts.use(new CheckThenInsert(parts))),
                IDEMPOTENCY.fault("I04", "PUSH-02 PUSH-03 PUSH-14",
                        "A replay is answered with the head, not with its own version",
                        parts -> parts.use(new Pushing(parts) {
                            @Override
                            OperationResult replayed(Caller caller, Space space, String opId, Known known) {
                                long head = parts.numbering.head(space);
                                return stored(caller, space, opId, known.key(), head, known.applied());
                            }
                        })),
                IDEMPOTENCY.fault("I06", "PUSH-09 PUSH-04 PUSH-05",
                        "An op id reused with other content is refused, but spends a version",
                        parts -> parts.use(new Pushing(parts) {
                            @Override
                            Decision conflicting(Caller caller, Space space, Admitted admitted) {
                                parts.numbering.allocate(caller, space, 1);
                                return super.conflicting(caller, space, admitted);
                            }
                        })),
                IDEMPOTENCY.fault("I07", "PUSH-02", Set.of(Need.CLOCK), "Op ids are remembered for an hour only",
                        parts -> parts.use(new Forgetting(parts,
                                (space, known) -> parts.clock.millis() - known.storedAt() < HOUR_MILLIS))),
                IDEMPOTENCY.fault("I08", "GC-12 GC-08 PUSH-02", Set.of(Need.CLOCK),
                        "Op ids are remembered in the log alone: a replay after its collection is stored again",
                        parts -> parts.use(new Forgetting(parts,
                                (space, known) -> known.version() >= space.oldestRetained()))),
                IDEMPOTENCY.fault("I09", "PUSH-02 DUR-03 DUR-01",
                        Set.of(Need.RESTART), "Op ids are remembered in memory, and lost in a restart",
                        parts -> parts.use(new InMemory(parts))),
                IDEMPOTENCY.fault("I10", "PUSH-02 PUSH-20",
                        "The content of a replay is compared by its text, so that another order of keys is a conflict",
                        parts -> parts.use(new Admission(parts) {
                            @Override
                            String fingerprint(Operation operation, String canonical) {
                                return Content.fingerprint(operation, String.valueOf(operation.payload()));
                            }
                        })),
                IDEMPOTENCY.fault("I11", "PUSH-20 PUSH-02 PUSH-01 PULL-09",
                        "Op ids are cut to 32 characters and lose their case, so that different operations collide",
                        parts -> parts.use(new Deduplication(parts) {
                            @Override
                            String key(String opId) {
                                return opId.substring(0, Math.min(32, opId.length())).toLowerCase(Locale.ROOT);
                            }
                        })),
                IDEMPOTENCY.fault("I12", "PUSH-08 PUSH-01 PULL-09 PUSH-20 LWW-11 PULL-10 PUSH-02",
                        "Op ids are looked up in all workspaces: an operation known elsewhere is acknowledged and dropped",
                        parts -> parts.use(new Everywhere(parts))),
                IDEMPOTENCY.fault("I13", "PUSH-01 PULL-09 PUSH-02 PUSH-20",
                        "A batch that is refused leaves its op ids behind: their next attempt is acknowledged and dropped",
                        parts -> parts.use(new RememberedTooSoon(parts))),
                IDEMPOTENCY.fault("B13", "PUSH-03 PUSH-20", "An operation twice in one batch aborts the batch",
                        parts -> parts.use(new Pushing(parts) {
                            @Override
                            Decision repeated(Admitted admitted) {
                                throw ProviderException.conflict("this batch holds an opId twice");
                            }
                        })),
                IDEMPOTENCY.fault("B14", "PUSH-04 PULL-07 PUSH-12 PULL-11",
                        "An op id reused with other content replaces the log entry",
                        parts -> parts.use(new Pushing(parts) {
                            @Override
                            Decision conflicting(Caller caller, Space space, Admitted admitted) {
                                Known known = parts.deduplication.get(space, admitted.opId());
                                if (known == null) {
                                    return super.conflicting(caller, space, admitted);
                                }
                                space.append(new Entry(known.version(), admitted, known.storedAt()));
                                return new Decision.Replay(admitted.opId(), known);
                            }
                        })),
                IDEMPOTENCY.fault("B15", "PUSH-04 LWW-01 LWW-10 SNAP-01",
                        "An op id reused with other content leaves the log alone, but is applied to the record",
                        parts -> parts.use(new Pushing(parts) {
                            @Override
                            Decision conflicting(Caller caller, Space space, Admitted admitted) {
                                Known known = parts.deduplication.get(space, admitted.opId());
                                if (known == null) {
                                    return super.conflicting(caller, space, admitted);
                                }
                                parts.resolution.apply(space, new Entry(known.version(), admitted, known.storedAt()));
                                return new Decision.Replay(admitted.opId(), known);
                            }
                        })));
    }

    /** Finds only what is still remembered. */
    private static final class Forgetting extends Deduplication {
        private final BiPredicate<Space, Known> remembered;

        Forgetting(Parts parts, BiPredicate<Space, Known> remembered) {
            super(parts);
            this.remembered = remembered;
        }

        @Override
        Map<String, Known> find(Space space, List<String> opIds) {
            Map<String, Known> found = super.find(space, opIds);
            found.values().removeIf(known -> !remembered.test(space, known));
            return found;
        }
    }

    /** The same steps in the same order, but the look-up is not part of the transaction. */
    private static final class CheckThenInsert extends Pushing {
        CheckThenInsert(Parts parts) {
            super(parts);
        }

        @Override
        PushResponse push(Caller caller, PushRequest request) {
            Space space = parts.access.enter(caller, request.scope());
            List<Decision> decisions = decide(caller, space, parts.admission.batch(request.ops()));
            return parts.transact(space, () -> store(caller, space, decisions));
        }
    }

    private static final class InMemory extends Deduplication {
        private final Map<Space, Set<String>> remembered = new ConcurrentHashMap<>();

        InMemory(Parts parts) {
            super(parts);
        }

        @Override
        Map<String, Known> find(Space space, List<String> opIds) {
            Map<String, Known> found = super.find(space, opIds);
            found.keySet().retainAll(remembered.getOrDefault(space, Set.of()));
            return found;
        }

        @Override
        void remember(Space space, Entry entry, boolean applied) {
            super.remember(space, entry, applied);
            remembered.computeIfAbsent(space, ignored -> ConcurrentHashMap.newKeySet()).add(entry.admitted().opId());
        }
    }

    private static final class Everywhere extends Deduplication {
        Everywhere(Parts parts) {
            super(parts);
        }

        @Override
        Map<String, Known> find(Space space, List<String> opIds) {
            Map<String, Known> found = super.find(space, opIds);
            for (Space other : parts.disk.spaces()) {
                super.find(other, opIds).forEach(found::putIfAbsent);
            }
            return found;
        }
    }

    private static final class RememberedTooSoon extends Pushing {
        RememberedTooSoon(Parts parts) {
            super(parts);
        }

        @Override
        List<Decision> decide(Caller caller, Space space, List<Operation> operations) {
            List<Decision> decisions = super.decide(caller, space, operations);
            for (Decision decision : decisions) {
                if (decision instanceof Decision.Store store) {
                    Entry entry = new Entry(parts.numbering.head(space) + 1, store.admitted(), parts.clock.millis());
                    parts.deduplication.remember(space, entry, true);
                }
            }
            for (Decision decision : decisions) {
                if (decision instanceof Decision.Refuse refuse) {
                    throw ProviderException.badRequest(refuse.result().error());
                }
            }
            return decisions;
        }
    }
}
