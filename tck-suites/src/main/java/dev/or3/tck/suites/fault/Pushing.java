package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.OperationResult.ErrorCodes;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.suites.fault.Space.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A push is one transaction: it looks up which op ids are known, validates, decides what to do with each operation, and
 * only then writes, so that nothing can fail half-way (PUSH-17).
 */
class Pushing {
    final Parts parts;

    Pushing(Parts parts) {
        this.parts = parts;
    }

    PushResponse push(Caller caller, PushRequest request) {
        Space space = parts.access.enter(caller, request.scope());
        List<Operation> operations = parts.admission.batch(request.ops());
        return parts.transact(space, () -> store(caller, space, decide(caller, space, operations)));
    }

    List<Decision> decide(Caller caller, Space space, List<Operation> operations) {
        Map<String, Known> known = parts.deduplication.find(space,
                operations.stream().map(operation -> operation.stamp().opId()).toList());
        Map<String, Admitted> fresh = new HashMap<>();
        List<Decision> decisions = new ArrayList<>(operations.size());
        for (Operation operation : operations) {
            String opId = operation.stamp().opId();
            try {
                Admitted admitted = parts.admission.admit(caller, space, operation);
                decisions.add(decide(caller, space, admitted, known.get(opId), fresh.get(opId)));
                fresh.putIfAbsent(opId, admitted);
            } catch (Refusal refusal) {
                decisions.add(new Decision.Refuse(refusal.result(opId)));
            }
        }
        return decisions;
    }

    private Decision decide(Caller caller, Space space, Admitted admitted, Known known, Admitted earlier) {
        if (known != null && parts.deduplication.same(known, admitted)) {
            return new Decision.Replay(admitted.opId(), known);
        }
        if (known == null && earlier != null && earlier.fingerprint().equals(admitted.fingerprint())) {
            return repeated(admitted);
        }
        if (known != null || earlier != null) {
            return conflicting(caller, space, admitted);
        }
        if (!parts.privacy.mayWrite(space, admitted)) {
            throw new Refusal(ErrorCodes.UNAUTHORIZED, "this record belongs to another user");
        }
        return new Decision.Store(admitted);
    }

    /** What becomes of an operation that the same batch holds already. */
    Decision repeated(Admitted admitted) {
        return new Decision.Repeat(admitted.opId());
    }

    /** What becomes of an op id that came before with other content (PUSH-04). */
    Decision conflicting(Caller caller, Space space, Admitted admitted) {
        throw new Refusal(ErrorCodes.CONFLICT, "this opId was used for another operation");
    }

    PushResponse store(Caller caller, Space space, List<Decision> decisions) {
        int fresh = (int) decisions.stream().filter(Decision.Store.class::isInstance).count();
        long version = parts.numbering.allocate(caller, space, fresh);
        long now = parts.clock.millis();
        List<OperationResult> results = new ArrayList<>(decisions.size());
        long highest = 0;
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Store store) {
                Entry entry = new Entry(version++, store.admitted(), now);
                highest = entry.version();
                results.add(write(caller, space, entry));
            } else {
                results.add(answer(caller, space, decision));
            }
        }
        return new PushResponse(results, highest == 0 ? parts.numbering.head(space) : highest);
    }

    /** Logs a new operation, materializes it and remembers its id. */
    OperationResult write(Caller caller, Space space, Entry entry) {
        log(space, entry);
        boolean applied = parts.resolution.apply(space, entry);
        parts.deduplication.remember(space, entry, applied);
        return stored(caller, space, entry.admitted().opId(), entry.key(), entry.version(), applied);
    }

    void log(Space space, Entry entry) {
        space.append(entry);
    }

    OperationResult answer(Caller caller, Space space, Decision decision) {
        if (decision instanceof Decision.Refuse refuse) {
            return refuse.result();
        }
        if (decision instanceof Decision.Replay replay) {
            return replayed(caller, space, replay.opId(), replay.known());
        }
        String opId = ((Decision.Repeat) decision).opId();
        return replayed(caller, space, opId, parts.deduplication.get(space, opId));
    }

    OperationResult replayed(Caller caller, Space space, String opId, Known known) {
        return stored(caller, space, opId, known.key(), known.version(), known.applied());
    }

    /** A success; from profile 1.1 on it tells whether the operation was applied and, if not, what won (LWW-12, -14). */
    OperationResult stored(Caller caller, Space space, String opId, Key key, long version, boolean applied) {
        if (!parts.settings.isV11()) {
            return OperationResult.stored(opId, version, null, null);
        }
        return OperationResult.stored(opId, version, applied, applied ? null : winner(caller, space, key));
    }

    private JsonText winner(Caller caller, Space space, Key key) {
        return space.current(key).filter(row -> parts.privacy.visible(caller, row.owner())).map(Row::payload).orElse(null);
    }
}
