package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.suites.fault.Fault.Need;
import dev.or3.tck.suites.fault.Space.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/** Faults that show only when the provider is killed, not when it ends in peace (DUR-02, DUR-03). */
final class CrashFaults {
    private static final FaultPart CRASH = new FaultPart("crash");
    private static final Set<Need> KILL = Set.of(Need.CRASH);

    private CrashFaults() {
    }

    static List<Fault> all() {
        return List.of(
                CRASH.fault("P07", "DUR-02 DUR-03 PUSH-01", KILL,
                        "Pushes are acknowledged first, and committed a few at a time",
                        parts -> {
                            GroupCommit commits = new GroupCommit(4);
                            parts.use(new Pushing(parts) {
                                @Override
                                PushResponse store(Caller caller, Space space, List<Decision> decisions) {
                                    commits.before(space);
                                    return super.store(caller, space, decisions);
                                }
                            }).use(dying(parts, commits::lose));
                        }),
                CRASH.fault("F02", "DUR-03 LWW-01 SNAP-01 LWW-06", KILL,
                        "The log and the records are written in two transactions",
                        parts -> parts.use(new RecordsLater(parts))),
                CRASH.fault("F05", "DUR-03 PUSH-02", KILL,
                        "Requests are journaled, and done again at the next start whether they were committed or not",
                        parts -> {
                            Journal journal = parts.disk.extra("journal", Journal::new);
                            parts.use(new Journaled(parts, journal)).use(new Startup(parts) {
                                @Override
                                void start() {
                                    super.start();
                                    journal.repeat(parts);
                                }
                            });
                        }),
                CRASH.fault("B86", "DUR-02 PUSH-05 PUSH-07", KILL,
                        "The counter is persisted at every tenth version and at a clean end, and gives some out again",
                        counting(head -> head - head % 10)),
                CRASH.fault("B87", "DUR-02 PUSH-05", KILL,
                        "The counter is persisted ten versions ahead, and set right only at a clean end",
                        counting(head -> head == 0 ? 0 : head + 10 - head % 10)),
                CRASH.fault("B88", "DUR-03 PUSH-02 PUSH-14", KILL,
                        "Op ids are remembered in a transaction after the one that stores their operations",
                        parts -> {
                            WrittenLater later = new WrittenLater(parts);
                            parts.use(later).use(new Pushing(parts) {
                                @Override
                                PushResponse push(Caller caller, PushRequest request) {
                                    PushResponse answer = super.push(caller, request);
                                    Space space = parts.access.enter(caller, request.scope());
                                    return parts.transact(space, () -> {
                                        later.write(space);
                                        return answer;
                                    });
                                }
                            });
                        }),
                CRASH.fault("B89", "DUR-03 PUSH-17", KILL, "A batch is committed in parts of two",
                        parts -> parts.use(new InParts(parts, 2))),
                CRASH.fault("B90", "DUR-02 PUSH-01", KILL,
                        "The log is written out in groups and at a clean end, the records at once",
                        parts -> {
                            List<Map.Entry<Space, Entry>> pending = new ArrayList<>();
                            parts.use(new Pushing(parts) {
                                @Override
                                void log(Space space, Entry entry) {
                                    super.log(space, entry);
                                    synchronized (pending) {
                                        pending.add(Map.entry(space, entry));
                                        if (pending.size() == 8) {
                                            pending.clear();
                                        }
                                    }
                                }
                            }).use(dying(parts, () -> pending.forEach(
                                    lost -> lost.getKey().log.remove(lost.getValue().place()))));
                        }),
                CRASH.fault("B91", "DUR-02 DUR-03 LWW-01 LWW-06 SNAP-01", KILL,
                        "Records are kept in memory and written out at a clean end; the log is not read to make up for them",
                        parts -> {
                            Map<Space, Set<Key>> dirty = new ConcurrentHashMap<>();
                            parts.use(new Resolution(parts) {
                                @Override
                                boolean apply(Space space, Entry entry) {
                                    dirty.computeIfAbsent(space, any -> ConcurrentHashMap.newKeySet()).add(entry.key());
                                    return super.apply(space, entry);
                                }
                            }).use(dying(parts, () -> dirty.forEach((space, keys) -> keys.forEach(key -> {
                                space.rows.remove(key);
                                space.tombstones.remove(Space.TombstoneId.of(key));
                            }))));
                        }),
                CRASH.fault("B92", "GC-02 GC-05 GC-01 GC-06", Set.of(Need.CRASH, Need.CLOCK),
                        "Cursors are acknowledged and written behind: a kill loses the devices that came last",
                        parts -> {
                            Map<Space, Set<String>> unwritten = new ConcurrentHashMap<>();
                            parts.use(new Cursors(parts) {
                                @Override
                                void move(Space space, String key, String userId, long version) {
                                    if (!space.cursors.containsKey(key)) {
                                        unwritten.computeIfAbsent(space, any -> ConcurrentHashMap.newKeySet()).add(key);
                                    }
                                    super.move(space, key, userId, version);
                                }
                            }).use(dying(parts, () -> unwritten.forEach(
                                    (space, keys) -> space.cursors.keySet().removeAll(keys))));
                        }));
    }

    private static Startup dying(Parts parts, Runnable loss) {
        return new Startup(parts) {
            @Override
            void die() {
                loss.run();
            }
        };
    }

    private static Consumer<Parts> counting(LongUnaryOperator persisted) {
        return parts -> parts.use(dying(parts,
                () -> parts.disk.spaces().forEach(space -> space.head.updateAndGet(persisted))));
    }

