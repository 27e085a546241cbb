package dev.or3.tck.suites.fault;

import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.suites.fault.Fault.Need;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/** Faults that show when the provider is started again. */
final class DurabilityFaults {
    private static final FaultPart DURABILITY = new FaultPart("durability");
    private static final Set<Need> RESTART = Set.of(Need.RESTART);

    private DurabilityFaults() {
    }

    static List<Fault> all() {
        return List.of(
                DURABILITY.fault("B58", "DUR-01 DUR-02 DUR-04 DUR-05 PUSH-01 PULL-09 PUSH-05", RESTART,
                        "The log is written out in groups, and the last one is lost with a restart",
                        parts -> {
                            WriteBehind buffer = parts.disk.extra("buffer", WriteBehind::new);
                            parts.use(new Pushing(parts) {
                                @Override
                                void log(Space space, Entry entry) {
                                    super.log(space, entry);
                                    buffer.add(space, entry);
                                }
                            }).use(new Startup(parts) {
                                @Override
                                void start() {
                                    super.start();
                                    buffer.lose();
                                }
                            });
                        }),
                DURABILITY.fault("F03", "DUR-04 DUR-02 PUSH-05 DUR-05 PUSH-07 PULL-07", RESTART,
                        "The counter is persisted at every tenth version only, and gives some out again after a restart",
                        counting(head -> head - head % 10)),
                DURABILITY.fault("F04", "DUR-04 DUR-02 PUSH-05 DUR-05 PUSH-09", RESTART,
                        "The counter is persisted ten versions ahead, and leaves a gap after a restart",
                        counting(head -> head == 0 ? 0 : head + 10 - head % 10)),
                DURABILITY.fault("K04", "DUR-05 DUR-04 DUR-02 PUSH-05 PUSH-07 PULL-07", RESTART,
                        "Migrations run again at every start, and set the counter back",
                        counting(head -> 0)),
                DURABILITY.opening("K02", "DUR-06",
                        "A path that is missing or wrong silently means an empty database in memory",
                        new Opening() {
                            @Override
                            Disk open(ProviderConfig config, MemorySettings settings) {
                                try {
                                    return super.open(config, settings);
                                } catch (RuntimeException e) {
                                    return Disk.inMemory();
                                }
                            }
                        }),
                DURABILITY.opening("B93", "DUR-06",
                        "A path that is missing or wrong ends the start with words that name no setting",
                        new Opening() {
                            @Override
                            Disk open(ProviderConfig config, MemorySettings settings) {
                                try {
                                    return super.open(config, settings);
                                } catch (RuntimeException e) {
                                    throw new IllegalStateException("the storage cannot be opened", e);
                                }
                            }
                        }),
                DURABILITY.fault("B59", "WIRE-05 DUR-05 DUR-01 PULL-09 PUSH-05", RESTART,
                        "A migration to a new schema rebuilds the tables that got new fields, and loses their entries",
                        parts -> parts.use(new Startup(parts) {
                            @Override
                            void migrate(int from, int to) {
                                Set<String> rebuilt = grown(parts, from);
                                parts.disk.spaces().forEach(space -> {
                                    space.rows.keySet().removeIf(key -> rebuilt.contains(key.tableName()));
                                    space.log.values().removeIf(entry -> rebuilt.contains(entry.key().tableName()));
                                });
                            }
                        })),
                DURABILITY.fault("B60", "DUR-05 DUR-01 DUR-02 SNAP-01 LWW-01",
                        RESTART, "Migrations run again at every start, and create the tables of records anew",
                        parts -> parts.use(new Startup(parts) {
                            @Override
                            void start() {
                                super.start();
                                parts.disk.spaces().forEach(space -> space.rows.clear());
                            }
                        })));
    }

    private static Consumer<Parts> counting(LongUnaryOperator persisted) {
        return parts -> parts.use(new Startup(parts) {
            @Override
            void start() {
                super.start();
                parts.disk.spaces().forEach(space -> space.head.updateAndGet(persisted));
            }
        });
    }

    private static Set<String> grown(Parts parts, int from) {
        Set<String> grown = new HashSet<>();
        parts.schema.tables().forEach((name, table) -> {
            if (table.since() <= from && table.fields().values().stream().anyMatch(field -> field.since() > from)) {
                grown.add(name);
            }
        });
        return grown;
    }

    /** The entries that are not written out yet. */
    private static final class WriteBehind {
        private static final int GROUP = 8;

        private final List<Map.Entry<Space, Entry>> pending = new ArrayList<>();

        synchronized void add(Space space, Entry entry) {
            pending.add(Map.entry(space, entry));
            if (pending.size() == GROUP) {
                pending.clear();
            }
        }

        synchronized void lose() {
            pending.forEach(lost -> lost.getKey().log.remove(lost.getValue().place()));
            pending.clear();
        }
    }
}
