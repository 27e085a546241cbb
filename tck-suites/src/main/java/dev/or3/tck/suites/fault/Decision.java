package dev.or3.tck.suites.fault;

import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.suites.fault.Space.Known;

/** What a push will do with one of its operations. */
sealed interface Decision {

    /** It is new. */
    record Store(Admitted admitted) implements Decision {
    }

    /** It was stored by an earlier push. */
    record Replay(String opId, Known known) implements Decision {
    }

    /** It came earlier in the same batch. */
    record Repeat(String opId) implements Decision {
    }

    record Refuse(OperationResult result) implements Decision {
    }
}
