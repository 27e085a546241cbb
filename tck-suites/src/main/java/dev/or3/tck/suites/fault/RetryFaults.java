package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.suites.fault.Fault.Need;
import dev.or3.tck.suites.fault.Space.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Faults that a client meets that sends again what was not answered: most need answers that are lost after the commit. */
final class RetryFaults {
    private static final FaultPart RETRIES = new FaultPart("retries");
    private static final Set<Need> LINE = Set.of(Need.LINE);

    private RetryFaults() {
    }

    static List<Fault> all() {
        return List.of(
                RETRIES.fault("F06", "DUR-07 PUSH-12 PULL-11", LINE,
                        "A request that the client has given up and sent again is processed too, under op ids made anew",
                        parts -> parts.use(new ZombieWrites(parts))),
                RETRIES.fault("B101", "DUR-07", LINE, "A retry of what is stored is refused as a duplicate",
                        parts -> parts.use(new Pushing(parts) {
                            @Override
                            List<Decision> decide(Caller caller, Space space, List<Operation> operations) {
                                List<Decision> decisions = super.decide(caller, space, operations);
                                for (int i = 0; i < decisions.size(); i++) {
                                    if (decisions.get(i) instanceof Decision.Replay && isRetry(operations.get(i))) {
                                        throw ProviderException.conflict("this operation is a duplicate");
                                    }
                                }
                                return decisions;
                            }
                        })),
                RETRIES.fault("B102", "DUR-07", LINE,
                        "The content of a retry is compared with its outbox entry, whose attempts have gone up: a conflict",
                        parts -> parts.use(new Admission(parts) {
                            @Override
                            String fingerprint(Operation operation, String canonical) {
                                return super.fingerprint(operation, canonical) + operation.attempts();
                            }
                        })),
                RETRIES.fault("B103", "DUR-07 PUSH-02", LINE,
                        "Requests are recognized, not operations: one that counts another attempt is stored again",
                        parts -> parts.use(new Pushing(parts) {
                            @Override
                            List<Decision> decide(Caller caller, Space space, List<Operation> operations) {
                                List<Decision> decisions = super.decide(caller, space, operations);
                                for (int i = 0; i < decisions.size(); i++) {
                                    if (decisions.get(i) instanceof Decision.Replay && isRetry(operations.get(i))) {
                                        decisions.set(i, new Decision.Store(
                                                parts.admission.admit(caller, space, operations.get(i))));
                                    }
                                }
                                return decisions;
                            }
                        })),
                RETRIES.fault("B104", "DUR-07 PUSH-02 PUSH-14",
                        "Op ids are remembered when their device calls again, for only then its answer has arrived",
                        parts -> {
                            RememberedLate late = new RememberedLate(parts);
                            parts.use(late).use(new Pushing(parts) {
                                @Override
                                List<Decision> decide(Caller caller, Space space, List<Operation> operations) {
                                    List<Decision> decisions = super.decide(caller, space, operations);
                                    space.known.putAll(late.arrived(space, operations));
                                    return decisions;
                                }
                            });
                        }),
                RETRIES.fault("B105", "PUSH-01 DUR-07 PULL-09",
                        "A batch is recognized by its first operation, and acknowledged as a whole without the rest",
                        parts -> parts.use(new Pushing(parts) {
                            @Override
                            List<Decision> decide(Caller caller, Space space, List<Operation> operations) {
                                List<Decision> decisions = super.decide(caller, space, operations);
                                if (!decisions.isEmpty() && decisions.get(0) instanceof Decision.Replay first) {
                                    for (int i = 1; i < decisions.size(); i++) {
                                        decisions.set(i, asIfKnown(decisions.get(i), first.known(), i));
                                    }
                                }
                                return decisions;
                            }
                        })),
                RETRIES.fault("B106", "SNAP-05 SNAP-01 SNAP-02 SNAP-03", LINE,
                        "Pages are read off a position on the server, which every request moves: a lost page is skipped",
                        parts -> parts.use(new Snapshots(parts) {
                            @Override
                            String handOut(Token token) {
                                parts.disk.pageTokens.put(token.snapshotId(), token);
                                return token.snapshotId();
                            }
                        })),
                RETRIES.fault("B107", "SNAP-02", LINE,
                        "A page token is used up by the first request: after a lost page the snapshot cannot be read on",
                        parts -> parts.use(new Snapshots(parts) {
                            @Override
                            Token token(String text) {
                                Token token = super.token(text);
                                parts.disk.pageTokens.remove(text);
                                return token;
                            }
                        })));
    }

    private static Decision asIfKnown(Decision decision, Known first, int place) {
        return decision instanceof Decision.Store store ? new Decision.Replay(store.admitted().opId(),
                new Known(first.key(), first.fingerprint(), first.version() + place, first.applied(), first.storedAt()))
                : decision;
    }

    private static boolean isRetry(Operation operation) {
        return operation.attempts() > 0;
    }

    private static final class ZombieWrites extends Pushing {
        ZombieWrites(Parts parts) {
            super(parts);
        }

        @Override
        PushResponse push(Caller caller, PushRequest request) {
            PushResponse response = super.push(caller, request);
            List<Operation> givenUp = new ArrayList<>();
            for (Operation operation : request.ops()) {
                if (isRetry(operation)) {
                    givenUp.add(underNewId(operation));
                }
            }
            if (!givenUp.isEmpty()) {
                super.push(caller, new PushRequest(request.scope(), givenUp));
            }
            return response;
        }

        private static Operation underNewId(Operation operation) {
            Stamp stamp = operation.stamp();
            return new Operation(operation.id(), operation.tableName(), operation.operation(), operation.pk(),
                    operation.payload(), new Stamp(stamp.deviceId(), UUID.randomUUID().toString(), stamp.hlc(),
                    stamp.clock()), operation.createdAt(), 0, operation.status());
        }
    }

    /** Knows an op id only when the device that sent it has called once more. */
    private static final class RememberedLate extends Deduplication {
        private final Map<String, Map<String, Known>> onTheirWay = new ConcurrentHashMap<>();

        RememberedLate(Parts parts) {
            super(parts);
        }

        @Override
        Known get(Space space, String opId) {
            Known known = super.get(space, opId);
            return known != null ? known : onTheirWay.values().stream().map(answers -> answers.get(opId))
                    .filter(Objects::nonNull).findFirst().orElse(null);
        }

        @Override
        void remember(Space space, Entry entry, boolean applied) {
            onTheirWay.computeIfAbsent(device(space, entry.stamp()), ignored -> new ConcurrentHashMap<>())
                    .put(entry.admitted().opId(), new Known(entry.key(), entry.admitted().fingerprint(), entry.version(),
                            applied, entry.storedAt()));
        }

        /** What the device of these operations was answered last. */
        Map<String, Known> arrived(Space space, List<Operation> operations) {
            Map<String, Known> arrived = operations.isEmpty() ? null
                    : onTheirWay.remove(device(space, operations.get(0).stamp()));
            return arrived == null ? Map.of() : arrived;
        }

        private static String device(Space space, Stamp stamp) {
            return space.workspaceId + "/" + stamp.deviceId();
        }
    }
}
