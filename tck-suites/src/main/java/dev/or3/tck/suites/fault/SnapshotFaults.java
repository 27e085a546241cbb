package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.SnapshotPage.Item;
import dev.or3.tck.api.sync.SnapshotPage.Revision;
import dev.or3.tck.suites.fault.Disk.OwnedItem;
import dev.or3.tck.suites.fault.Disk.TakenSnapshot;
import dev.or3.tck.suites.fault.Fault.Need;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Faults in snapshots and their pages. */
final class SnapshotFaults {
    private static final FaultPart SNAPSHOT = new FaultPart("snapshot");

    private SnapshotFaults() {
    }

    static List<Fault> all() {
        return List.of(
                SNAPSHOT.fault("S01", "SNAP-02 SNAP-05 SNAP-01 SNAP-03", "Later pages are read from the live records",
                        parts -> parts.use(new Snapshots(parts) {
                            @Override
                            TakenSnapshot find(Space space, Token token) {
                                TakenSnapshot taken = super.find(space, token);
                                return with(taken, taken.highWatermark(), items(space, null));
                            }
                        })),
                SNAPSHOT.fault("S02", "SNAP-03 SNAP-01", Set.of(Need.CONCURRENT),
                        "The watermark is read after the records, outside of their transaction",
                        parts -> parts.use(new WatermarkAfterwards(parts))),
                SNAPSHOT.fault("S04", "SNAP-01 SNAP-03", "Tombstones are left out", parts -> parts.use(new Snapshots(parts) {
                    @Override
                    List<OwnedItem> items(Space space, List<String> tables) {
                        List<OwnedItem> items = super.items(space, tables);
                        items.removeIf(owned -> owned.item().kind().equals(Item.TOMBSTONE));
                        return items;
                    }
                })),
                SNAPSHOT.fault("S05", "SNAP-05 SNAP-01 SNAP-03",
                        "A page begins at the next key, and skips the same key in the next table",
                        parts -> parts.use(new NextKey(parts))),
                SNAPSHOT.fault("S06", "SNAP-04", Set.of(Need.CLOCK), "An expired token starts again at the first page",
                        parts -> parts.use(new Snapshots(parts) {
                            @Override
                            TakenSnapshot find(Space space, Token token) {
                                TakenSnapshot taken = parts.disk.snapshots.get(token.snapshotId());
                                return taken != null && isExpired(taken) ? take(space, null) : super.find(space, token);
                            }
                        })),
                SNAPSHOT.fault("S07", "SNAP-01 SNAP-03", "Stamps are zero", parts -> parts.use(new Snapshots(parts) {
                    @Override
                    Item item(Row row) {
                        Item item = super.item(row);
                        return new Item(item.kind(), item.tableName(), item.pk(), item.payload(), new Revision(0, "", ""),
                                item.serverDeletedAt());
                    }
                })),
                SNAPSHOT.fault("S08", "SNAP-04 PULL-10 LWW-11", "A token of another workspace is accepted",
                        parts -> parts.use(new Snapshots(parts) {
                            @Override
                            TakenSnapshot find(Space space, Token token) {
                                TakenSnapshot taken = parts.disk.snapshots.get(token.snapshotId());
                                return taken == null ? super.find(space, token)
                                        : super.find(parts.disk.space(taken.workspaceId()), token);
                            }
                        })),
                SNAPSHOT.fault("B43", "SNAP-04", "A token that was never given out starts at the first page",
                        parts -> parts.use(new StartsAnywhere(parts))),
                SNAPSHOT.fault("B44", "SNAP-02 SNAP-03 SNAP-01", "Each page names the head of its own time as watermark",
                        parts -> parts.use(new Snapshots(parts) {
                            @Override
                            TakenSnapshot find(Space space, Token token) {
                                TakenSnapshot taken = super.find(space, token);
                                return with(taken, parts.numbering.head(space), taken.items());
                            }
                        })),
                SNAPSHOT.fault("B45", "SNAP-05", "Items come in the order of keys, whatever their table",
                        parts -> parts.use(new Snapshots(parts) {
                            @Override
                            List<OwnedItem> items(Space space, List<String> tables) {
                                List<OwnedItem> items = super.items(space, tables);
                                items.sort(Comparator.comparing((OwnedItem owned) -> owned.item().pk())
                                        .thenComparing(owned -> owned.item().tableName()));
                                return items;
                            }
                        })),
                SNAPSHOT.fault("B46", "SNAP-03 SNAP-01",
                        "The watermark is one too high", parts -> parts.use(new Snapshots(parts) {
                    @Override
                    SnapshotPage page(Caller caller, TakenSnapshot taken, int offset, int size) {
                        return super.page(caller, with(taken, taken.highWatermark() + 1, taken.items()), offset, size);
                    }
                })),
                SNAPSHOT.fault("B47", "SNAP-01 SNAP-03", "Deleted records are listed as rows with their last payload gone",
                        parts -> parts.use(new Snapshots(parts) {
                            @Override
                            Item item(Row row) {
                                Item item = super.item(row);
                                return new Item(Item.ROW, item.tableName(), item.pk(), item.payload(),
                                        item.revision(), null);
                            }
                        })),
                SNAPSHOT.fault("B48", "SNAP-01 SNAP-05", "The last item of the workspace is on no page",
                        parts -> parts.use(new Snapshots(parts) {
                            @Override
                            List<OwnedItem> items(Space space, List<String> tables) {
                                List<OwnedItem> items = super.items(space, tables);
                                return items.subList(0, Math.max(0, items.size() - 1));
                            }
                        })));
    }

    private static TakenSnapshot with(TakenSnapshot taken, long highWatermark, List<OwnedItem> items) {
        return new TakenSnapshot(taken.workspaceId(), taken.id(), highWatermark, items, taken.takenAt());
    }

    /** Two queries, each a transaction of its own. */
    private static final class WatermarkAfterwards extends Snapshots {
        WatermarkAfterwards(Parts parts) {
            super(parts);
        }

        @Override
        TakenSnapshot take(Space space, List<String> tables) {
            List<OwnedItem> items = items(space, tables);
            long watermark = parts.transact(space, () -> parts.numbering.head(space));
            TakenSnapshot taken = new TakenSnapshot(space.workspaceId, UUID.randomUUID().toString(), watermark, items,
                    parts.clock.millis());
            parts.disk.snapshots.put(taken.id(), taken);
            return taken;
        }
    }

    private static final class NextKey extends Snapshots {
        NextKey(Parts parts) {
            super(parts);
        }

        @Override
        SnapshotPage page(Caller caller, TakenSnapshot taken, int offset, int size) {
            int start = offset;
            while (start > 0 && start < taken.items().size() && pk(taken, start).equals(pk(taken, offset - 1))) {
                start++;
            }
            return super.page(caller, taken, start, size);
        }

        private static String pk(TakenSnapshot taken, int index) {
            return taken.items().get(index).item().pk();
        }
    }

    private static final class StartsAnywhere extends Snapshots {
        private static final String UNKNOWN = "";

        StartsAnywhere(Parts parts) {
            super(parts);
        }

        @Override
        Token token(String text) {
            Token token = parts.disk.pageTokens.get(text);
            return token == null ? new Token(UNKNOWN, 0) : token;
        }

        @Override
        TakenSnapshot find(Space space, Token token) {
            return token.snapshotId().equals(UNKNOWN) ? take(space, new ArrayList<>()) : super.find(space, token);
        }
    }
}
