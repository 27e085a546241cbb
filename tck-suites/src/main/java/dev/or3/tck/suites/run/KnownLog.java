package dev.or3.tck.suites.run;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which operation each version of each workspace holds, as the events so far have told: what lets a page be written as
 * "versions 4 to 103, as known". Encoder and decoder learn the same things in the same order.
 */
final class KnownLog {
    static final int UNKNOWN = -1;

    private final Map<String, Log> logs = new HashMap<>();

    Log of(String workspace) {
        return logs.computeIfAbsent(workspace == null ? "" : workspace, none -> new Log());
    }

    /** One workspace. */
    static final class Log {
        private int[] operations = new int[64];

        Log() {
            Arrays.fill(operations, UNKNOWN);
        }

        int at(long version) {
            return version >= 0 && version < operations.length ? operations[(int) version] : UNKNOWN;
        }

        /** Versions far beyond all others are not learnt, so that a provider that answers nonsense costs no memory. */
        void learn(long version, int operation) {
            if (version < 0 || version >= 4L * operations.length || version >= Integer.MAX_VALUE / 4) {
                return;
            }
            if (version >= operations.length) {
                int length = operations.length;
                operations = Arrays.copyOf(operations, (int) Math.max(2L * length, version + 1));
                Arrays.fill(operations, length, operations.length, UNKNOWN);
            }
            operations[(int) version] = operation;
        }

        /**
         * Copies the operations of consecutive versions.
         *
         * @throws IndexOutOfBoundsException if one of them is not known
         */
        void copy(long version, int[] into, int at, int count) {
            if (version < 0 || count < 0 || version + count > operations.length) {
                throw new IndexOutOfBoundsException("a version that nothing told of");
            }
            System.arraycopy(operations, (int) version, into, at, count);
        }
    }
}
