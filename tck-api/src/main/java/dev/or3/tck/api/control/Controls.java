package dev.or3.tck.api.control;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.workspaces.Role;
import java.util.List;

/** The test controls of a provider. Those that its manifest does not list answer 501. */
public interface Controls {

    /** A fresh workspace with members of the given roles; the user ids come in that order. */
    default Provisioned provision(List<Role> members) {
        throw ProviderException.unsupported("control provision");
    }

    /**
     * Sets how far the provider's idea of time is ahead of real time. Absolute, so repeating it changes nothing.
     *
     * @param offsetSeconds seconds, 0 or more; never lowered within a process
     * @return the provider's time, in epoch seconds
     */
    default long clock(long offsetSeconds) {
        throw ProviderException.unsupported("control clock");
    }

    /** What is materialized for one record. */
    default Inspection inspect(String workspaceId, String tableName, String pk) {
        throw ProviderException.unsupported("control inspect");
    }

    /** Closes and reopens the storage within the process. */
    default void restart() {
        throw ProviderException.unsupported("control restart");
    }

    record Provisioned(String workspaceId, List<String> userIds) {
    }

    /**
     * @param record     the record, or null; a deleted one is null or has {@code deleted} true and the delete's stamp
     * @param tombstones at most one in a correct provider
     */
    record Inspection(StoredRecord record, List<Tombstone> tombstones) {
    }

    /**
     * @param opId the winner; null if not told
     */
    record StoredRecord(JsonText payload, boolean deleted, long clock, String hlc, String opId) {
    }

    /**
     * @param opId          the delete that won; null if not told
     * @param serverVersion its version; null if not told
     */
    record Tombstone(long clock, String hlc, String opId, Long serverVersion) {
    }
}
