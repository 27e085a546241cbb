package dev.or3.tck.suites.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.schema.WireSchema.Table;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.suites.fault.Fault.Need;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Faults in what a push stores and answers. */
final class PushFaults {
    private static final FaultPart PUSH = new FaultPart("push");
    /** As many rows as one statement takes. */
    private static final int CHUNK = 50;

    private PushFaults() {
    }

    static List<Fault> all() {
        return List.of(
                PUSH.fault("P01", "LWW-05 PUSH-01 PUSH-05 PULL-09",
                        "An operation that loses is acknowledged, but its log entry is skipped",
                        parts -> parts.use(new LosersUnlogged(parts))),
                PUSH.fault("P02", "PUSH-18 PUSH-01 PUSH-05 PULL-09",
                        "Only the first " + CHUNK + " operations of a large batch are stored, while all are acknowledged",
                        parts -> parts.use(new FirstChunkOnly(parts))),
                PUSH.fault("P03", "PUSH-01 PUSH-06 PUSH-02 PULL-11 PUSH-03",
                        "Results are built in the order of op ids and get the ids of the request's order",
                        parts -> parts.use(new ResultsMixedUp(parts))),
                PUSH.fault("P04", "PUSH-10 PUSH-01 PULL-09 PUSH-05",
                        "An invalid operation aborts its batch, yet its siblings are reported as stored",
                        parts -> parts.use(new SiblingsAborted(parts))),
                PUSH.fault("P05", "PUSH-10 PUSH-09 PUSH-11 PUSH-04",
                        "An operation that is refused is written to the log nevertheless",
                        parts -> parts.use(new RefusedYetLogged(parts))),
                PUSH.fault("P06", "PUSH-13 PUSH-05", "An empty batch spends a version",
                        parts -> parts.use(new EmptyBatchCounts(parts))),
                PUSH.fault("P10", "PUSH-06", "The operations of a batch are stored in reverse order",
                        parts -> parts.use(new Reversed(parts))),
                PUSH.fault("P11", "PUSH-17 DUR-03", Set.of(Need.CONCURRENT),
                        "Each operation of a batch is committed on its own, so that a reader sees half of it",
                        parts -> parts.use(new OneByOne(parts, false)).use(new Autocommit(parts))),
                PUSH.fault("B01", "PUSH-17 PUSH-10 PUSH-09",
                        "An invalid operation ends the push with an error; what came before it in the batch stays",
                        parts -> parts.use(new OneByOne(parts, true))),
                PUSH.fault("B02", "PUSH-13", "An empty batch is refused", parts -> parts.use(new Admission(parts) {
                    @Override
                    List<Operation> batch(List<Operation> operations) {
                        if (operations.isEmpty()) {
                            throw ProviderException.badRequest("ops must not be empty");
                        }
                        return super.batch(operations);
                    }
                })),
                PUSH.fault("B03", "PUSH-18 PUSH-01", "A batch above the maximum is cut to it, and the rest gets no result",
                        parts -> parts.use(new Admission(parts) {
                            @Override
                            List<Operation> batch(List<Operation> operations) {
                                return super.batch(operations.subList(0,
                                        Math.min(operations.size(), parts.settings.limits().maxOpsPerPush())));
                            }
                        })),
                PUSH.fault("B04", "PUSH-18", "The declared maximum of a batch is not enforced",
                        parts -> parts.use(new Admission(parts) {
                            @Override
                            List<Operation> batch(List<Operation> operations) {
                                return operations;
                            }
                        })),
                PUSH.fault("B05", "PUSH-16", "The answer's serverVersion is the first version of the batch, not the highest",
                        parts -> parts.use(new Pushing(parts) {
                            @Override
                            PushResponse store(Caller caller, Space space, List<Decision> decisions) {
                                long before = parts.numbering.head(space);
                                PushResponse answer = super.store(caller, space, decisions);
                                return new PushResponse(answer.results(), Math.min(before + 1, answer.serverVersion()));
                            }
                        })),
                PUSH.fault("B06", "PUSH-19", "Clocks below zero, empty keys and empty devices are stored as they come",
                        parts -> parts.use(new Trusting(parts))),
                PUSH.fault("B07", "PUSH-20 WIRE-04", "A clock of 0 is taken for a missing one, and refused",
                        parts -> parts.use(new Admission(parts) {
                            @Override
                            void checkStamp(Stamp stamp) {
                                super.checkStamp(stamp);
                                if (stamp.clock() == 0) {
                                    throw Refusal.invalid("stamp.clock is missing");
                                }
                            }
                        })),
                PUSH.fault("B08", "PUSH-01 PUSH-02 PUSH-03", "Operations that were stored before get no result",
                        parts -> parts.use(new NoResultForReplays(parts))),
                PUSH.fault("B09", "PUSH-10", "Tables are not checked: an unknown one is stored like any other",
                        parts -> parts.use(new AnyTable(parts))),
                PUSH.fault("B10", "PUSH-10", "Any operation that is not delete is stored as a put",
                        parts -> parts.use(new ElsePut(parts))),
                PUSH.fault("B11", "ERR-01", "A refused push answers 500 with the stack trace of the exception behind it",
                        parts -> parts.use(new StackTraces(parts))),
                PUSH.fault("B12", "PUSH-10", "A payload that is no object is stored",
                        parts -> parts.use(new Admission(parts) {
                            @Override
                            void checkShape(Operation operation, JsonNode payload) {
                                // Only a database column would object, and it takes any JSON.
                            }
                        })),
                PUSH.fault("X01", "PUSH-01 PULL-09 PUSH-20 PUSH-05 PUSH-02 PUSH-14", Set.of(Need.CONCURRENT),
                        "A push that finds the database locked answers success without having stored anything",
                        parts -> parts.use(new BusyIsSuccess(parts))));
    }

