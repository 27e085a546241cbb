package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A pull reads the log above a cursor, as one transaction. A page ends at its last change while more remain, and at the
 * head once nothing does (PULL-03, -04), so that filters and private rows cost a device no extra round.
 */
class Paging {
    final Parts parts;

    Paging(Parts parts) {
        this.parts = parts;
    }

    PullResponse pull(Caller caller, PullRequest request) {
        Space space = parts.access.enter(caller, request.scope());
        if (request.cursor() < 0) {
            throw ProviderException.badRequest("cursor must not be negative");
        }
        int limit = limit(request.limit());
        Predicate<Entry> wanted = wanted(caller, request.tables());
        return read(space, () -> page(space, request.cursor(), limit, wanted));
    }

    PullResponse read(Space space, Supplier<PullResponse> page) {
        return parts.transact(space, page);
    }

    /** How many changes a page may hold (PULL-02). */
    int limit(int asked) {
        if (asked <= 0) {
            throw ProviderException.badRequest("limit must be 1 or more");
        }
        return Math.min(asked, parts.settings.limits().maxPullLimit());
    }

    /** What of the log the caller asked for and may see (PULL-06). */
    Predicate<Entry> wanted(Caller caller, List<String> tables) {
        Predicate<Entry> visible = entry -> parts.privacy.visible(caller, entry.owner());
        if (tables == null || tables.isEmpty()) {
            return visible;
        }
        for (String table : tables) {
            if (parts.schema.table(table).isEmpty()) {
                throw ProviderException.badRequest("tables must be among " + parts.schema.tableNames());
            }
        }
        List<String> named = List.copyOf(tables);
        return visible.and(entry -> named.contains(entry.key().tableName()));
    }

    PullResponse page(Space space, long cursor, int limit, Predicate<Entry> wanted) {
        List<Change> changes = new ArrayList<>();
        boolean hasMore = false;
        for (Entry entry : above(space, cursor)) {
            if (wanted.test(entry)) {
                if (changes.size() == limit) {
                    hasMore = true;
                    break;
                }
                changes.add(change(space, entry));
            }
        }
        long next = hasMore ? changes.get(limit - 1).serverVersion() : Math.max(cursor, parts.numbering.head(space));
        return answer(space, cursor, changes, next, hasMore);
    }

    /** The log above a cursor, ascending. */
    Iterable<Entry> above(Space space, long cursor) {
        return space.after(cursor);
    }

    Change change(Space space, Entry entry) {
        Admitted admitted = entry.admitted();
        return new Change(entry.version(), entry.key().tableName(), entry.key().pk(), admitted.operation().operation(),
                admitted.payload(), admitted.stamp());
    }

    PullResponse answer(Space space, long cursor, List<Change> changes, long nextCursor, boolean hasMore) {
        if (!parts.settings.isV11()) {
            return new PullResponse(changes, nextCursor, hasMore, null, null);
        }
        long oldest = space.oldestRetained();
        return new PullResponse(changes, nextCursor, hasMore, oldest, requiresSnapshot(space, cursor, oldest));
    }

    /** Whether history after the cursor was collected (PULL-13). */
    boolean requiresSnapshot(Space space, long cursor, long oldestRetained) {
        return cursor < oldestRetained - 1;
    }
}
