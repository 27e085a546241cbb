package dev.or3.tck.suites.fault;

import dev.or3.tck.suites.fault.Space.Known;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Memory of the op ids that a workspace has stored (PUSH-02 to -04). */
class Deduplication {
    final Parts parts;

    Deduplication(Parts parts) {
        this.parts = parts;
    }

    /** Those of the op ids that are stored already. */
    Map<String, Known> find(Space space, List<String> opIds) {
        Map<String, Known> found = new HashMap<>();
        for (String opId : opIds) {
            Known known = space.known.get(key(opId));
            if (known != null) {
                found.put(opId, known);
            }
        }
        return found;
    }

    /** What is stored under an op id, or null. */
    Known get(Space space, String opId) {
        return space.known.get(key(opId));
    }

    void remember(Space space, Entry entry, boolean applied) {
        space.known.put(key(entry.admitted().opId()), new Known(entry.key(), entry.admitted().fingerprint(),
                entry.version(), applied, entry.storedAt()));
    }

    /** Whether an op id came again with the content it had. */
    boolean same(Known known, Admitted admitted) {
        return known.fingerprint().equals(admitted.fingerprint());
    }

    /** What of an op id is compared. */
    String key(String opId) {
        return opId;
    }
}