    private static final class LosersUnlogged extends Pushing {
        LosersUnlogged(Parts parts) {
            super(parts);
        }

        @Override
        OperationResult write(Caller caller, Space space, Entry entry) {
            boolean applied = parts.resolution.apply(space, entry);
            if (applied) {
                log(space, entry);
            }
            parts.deduplication.remember(space, entry, applied);
            return stored(caller, space, entry.admitted().opId(), entry.key(), entry.version(), applied);
        }
    }

    private static final class FirstChunkOnly extends Pushing {
        FirstChunkOnly(Parts parts) {
            super(parts);
        }

        @Override
        PushResponse store(Caller caller, Space space, List<Decision> decisions) {
            PushResponse answer = super.store(caller, space, decisions);
            answer.results().stream().skip(CHUNK).filter(OperationResult::success).forEach(
                    lost -> space.log.remove(new Entry.Place(lost.serverVersion(), lost.opId())));
            return answer;
        }
    }

    private static final class ResultsMixedUp extends Pushing {
        ResultsMixedUp(Parts parts) {
            super(parts);
        }

        @Override
        PushResponse store(Caller caller, Space space, List<Decision> decisions) {
            PushResponse answer = super.store(caller, space, decisions);
            List<OperationResult> sorted = new ArrayList<>(answer.results());
            sorted.sort(Comparator.comparing(OperationResult::opId));
            List<OperationResult> mixed = new ArrayList<>();
            for (int i = 0; i < sorted.size(); i++) {
                OperationResult other = sorted.get(i);
                mixed.add(new OperationResult(answer.results().get(i).opId(), other.success(), other.serverVersion(),
                        other.applied(), other.payload(), other.error(), other.errorCode()));
            }
            return new PushResponse(mixed, answer.serverVersion());
        }
    }

    private static final class SiblingsAborted extends Pushing {
        SiblingsAborted(Parts parts) {
            super(parts);
        }

        @Override
        PushResponse store(Caller caller, Space space, List<Decision> decisions) {
            if (decisions.stream().noneMatch(Decision.Refuse.class::isInstance)) {
                return super.store(caller, space, decisions);
            }
            long next = parts.numbering.head(space);
            List<OperationResult> results = new ArrayList<>();
            for (Decision decision : decisions) {
                if (decision instanceof Decision.Store lost) {
                    results.add(OperationResult.stored(lost.admitted().opId(), ++next, true, null));
                } else if (!(decision instanceof Decision.Repeat)) {
                    results.addAll(super.store(caller, space, List.of(decision)).results());
                }
            }
            return new PushResponse(results, next);
        }
    }

    private static final class RefusedYetLogged extends Pushing {
        RefusedYetLogged(Parts parts) {
            super(parts);
        }

        @Override
        PushResponse push(Caller caller, PushRequest request) {
            PushResponse answer = super.push(caller, request);
            Space space = parts.access.enter(caller, request.scope());
            for (int i = 0; i < answer.results().size(); i++) {
                if (!answer.results().get(i).success()) {
                    Admitted refused = new Admitted(request.ops().get(i), "", null);
                    parts.transact(space, () -> logged(caller, space, refused));
                }
            }
            return answer;
        }

        private Entry logged(Caller caller, Space space, Admitted refused) {
            Entry entry = new Entry(parts.numbering.allocate(caller, space, 1), refused, parts.clock.millis());
            space.append(entry);
            return entry;
        }
    }

    private static final class EmptyBatchCounts extends Pushing {
        EmptyBatchCounts(Parts parts) {
            super(parts);
        }

        @Override
        PushResponse store(Caller caller, Space space, List<Decision> decisions) {
            if (decisions.isEmpty()) {
                parts.numbering.allocate(caller, space, 1);
            }
            return super.store(caller, space, decisions);
        }
    }

    private static final class Reversed extends Pushing {
        Reversed(Parts parts) {
            super(parts);
        }

