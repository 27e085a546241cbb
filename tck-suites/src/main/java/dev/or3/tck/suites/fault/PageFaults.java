package dev.or3.tck.suites.fault;

import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.suites.fault.Fault.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** Faults in where a page ends, and in what it says of the rest. */
final class PageFaults {
    private static final FaultPart PULL = new FaultPart("pull");

    private PageFaults() {
    }

    static List<Fault> all() {
        return List.of(
                PULL.fault("Q02", "PULL-05 PULL-04 PULL-03 PULL-09",
                        "The row after the page is dropped, but nextCursor points past it",
                        parts -> parts.use(new Ending(parts) {
                            @Override
                            PullResponse end(Space space, PullResponse page, int limit) {
                                return page.hasMore() ? ending(page, page.nextCursor() + 1, true) : page;
                            }
                        })),
                PULL.fault("Q03", "PULL-03",
                        "hasMore is true whenever the page is full", parts -> parts.use(new Ending(parts) {
                    @Override
                    PullResponse end(Space space, PullResponse page, int limit) {
                        return ending(page, page.nextCursor(), page.changes().size() == limit);
                    }
                })),
                PULL.fault("Q04", "PULL-04 PULL-05 PULL-03",
                        "nextCursor is always the head", parts -> parts.use(new Ending(parts) {
                    @Override
                    PullResponse end(Space space, PullResponse page, int limit) {
                        return ending(page, Math.max(page.nextCursor(), parts.numbering.head(space)), page.hasMore());
                    }
                })),
                PULL.fault("Q05", "PULL-04 PULL-08 PULL-09 PULL-03 PULL-05", Set.of(Need.CONCURRENT),
                        "nextCursor is the head, read in a second query after the rows",
                        parts -> parts.use(new HeadAfterwards(parts))),
                PULL.fault("Q08", "PULL-06 PULL-03",
                        "The filter is applied after the limit, and an empty page ends the loop",
                        parts -> parts.use(new FilterAfterLimit(parts, false))),
                PULL.fault("Q09", "PULL-06 PULL-04 PULL-03",
                        "The filter is applied after the limit, and an empty page does not move the cursor",
                        parts -> parts.use(new FilterAfterLimit(parts, true))),
                PULL.fault("Q12", "PUSH-10 PUSH-09 PULL-07 PUSH-17 PULL-05 PULL-08 PULL-04", Set.of(Need.CONCURRENT),
                        "Pulls read what is not committed: entries of a push that is rolled back at its last operation",
                        parts -> parts.use(new DirtyReads.Writer(parts)).use(new DirtyReads.Reader(parts))),
                PULL.fault("Q15", "PULL-02",
                        "A limit above the cap, 0 or below means everything", parts -> parts.use(new Paging(parts) {
                    @Override
                    int limit(int asked) {
                        return asked <= 0 ? Integer.MAX_VALUE : asked;
                    }
                })),
                PULL.fault("B30", "PULL-02 PULL-03", "A limit of 0 gives an empty page that says hasMore, for ever",
                        parts -> parts.use(new Paging(parts) {
                            @Override
                            int limit(int asked) {
                                return asked <= 0 ? 0 : super.limit(asked);
                            }

                            @Override
                            PullResponse page(Space space, long cursor, int limit, Predicate<Entry> wanted) {
                                return limit > 0 ? super.page(space, cursor, limit, wanted)
                                        : answer(space, cursor, List.of(), cursor,
                                                above(space, cursor).iterator().hasNext());
                            }
                        })),
                PULL.fault("B31", "PULL-03", "hasMore is false when exactly one change remains",
                        parts -> parts.use(new Ending(parts) {
                            @Override
                            PullResponse end(Space space, PullResponse page, int limit) {
                                return ending(page, page.nextCursor(),
                                        page.hasMore() && space.after(page.nextCursor()).size() > 1);
                            }
                        })));
    }

    private abstract static class Ending extends Paging {
        Ending(Parts parts) {
            super(parts);
        }

        abstract PullResponse end(Space space, PullResponse page, int limit);

        @Override
        PullResponse page(Space space, long cursor, int limit, Predicate<Entry> wanted) {
            return end(space, super.page(space, cursor, limit, wanted), limit);
        }

        static PullResponse ending(PullResponse page, long nextCursor, boolean hasMore) {
            return new PullResponse(page.changes(), nextCursor, hasMore, page.oldestRetainedVersion(),
                    page.requiresSnapshot());
        }
    }

    /** The rows are one query and the head is another: neither seems to need a transaction around both. */
    private static final class HeadAfterwards extends Paging {
        HeadAfterwards(Parts parts) {
            super(parts);
        }

        @Override
        PullResponse read(Space space, Supplier<PullResponse> rows) {
            PullResponse page = rows.get();
            long head = parts.transact(space, () -> parts.numbering.head(space));
            return Ending.ending(page, page.hasMore() ? page.nextCursor() : Math.max(page.nextCursor(), head),
                    page.hasMore());
        }
    }

    private static final class FilterAfterLimit extends Paging {
        private final boolean staysAtLastMatch;

        FilterAfterLimit(Parts parts, boolean staysAtLastMatch) {
            super(parts);
            this.staysAtLastMatch = staysAtLastMatch;
        }

        @Override
        PullResponse page(Space space, long cursor, int limit, Predicate<Entry> wanted) {
            List<Entry> window = StreamSupport.stream(above(space, cursor).spliterator(), false).limit(limit).toList();
            List<Change> changes = new ArrayList<>();
            window.stream().filter(wanted).forEach(entry -> changes.add(change(space, entry)));
            long end = window.isEmpty() ? cursor : window.get(window.size() - 1).version();
            boolean remains = above(space, end).iterator().hasNext();
            if (staysAtLastMatch) {
                long lastMatch = changes.isEmpty() ? cursor : changes.get(changes.size() - 1).serverVersion();
                return answer(space, cursor, changes, lastMatch, remains);
            }
            return answer(space, cursor, changes, end, remains && !changes.isEmpty());
        }
    }
}
