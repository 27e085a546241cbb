package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** A push that writes as it validates, and takes all back when it meets a refusal; and pulls that see what it writes. */
final class DirtyReads {
    private DirtyReads() {
    }

    static final class Writer extends Pushing {
        Writer(Parts parts) {
            super(parts);
        }

        @Override
        PushResponse push(Caller caller, PushRequest request) {
            Space space = parts.access.enter(caller, request.scope());
            List<Operation> operations = parts.admission.batch(request.ops());
            return parts.transact(space, () -> storeOrRollBack(caller, space, operations));
        }

        private PushResponse storeOrRollBack(Caller caller, Space space, List<Operation> operations) {
            long before = parts.numbering.head(space);
            List<Entry> written = new ArrayList<>();
            List<Decision> decisions = new ArrayList<>();
            for (Operation operation : operations) {
                Decision decision = decide(caller, space, List.of(operation)).get(0);
                if (decision instanceof Decision.Refuse refuse) {
                    written.forEach(entry -> space.log.remove(entry.place()));
                    written.forEach(entry -> space.known.remove(entry.admitted().opId()));
                    space.head.set(before);
                    throw ProviderException.badRequest(refuse.result().error());
                }
                decisions.add(decision);
                if (decision instanceof Decision.Store store) {
                    Entry entry = new Entry(parts.numbering.allocate(caller, space, 1), store.admitted(),
                            parts.clock.millis());
                    log(space, entry);
                    parts.deduplication.remember(space, entry, true);
                    written.add(entry);
                }
            }
            return answer(caller, space, decisions, written.iterator());
        }

        private PushResponse answer(Caller caller, Space space, List<Decision> decisions, Iterator<Entry> written) {
            List<OperationResult> results = new ArrayList<>();
            for (Decision decision : decisions) {
                results.add(decision instanceof Decision.Store ? write(caller, space, written.next())
                        : answer(caller, space, decision));
            }
            return new PushResponse(results, parts.numbering.head(space));
        }
    }

    static final class Reader extends Paging {
        Reader(Parts parts) {
            super(parts);
        }

        @Override
        PullResponse read(Space space, Supplier<PullResponse> page) {
            return page.get();
        }
    }
}