        @Override
        PushResponse store(Caller caller, Space space, List<Decision> decisions) {
            List<Decision> reversed = new ArrayList<>();
            decisions.stream().filter(Decision.Store.class::isInstance).forEach(store -> reversed.add(0, store));
            decisions.stream().filter(other -> !(other instanceof Decision.Store)).forEach(reversed::add);
            return super.store(caller, space, reversed);
        }
    }

    /** A transaction for each operation; the push may end at the first refusal. */
    private static final class OneByOne extends Pushing {
        private final boolean endsAtRefusal;

        OneByOne(Parts parts, boolean endsAtRefusal) {
            super(parts);
            this.endsAtRefusal = endsAtRefusal;
        }

        @Override
        PushResponse push(Caller caller, PushRequest request) {
            Space space = parts.access.enter(caller, request.scope());
            List<OperationResult> results = new ArrayList<>();
            long highest = parts.numbering.head(space);
            for (Operation operation : parts.admission.batch(request.ops())) {
                PushResponse one = parts.transact(space,
                        () -> store(caller, space, decide(caller, space, List.of(operation))));
                OperationResult result = one.results().get(0);
                if (endsAtRefusal && !result.success()) {
                    throw ProviderException.badRequest(result.error());
                }
                results.add(result);
                highest = one.serverVersion();
            }
            return new PushResponse(results, highest);
        }
    }

    /** Where each statement is committed by itself, readers wait for nobody, and a page ends at its last row. */
    private static final class Autocommit extends Paging {
        Autocommit(Parts parts) {
            super(parts);
        }

        @Override
        PullResponse read(Space space, Supplier<PullResponse> page) {
            return page.get();
        }

        @Override
        PullResponse answer(Space space, long cursor, List<Change> changes, long nextCursor, boolean hasMore) {
            long last = changes.isEmpty() ? cursor : changes.get(changes.size() - 1).serverVersion();
            return super.answer(space, cursor, changes, last, hasMore);
        }
    }

    private static final class Trusting extends Admission {
        Trusting(Parts parts) {
            super(parts);
        }

        @Override
        void checkStamp(Stamp stamp) {
            super.checkStamp(new Stamp("any", stamp.opId(), "any", 0));
        }

        @Override
        Table checkTarget(Operation operation) {
            return parts.schema.table(operation.tableName()).orElseGet(() -> super.checkTarget(operation));
        }
    }

    private static final class NoResultForReplays extends Pushing {
        NoResultForReplays(Parts parts) {
            super(parts);
        }

        @Override
        PushResponse store(Caller caller, Space space, List<Decision> decisions) {
            return super.store(caller, space, decisions.stream()
                    .filter(decision -> !(decision instanceof Decision.Replay)).toList());
        }
    }

    private static final class AnyTable extends Admission {
        AnyTable(Parts parts) {
            super(parts);
        }

        @Override
        Table checkTarget(Operation operation) {
            return parts.schema.table(operation.tableName()).orElseGet(() -> parts.schema.tables().get("messages"));
        }
    }

    private static final class ElsePut extends Admission {
        ElsePut(Parts parts) {
            super(parts);
        }

        @Override
        Admitted admit(Caller caller, Space space, Operation operation) {
            return super.admit(caller, space, operation.isDelete() ? operation
                    : new Operation(operation.id(), operation.tableName(), Operation.PUT, operation.pk(),
                            operation.payload(), operation.stamp(), operation.createdAt(), operation.attempts(),
                            operation.status()));
        }
    }

    private static final class StackTraces extends Pushing {
        StackTraces(Parts parts) {
            super(parts);
        }

        @Override
        List<Decision> decide(Caller caller, Space space, List<Operation> operations) {
            List<Decision> decisions = super.decide(caller, space, operations);
            for (Decision decision : decisions) {
                if (decision instanceof Decision.Refuse refuse) {
                    Exception cause = new IllegalStateException(refuse.result().error());
                    throw new ProviderException(500, "SERVER_ERROR", cause + "\n\tat " + cause.getStackTrace()[0]
                            + "\n\twhile executing INSERT INTO change_log (workspace_id, server_version) VALUES (?, ?)");
                }
            }
            return decisions;
        }
    }

    private static final class BusyIsSuccess extends Pushing {
        BusyIsSuccess(Parts parts) {
            super(parts);
        }

        @Override
        PushResponse push(Caller caller, PushRequest request) {
            Space space = parts.access.enter(caller, request.scope());
            if (space.lock.tryLock()) {
                try {
                    return super.push(caller, request);
                } finally {
                    space.lock.unlock();
                }
            }
            long version = parts.numbering.head(space);
            List<OperationResult> results = new ArrayList<>();
            for (Operation operation : parts.admission.batch(request.ops())) {
                results.add(OperationResult.stored(operation.stamp().opId(), ++version, true, null));
            }
            return new PushResponse(results, version);
        }
    }
}
