package dev.or3.tck.suites.check.sync;

import dev.or3.tck.suites.check.index.Operations;
import java.util.HashMap;
import java.util.Map;

/** Records that share their key with one of another table or workspace. Counted when somebody first asks. */
final class Collisions {
    private static final int TOO_MANY = 100_000;

    private final Operations operations;
    private Map<String, Integer> records;

    Collisions(Docket docket) {
        this.operations = docket.operations;
    }

    boolean shares(int record) {
        if (operations.keyCount() > TOO_MANY) {
            return false;
        }
        if (records == null) {
            records = new HashMap<>();
            for (int i = 0; i < operations.keyCount(); i++) {
                records.merge(pk(i), 1, Integer::sum);
            }
        }
        return records.get(pk(record)) > 1;
    }

    private String pk(int record) {
        return String.valueOf(operations.get(operations.onKey(record)).pk());
    }
}
