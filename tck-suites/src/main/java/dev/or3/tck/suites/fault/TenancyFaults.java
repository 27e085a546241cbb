package dev.or3.tck.suites.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.schema.WireSchema.Table;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.suites.fault.Fault.Need;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Faults that let workspaces touch each other. */
final class TenancyFaults {
    private static final FaultPart TENANCY = new FaultPart("tenancy");

    private TenancyFaults() {
    }

    static List<Fault> all() {
        return List.of(
                TENANCY.fault("T01", "PULL-10 PULL-06", "A filtered pull lacks its workspace condition",
                        parts -> parts.use(new FilteredEverywhere(parts))),
                TENANCY.fault("T02", "LWW-11 LWW-10 LWW-01 SNAP-01 PULL-10",
                        "Records are unique across workspaces: an equal key overwrites that of another workspace",
                        parts -> parts.use(new Resolution(parts) {
                            @Override
                            void store(Space space, Row winner, Optional<Row> loser) {
                                parts.disk.spaces().forEach(other -> other.rows.remove(winner.key()));
                                super.store(space, winner, loser);
                            }
                        })),
                TENANCY.fault("T03", "PUSH-15 PUSH-05 PUSH-01 PULL-10 PULL-09",
                        "The workspace_id of a payload decides where the operation is stored",
                        parts -> parts.use(new BelievingAdmission(parts)).use(new WorkspaceOfPayload(parts))),
                TENANCY.fault("T04", "PULL-10 PUSH-08 PUSH-05 PUSH-01 PULL-09 LWW-11", Set.of(Need.CONCURRENT),
                        "The workspace is a variable of the connection, which concurrent requests set",
                        parts -> parts.use(new SessionVariable(parts))),
                TENANCY.fault("A01", "ISO-01", "The scope is compared with the session after the push was stored",
                        parts -> parts.use(new Pushing(parts) {
                            @Override
                            PushResponse push(Caller caller, PushRequest request) {
                                PushResponse answer = caller == null || request.scope() == null ? null
                                        : super.push(Caller.of(caller.userId(), request.scope().workspaceId()), request);
                                parts.access.enter(caller, request.scope());
                                return answer;
                            }
                        })),
                TENANCY.fault("B49", "ISO-01 PULL-10", "The scope is not compared with the session",
                        parts -> parts.use(new Access(parts) {
                            @Override
                            Space enter(Caller caller, Scope scope) {
                                return super.enter(caller == null || scope == null ? caller
                                        : Caller.of(caller.userId(), scope.workspaceId()), scope);
                            }
                        })),
                TENANCY.fault("B50", "ISO-01 PULL-15", "The scope is ignored: every call is about the session's workspace",
                        parts -> parts.use(new Access(parts) {
                            @Override
                            Space enter(Caller caller, Scope scope) {
                                return super.enter(caller, caller == null ? scope : new Scope(caller.workspaceId()));
                            }
                        })),
                TENANCY.fault("P08", "PUSH-15 LWW-11 PULL-11 SNAP-01 LWW-01",
                        "The record is keyed by the payload's id, although the operation names another pk",
                        parts -> parts.use(new BelievingAdmission(parts)).use(new KeyOfPayload(parts))));
    }

    private static final class FilteredEverywhere extends Paging {
        private final Set<Thread> filtered = ConcurrentHashMap.newKeySet();

        FilteredEverywhere(Parts parts) {
            super(parts);
        }

        @Override
        PullResponse pull(Caller caller, PullRequest request) {
            if (request.tables() == null) {
                return super.pull(caller, request);
            }
            filtered.add(Thread.currentThread());
            try {
                return super.pull(caller, request);
            } finally {
                filtered.remove(Thread.currentThread());
            }
        }

        @Override
        Iterable<Entry> above(Space space, long cursor) {
            return !filtered.contains(Thread.currentThread()) ? super.above(space, cursor)
                    : parts.disk.spaces().stream().flatMap(each -> each.after(cursor).stream())
                            .sorted(Comparator.comparing(Entry::place)).toList();
        }
    }

    /** A payload that disagrees with its operation is let through. */
    private static final class BelievingAdmission extends Admission {
        BelievingAdmission(Parts parts) {
            super(parts);
        }

        @Override
        void checkIdentity(Operation operation, Table table, JsonNode payload, String workspaceId) {
            // The columns are filled from the payload anyway.
        }
    }

    private static final class WorkspaceOfPayload extends Pushing {
        WorkspaceOfPayload(Parts parts) {
            super(parts);
        }

        @Override
        OperationResult write(Caller caller, Space space, Entry entry) {
            JsonNode named = entry.admitted().payload() == null ? null
                    : entry.admitted().payload().parse().get("workspace_id");
            return super.write(caller, named == null || !named.isTextual() ? space : parts.disk.space(named.textValue()),
                    entry);
        }
    }

    private static final class KeyOfPayload extends Resolution {
        KeyOfPayload(Parts parts) {
            super(parts);
        }

        @Override
        Row materialize(Entry entry) {
            Row row = super.materialize(entry);
            String field = parts.schema.tables().get(entry.key().tableName()).key();
            JsonNode key = row.payload() == null ? null : row.payload().parse().get(field);
            return key == null ? row : row.withKey(new Key(row.key().tableName(), key.asText()));
        }
    }

    private static final class SessionVariable extends Pushing {
        private volatile Space current;

        SessionVariable(Parts parts) {
            super(parts);
        }

        @Override
        PushResponse push(Caller caller, PushRequest request) {
            current = parts.access.enter(caller, request.scope());
            List<Operation> operations = parts.admission.batch(request.ops());
            return parts.transact(current, () -> {
                List<Decision> decisions = decide(caller, current, operations);
                return store(caller, current, decisions);
            });
        }
    }
}
