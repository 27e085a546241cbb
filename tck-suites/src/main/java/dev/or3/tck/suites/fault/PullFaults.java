package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.suites.fault.Fault.Need;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Faults in which changes a page holds and in how they look; see {@link PageFaults} for where a page ends. */
final class PullFaults {
    private static final FaultPart PULL = new FaultPart("pull");

    private PullFaults() {
    }

    static List<Fault> all() {
        return List.of(
                PULL.fault("Q01", "PULL-01 PULL-05", "The change at the cursor is delivered again",
                        parts -> parts.use(new Paging(parts) {
                            @Override
                            Iterable<Entry> above(Space space, long cursor) {
                                return super.above(space, cursor - 1);
                            }
                        })),
                PULL.fault("Q06", "PULL-01 PULL-04 PULL-05",
                        "Changes come in the order of the clients' clocks, not of versions",
                        parts -> parts.use(new Paging(parts) {
                            @Override
                            Iterable<Entry> above(Space space, long cursor) {
                                return space.after(cursor).stream().sorted(Comparator
                                        .comparing((Entry entry) -> entry.stamp().hlc())
                                        .thenComparing(entry -> entry.stamp().opId())).toList();
                            }
                        })),
                PULL.fault("Q07", "GC-05 PULL-05 PULL-09 PULL-03 PULL-04 PULL-01", Set.of(Need.CLOCK),
                        "The cursor is used as an offset into the log, which collection shortens",
                        parts -> parts.use(new Paging(parts) {
                            @Override
                            Iterable<Entry> above(Space space, long cursor) {
                                return space.log.values().stream().skip(cursor).toList();
                            }
                        })),
                PULL.fault("Q10", "PULL-15 PULL-06", "A filter that names an unknown table is ignored",
                        parts -> parts.use(new Paging(parts) {
                            @Override
                            Predicate<Entry> wanted(Caller caller, List<String> tables) {
                                boolean known = tables == null
                                        || tables.stream().allMatch(parts.schema.tables()::containsKey);
                                return super.wanted(caller, known ? tables : null);
                            }
                        })),
                PULL.fault("Q11", "PULL-09 PULL-04 PULL-03 PULL-05 PULL-07",
                        "Pulls read a replica that lags one push behind",
                        parts -> parts.use(new LaggingReplica.Reader(parts)).use(new LaggingReplica.Feeder(parts))),
                PULL.fault("Q13", "PULL-09 PULL-03 PULL-07", "Answers are cached by workspace, cursor, limit and filter",
                        parts -> parts.use(new CachedAnswers(parts))),
                PULL.fault("Q14", "PULL-07 PUSH-12 PULL-11", "The payload of a change is that of the record as it is now",
                        parts -> parts.use(new Paging(parts) {
                            @Override
                            Change change(Space space, Entry entry) {
                                Change logged = super.change(space, entry);
                                Row now = space.rows.get(entry.key());
                                return now == null ? logged : new Change(logged.serverVersion(), logged.tableName(),
                                        logged.pk(), logged.op(), now.payload(), logged.stamp());
                            }
                        })),
                PULL.fault("X04", "PULL-10 PULL-01 PULL-05 PULL-04 PULL-03 PULL-11 PUSH-12 PULL-07 PULL-09 PULL-02",
                        Set.of(Need.CONCURRENT), "All pulls of a process fill one buffer, and mix their answers",
                        parts -> parts.use(new SharedBuffer(parts))),
                PULL.fault("B25", "PULL-11", "Changes name the server as the device instead of the one that pushed",
                        parts -> parts.use(new Rewritten(parts, change -> new Change(change.serverVersion(),
                                change.tableName(), change.pk(), change.op(), change.payload(), new Stamp("server",
                                change.stamp().opId(), change.stamp().hlc(), change.stamp().clock()))))),
                PULL.fault("B26", "PULL-14 PULL-11", "A delete is delivered as a put",
                        parts -> parts.use(new Rewritten(parts, change -> new Change(change.serverVersion(),
                                change.tableName(), change.pk(), "put", change.payload(), change.stamp())))),
                PULL.fault("B27", "PULL-16 PULL-11",
                        "A delete is logged under an id that the provider makes up, which is no UUID",
                        parts -> parts.use(new Rewritten(parts, change -> !change.op().equals("delete") ? change
                                : new Change(change.serverVersion(), change.tableName(), change.pk(), change.op(),
                                        change.payload(), new Stamp(change.stamp().deviceId(),
                                                "del-" + change.serverVersion(), change.stamp().hlc(),
                                                change.stamp().clock()))))),
                PULL.fault("B28", "PULL-12 PULL-01 PULL-04", "A cursor beyond the head starts again from the beginning",
                        parts -> parts.use(new Paging(parts) {
                            @Override
                            PullResponse page(Space space, long cursor, int limit, Predicate<Entry> wanted) {
                                return super.page(space, cursor > parts.numbering.head(space) ? 0 : cursor, limit, wanted);
                            }
                        })),
                PULL.fault("B29", "PULL-15", "A pull without a scope is taken to mean the session's workspace",
                        parts -> parts.use(new Paging(parts) {
                            @Override
                            PullResponse pull(Caller caller, PullRequest request) {
                                return super.pull(caller, request.scope() != null ? request : new PullRequest(
                                        new Scope(caller.workspaceId()), request.cursor(),
                                        request.limit(), request.tables()));
                            }
                        })));
    }

    private static final class Rewritten extends Paging {
        private final UnaryOperator<Change> rewriting;

        Rewritten(Parts parts, UnaryOperator<Change> rewriting) {
            super(parts);
            this.rewriting = rewriting;
        }

        @Override
        Change change(Space space, Entry entry) {
            return rewriting.apply(super.change(space, entry));
        }
    }

    private static final class CachedAnswers extends Paging {
        private final Map<List<Object>, PullResponse> answers = new ConcurrentHashMap<>();

        CachedAnswers(Parts parts) {
            super(parts);
        }

        @Override
        PullResponse pull(Caller caller, PullRequest request) {
            List<Object> question = List.of(caller, request.scope(), request.cursor(), request.limit(),
                    request.tables() == null ? List.of() : request.tables());
            return answers.computeIfAbsent(question, asked -> super.pull(caller, request));
        }
    }

    private static final class SharedBuffer extends Paging {
        private final List<Change> buffer = new ArrayList<>();

        SharedBuffer(Parts parts) {
            super(parts);
        }

        /** A pull is one query, which needs no transaction. */
        @Override
        PullResponse read(Space space, Supplier<PullResponse> page) {
            return page.get();
        }

        @Override
        PullResponse page(Space space, long cursor, int limit, Predicate<Entry> wanted) {
            buffer.clear();
            boolean hasMore = false;
            for (Entry entry : above(space, cursor)) {
                if (wanted.test(entry)) {
                    if (buffer.size() >= limit) {
                        hasMore = true;
                        break;
                    }
                    buffer.add(change(space, entry));
                }
            }
            List<Change> changes = List.copyOf(buffer);
            long next = changes.isEmpty() ? cursor : changes.get(changes.size() - 1).serverVersion();
            return answer(space, cursor, changes, next, hasMore);
        }
    }
}
