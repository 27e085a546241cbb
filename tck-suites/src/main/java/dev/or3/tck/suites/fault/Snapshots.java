package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.SnapshotPage.Item;
import dev.or3.tck.api.sync.SnapshotPage.Revision;
import dev.or3.tck.api.sync.SnapshotRequest;
import dev.or3.tck.suites.fault.Disk.OwnedItem;
import dev.or3.tck.suites.fault.Disk.TakenSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * Snapshots are taken whole with the first page, in one transaction, and kept until they expire; later pages are read
 * from what was kept (SNAP rules).
 */
class Snapshots {
    private static final Comparator<OwnedItem> ORDER = Comparator
            .comparing((OwnedItem owned) -> owned.item().tableName())
            .thenComparing(owned -> owned.item().pk())
            .thenComparing(owned -> owned.item().kind());

    final Parts parts;

    Snapshots(Parts parts) {
        this.parts = parts;
    }

    SnapshotPage page(Caller caller, SnapshotRequest request) {
        if (!parts.settings.isV11()) {
            throw ProviderException.unsupported("sync.snapshot");
        }
        Space space = parts.access.enter(caller, request.scope());
        if (request.pageSize() <= 0) {
            throw ProviderException.badRequest("pageSize must be 1 or more");
        }
        int size = Math.min(request.pageSize(), parts.settings.limits().maxPullLimit());
        if (request.pageToken() == null) {
            TakenSnapshot taken = take(space, request.tables());
            return page(caller, taken, 0, size);
        }
        Token token = token(request.pageToken());
        return page(caller, find(space, token), token.offset(), size);
    }

    /** Takes a snapshot of the whole workspace, of every member's rows. */
    TakenSnapshot take(Space space, List<String> tables) {
        forgetExpired();
        long now = parts.clock.millis();
        TakenSnapshot taken = parts.transact(space, () -> new TakenSnapshot(space.workspaceId, UUID.randomUUID().toString(),
                parts.numbering.head(space), items(space, tables), now));
        parts.disk.snapshots.put(taken.id(), taken);
        return taken;
    }

    List<OwnedItem> items(Space space, List<String> tables) {
        List<OwnedItem> items = new ArrayList<>();
        space.rows.values().forEach(row -> items.add(owned(row)));
        space.tombstones.values().forEach(tombstone -> items.add(owned(tombstone)));
        if (tables != null && !tables.isEmpty()) {
            items.removeIf(owned -> !tables.contains(owned.item().tableName()));
        }
        items.sort(ORDER);
        return items;
    }

    OwnedItem owned(Row row) {
        return new OwnedItem(item(row), row.owner());
    }

    Item item(Row row) {
        Revision revision = new Revision(row.stamp().clock(), row.stamp().hlc(), row.stamp().opId());
        return row.deleted()
                ? new Item(Item.TOMBSTONE, row.key().tableName(), row.key().pk(), null, revision, row.writtenAt() / 1000)
                : new Item(Item.ROW, row.key().tableName(), row.key().pk(), row.payload(), revision, null);
    }

    /** The snapshot of a token, if it is one of this workspace and still lives (SNAP-04). */
    TakenSnapshot find(Space space, Token token) {
        TakenSnapshot taken = parts.disk.snapshots.get(token.snapshotId());
        if (taken == null || !taken.workspaceId().equals(space.workspaceId)) {
            throw unknownToken();
        }
        if (isExpired(taken)) {
            throw new ProviderException(410, "GONE", "this pageToken has expired: take a new snapshot");
        }
        return taken;
    }

    boolean isExpired(TakenSnapshot taken) {
        return parts.clock.millis() - taken.takenAt() > 1000 * parts.settings.limits().snapshotLifeSeconds();
    }

    /** Private rows of others are passed over, which may leave a page shorter than asked. */
    SnapshotPage page(Caller caller, TakenSnapshot taken, int offset, int size) {
        int end = Math.min(offset + size, taken.items().size());
        List<Item> items = taken.items().subList(offset, end).stream()
                .filter(owned -> parts.privacy.visible(caller, owned.owner())).map(OwnedItem::item).toList();
        return new SnapshotPage(taken.workspaceId(), taken.id(), taken.highWatermark(), items,
                end < taken.items().size() ? handOut(new Token(taken.id(), end)) : null);
    }

    /** Long after they expired, and not with every snapshot, since it looks at all of them. */
    private void forgetExpired() {
        long life = 1000 * parts.settings.limits().snapshotLifeSeconds();
        long now = parts.clock.millis();
        if (parts.disk.nextForgetting.getAndUpdate(due -> due <= now ? now + life : due) <= now) {
            parts.disk.snapshots.values().removeIf(taken -> now - taken.takenAt() > 2 * life);
            parts.disk.pageTokens.values().removeIf(token -> !parts.disk.snapshots.containsKey(token.snapshotId()));
        }
    }

    Token token(String text) {
        Token token = parts.disk.pageTokens.get(text);
        if (token == null) {
            throw unknownToken();
        }
        return token;
    }

    String handOut(Token token) {
        String text = UUID.randomUUID().toString();
        parts.disk.pageTokens.put(text, token);
        return text;
    }

    static ProviderException unknownToken() {
        return ProviderException.badRequest("this pageToken was not given out for this workspace");
    }

    /** Where to go on in a snapshot. */
    record Token(String snapshotId, int offset) {
    }
}