    /** What a process holds of pushes that it has answered: how each workspace was at the last commit. */
    private static final class GroupCommit {
        private final int size;
        private final Map<Space, Runnable> lastCommits = new HashMap<>();
        private int pushes;

        GroupCommit(int size) {
            this.size = size;
        }

        synchronized void before(Space space) {
            if (++pushes % size == 0) {
                lastCommits.clear();
            }
            lastCommits.computeIfAbsent(space, Space::wayBack);
        }

        synchronized void lose() {
            lastCommits.values().forEach(Runnable::run);
        }
    }

    /** One transaction logs, a second one materializes. */
    private static final class RecordsLater extends Pushing {
        private final ThreadLocal<List<Entry>> logged = ThreadLocal.withInitial(ArrayList::new);

        RecordsLater(Parts parts) {
            super(parts);
        }

        @Override
        PushResponse push(Caller caller, PushRequest request) {
            Space space = parts.access.enter(caller, request.scope());
            List<Operation> operations = parts.admission.batch(request.ops());
            logged.get().clear();
            PushResponse answer = parts.transact(space, () -> store(caller, space, decide(caller, space, operations)));
            Map<String, OperationResult> applied = new HashMap<>();
            for (Entry entry : logged.get()) {
                parts.transact(space, () -> {
                    boolean won = parts.resolution.apply(space, entry);
                    parts.deduplication.remember(space, entry, won);
                    return applied.put(entry.admitted().opId(),
                            stored(caller, space, entry.admitted().opId(), entry.key(), entry.version(), won));
                });
            }
            return new PushResponse(answer.results().stream()
                    .map(result -> applied.getOrDefault(result.opId(), result)).toList(), answer.serverVersion());
        }

        @Override
        OperationResult write(Caller caller, Space space, Entry entry) {
            log(space, entry);
            parts.deduplication.remember(space, entry, true);
            logged.get().add(entry);
            return stored(caller, space, entry.admitted().opId(), entry.key(), entry.version(), true);
        }
    }

    /** Requests that were begun and not ended, on the disk. */
    private static final class Journal {
        private record Request(Caller caller, PushRequest push) {
        }

        private final Map<Integer, Request> open = new ConcurrentHashMap<>();
        private final AtomicInteger numbers = new AtomicInteger();

        int begin(Caller caller, PushRequest push) {
            int number = numbers.incrementAndGet();
            open.put(number, new Request(caller, push));
            return number;
        }

        void end(int number) {
            open.remove(number);
        }

        void repeat(Parts parts) {
            Set<Integer> begun = new HashSet<>(open.keySet());
            for (int number : begun) {
                Request request = open.remove(number);
                Space space = parts.disk.space(request.push().scope().workspaceId());
                List<Decision> decisions = new ArrayList<>();
                for (Operation operation : request.push().ops()) {
                    decisions.add(new Decision.Store(parts.admission.admit(request.caller(), space, operation)));
                }
                parts.transact(space, () -> parts.pushing.store(request.caller(), space, decisions));
            }
        }
    }

    private static final class Journaled extends Pushing {
        private final Journal journal;

        Journaled(Parts parts, Journal journal) {
            super(parts);
            this.journal = journal;
        }

        @Override
        PushResponse push(Caller caller, PushRequest request) {
            parts.access.enter(caller, request.scope());
            int number = journal.begin(caller, request);
            PushResponse answer;
            try {
                answer = super.push(caller, request);
            } catch (ProviderException refused) {
                journal.end(number);
                throw refused;
            }
            parts.life.step();
            journal.end(number);
            return answer;
        }
    }

    /** Op ids that are not in their table yet are looked for in memory. */
    private static final class WrittenLater extends Deduplication {
        private final Map<Space, Map<String, Known>> unwritten = new ConcurrentHashMap<>();

        WrittenLater(Parts parts) {
            super(parts);
        }

        private Map<String, Known> of(Space space) {
            return unwritten.computeIfAbsent(space, any -> new ConcurrentHashMap<>());
        }

        @Override
        Map<String, Known> find(Space space, List<String> opIds) {
            Map<String, Known> found = super.find(space, opIds);
            opIds.stream().filter(of(space)::containsKey).forEach(opId -> found.put(opId, of(space).get(opId)));
            return found;
        }

        @Override
        Known get(Space space, String opId) {
            Known known = of(space).get(opId);
            return known == null ? super.get(space, opId) : known;
        }

        @Override
        void remember(Space space, Entry entry, boolean applied) {
            of(space).put(entry.admitted().opId(), new Known(entry.key(), entry.admitted().fingerprint(), entry.version(),
                    applied, entry.storedAt()));
        }

        void write(Space space) {
            space.known.putAll(of(space));
            of(space).clear();
        }
    }

    /** A transaction for so many operations at a time. */
    private static final class InParts extends Pushing {
        private final int size;

        InParts(Parts parts, int size) {
            super(parts);
            this.size = size;
        }

        @Override
        PushResponse push(Caller caller, PushRequest request) {
            Space space = parts.access.enter(caller, request.scope());
            List<Operation> operations = parts.admission.batch(request.ops());
            List<OperationResult> results = new ArrayList<>();
            PushResponse part = null;
            for (int from = 0; from < operations.size() || part == null; from += size) {
                List<Operation> some = operations.subList(from, Math.min(from + size, operations.size()));
                part = parts.transact(space, () -> store(caller, space, decide(caller, space, some)));
                results.addAll(part.results());
            }
            return new PushResponse(results, part.serverVersion());
        }
    }
}
