package dev.or3.tck.suites.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.suites.fault.Disk.TakenSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Permitted differences in pages, and in what payloads lose. */
final class PullVariants {
    private PullVariants() {
    }

    static List<Variant> all() {
        return List.of(
                new Variant("window-filter",
                        "The filter is applied after the limit: pages may be empty while hasMore is true",
                        parts -> parts.use(new Windows(parts))),
                new Variant("last-match", "A page ends at its last change, also when nothing remains",
                        parts -> parts.use(new Paging(parts) {
                            @Override
                            PullResponse page(Space space, long cursor, int limit, Predicate<Entry> wanted) {
                                PullResponse page = super.page(space, cursor, limit, wanted);
                                List<Change> changes = page.changes();
                                long last = changes.isEmpty() ? cursor : changes.get(changes.size() - 1).serverVersion();
                                return answer(space, cursor, changes, last, page.hasMore());
                            }
                        })),
                new Variant("limits-refused", "A limit above the cap is refused, and 0 or less counts as 1",
                        parts -> parts.use(new Paging(parts) {
                            @Override
                            int limit(int asked) {
                                if (asked > parts.settings.limits().maxPullLimit()) {
                                    throw ProviderException.badRequest("limit is too high");
                                }
                                return Math.max(1, asked);
                            }
                        })),
                new Variant("tail-withheld", "With requiresSnapshot a pull returns nothing",
                        parts -> parts.use(new Paging(parts) {
                    @Override
                    PullResponse page(Space space, long cursor, int limit, Predicate<Entry> wanted) {
                        PullResponse page = super.page(space, cursor, limit, wanted);
                        return !Boolean.TRUE.equals(page.requiresSnapshot()) ? page
                                : answer(space, cursor, List.of(), cursor, false);
                    }
                })),
                new Variant("unknown-tables-empty", "A filter that names an unknown table finds nothing for it",
                        parts -> parts.use(new Paging(parts) {
                            @Override
                            Predicate<Entry> wanted(Caller caller, List<String> tables) {
                                return tables == null ? super.wanted(caller, null) : super.wanted(caller, null)
                                        .and(entry -> tables.contains(entry.key().tableName()));
                            }
                        })),
                new Variant("short-pages", "Pages of a snapshot hold half of what is asked",
                        parts -> parts.use(new Snapshots(parts) {
                    @Override
                    SnapshotPage page(Caller caller, TakenSnapshot taken, int offset, int size) {
                        return super.page(caller, taken, offset, (size + 1) / 2);
                    }
                })),
                new Variant("normalizing", "Explicit nulls and ref_count are dropped, as the manifest declares",
                        parts -> parts.use(new Normalizing(parts)).normalizes(List.of("nulls", "file_meta.ref_count"))));
    }

    private static final class Windows extends Paging {
        Windows(Parts parts) {
            super(parts);
        }

        @Override
        PullResponse page(Space space, long cursor, int limit, Predicate<Entry> wanted) {
            List<Entry> window = StreamSupport.stream(above(space, cursor).spliterator(), false).limit(limit).toList();
            List<Change> changes = new ArrayList<>();
            window.stream().filter(wanted).forEach(entry -> changes.add(change(space, entry)));
            long end = window.isEmpty() ? cursor : window.get(window.size() - 1).version();
            return answer(space, cursor, changes, end, above(space, end).iterator().hasNext());
        }
    }

    private static final class Normalizing extends Admission {
        Normalizing(Parts parts) {
            super(parts);
        }

        @Override
        JsonText stored(Operation operation, JsonNode payload) {
            boolean isFile = operation.tableName().equals("file_meta");
            return JsonText.of(Payloads.map(payload, (name, value) ->
                    value.isNull() || isFile && name.equals("ref_count") ? Optional.empty() : Optional.of(value)));
        }
    }
}
