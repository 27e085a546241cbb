package dev.or3.tck.suites.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.schema.WireSchema.Table;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.SnapshotPage.Item;
import dev.or3.tck.suites.fault.Disk.OwnedItem;
import dev.or3.tck.suites.fault.Space.Known;
import dev.or3.tck.suites.fault.Space.TombstoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Permitted differences in what a push answers and keeps. */
final class PushVariants {
    private PushVariants() {
    }

    static List<Variant> all() {
        return List.of(
                new Variant("reversed-results", "Results come in no particular order",
                        parts -> parts.use(new Pushing(parts) {
                            @Override
                            PushResponse store(Caller caller, Space space, List<Decision> decisions) {
                                PushResponse answer = super.store(caller, space, decisions);
                                Collections.reverse(answer.results());
                                return answer;
                            }
                        })),
                new Variant("one-result", "An operation twice in a batch gets one result",
                        parts -> parts.use(new Pushing(parts) {
                    @Override
                    PushResponse store(Caller caller, Space space, List<Decision> decisions) {
                        PushResponse answer = super.store(caller, space, decisions);
                        Map<String, OperationResult> first = new LinkedHashMap<>();
                        answer.results().forEach(result -> first.putIfAbsent(result.opId() + result.success(), result));
                        return new PushResponse(List.copyOf(first.values()), answer.serverVersion());
                    }
                })),
                new Variant("whole-refusals", "An operation that is refused refuses its whole push",
                        parts -> parts.use(new Pushing(parts) {
                            @Override
                            List<Decision> decide(Caller caller, Space space, List<Operation> operations) {
                                List<Decision> decisions = super.decide(caller, space, operations);
                                for (Decision decision : decisions) {
                                    if (decision instanceof Decision.Refuse refuse) {
                                        throw ProviderException.badRequest(refuse.result().error());
                                    }
                                }
                                return decisions;
                            }
                        })),
                new Variant("zero-version", "A push that stores nothing new answers version 0",
                        parts -> parts.use(new Pushing(parts) {
                            @Override
                            PushResponse store(Caller caller, Space space, List<Decision> decisions) {
                                PushResponse answer = super.store(caller, space, decisions);
                                boolean stores = decisions.stream().anyMatch(Decision.Store.class::isInstance);
                                return stores ? answer : new PushResponse(answer.results(), 0L);
                            }
                        })),
                new Variant("first-outcome", "An op id reused with other content is answered with the first outcome",
                        parts -> parts.use(new Pushing(parts) {
                            @Override
                            Decision conflicting(Caller caller, Space space, Admitted admitted) {
                                Known known = parts.deduplication.get(space, admitted.opId());
                                return known == null ? super.conflicting(caller, space, admitted)
                                        : new Decision.Replay(admitted.opId(), known);
                            }
                        })),
                new Variant("own-payload", "An operation is answered with its own payload, and replays count as applied",
                        parts -> parts.use(new OwnPayload(parts))),
                new Variant("foreign-op-ids", "An op id that another workspace has is refused",
                        parts -> parts.use(new Pushing(parts) {
                            @Override
                            List<Decision> decide(Caller caller, Space space, List<Operation> operations) {
                                List<Decision> decisions = new ArrayList<>(super.decide(caller, space, operations));
                                decisions.replaceAll(decision -> isForeign(parts, space, decision) ? new Decision.Refuse(
                                        OperationResult.refused(((Decision.Store) decision).admitted().opId(), "CONFLICT",
                                                "this opId was used before")) : decision);
                                return decisions;
                            }
                        })),
                new Variant("bare-deletes", "The payload of a delete is dropped", parts -> parts.use(new Admission(parts) {
                    @Override
                    JsonText stored(Operation operation, JsonNode payload) {
                        return operation.isDelete() ? null : super.stored(operation, payload);
                    }
                })),
                new Variant("pk-wins", "A payload that names another key or workspace is stored under pk and scope",
                        parts -> parts.use(new PkWins(parts))),
                new Variant("tombstones-stay", "The tombstone of a record that came back stays, and never wins again",
                        parts -> parts.use(new LastingTombstones(parts)).use(new Snapshots(parts) {
                            @Override
                            List<OwnedItem> items(Space space, List<String> tables) {
                                List<OwnedItem> items = super.items(space, tables);
                                items.removeIf(owned -> owned.item().kind().equals(Item.TOMBSTONE)
                                        && space.rows.containsKey(new Key(owned.item().tableName(), owned.item().pk())));
                                return items;
                            }
                        })));
    }

    private static boolean isForeign(Parts parts, Space space, Decision decision) {
        return decision instanceof Decision.Store store && parts.disk.spaces().stream().anyMatch(
                other -> other != space && parts.deduplication.get(other, store.admitted().opId()) != null);
    }

    private static final class OwnPayload extends Pushing {
        OwnPayload(Parts parts) {
            super(parts);
        }

        @Override
        OperationResult write(Caller caller, Space space, Entry entry) {
            OperationResult result = super.write(caller, space, entry);
            return parts.settings.isV11() ? OperationResult.stored(result.opId(), result.serverVersion(), result.applied(),
                    entry.admitted().payload()) : result;
        }

        @Override
        OperationResult replayed(Caller caller, Space space, String opId, Known known) {
            return stored(caller, space, opId, known.key(), known.version(), true);
        }
    }

    private static final class LastingTombstones extends Resolution {
        LastingTombstones(Parts parts) {
            super(parts);
        }

        @Override
        void store(Space space, Row winner, Optional<Row> loser) {
            Row old = space.tombstones.get(TombstoneId.of(winner.key()));
            super.store(space, winner, loser);
            if (old != null && !winner.deleted()) {
                space.tombstones.put(TombstoneId.of(winner.key()), old);
            }
        }
    }

    private static final class PkWins extends Admission {
        PkWins(Parts parts) {
            super(parts);
        }

        @Override
        void checkIdentity(Operation operation, Table table, JsonNode payload, String workspaceId) {
            // Whatever the payload says, the operation decides.
        }

        @Override
        JsonText stored(Operation operation, JsonNode payload) {
            String key = parts.schema.tables().get(operation.tableName()).key();
            if (!(payload instanceof ObjectNode object) || !object.has(key) && !object.has("workspace_id")
                    || object.path(key).asText().equals(operation.pk()) && !object.has("workspace_id")) {
                return super.stored(operation, payload);
            }
            ObjectNode corrected = object.deepCopy().without("workspace_id");
            return JsonText.of(corrected.put(key, operation.pk()));
        }
    }
}
