package dev.or3.tck.reference.sqlite;

import static dev.or3.tck.reference.sqlite.Rig.delete;
import static dev.or3.tck.reference.sqlite.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.SnapshotPage.Item;
import dev.or3.tck.api.sync.SnapshotRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
    @TempDir
    Path directory;
    private Rig rig;

    @BeforeEach
    void open() {
        rig = Rig.in(directory);
        rig.push(put("b", 1), put("projects", "b", 1, "h", "{\"id\":\"b\"}"), put("a", 1), put("B", 1), put("a", 2),
                delete("c", 3), put("notifications", "n", 1, "h", Rig.notification("n", 1, rig.owner.userId(), "t")));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private SnapshotPage page(Caller caller, int size, String token, String... tables) {
        return rig.provider.sync().snapshot(caller,
                new SnapshotRequest(rig.scope, size, token, tables.length == 0 ? null : List.of(tables)));
    }

    private List<Item> rest(Caller caller, int size, SnapshotPage first) {
        List<Item> items = new ArrayList<>(first.items());
        for (SnapshotPage page = first; page.nextPageToken() != null; ) {
            page = page(caller, size, page.nextPageToken());
            assertThat(page.snapshotId()).isEqualTo(first.snapshotId());
            assertThat(page.highWatermark()).isEqualTo(first.highWatermark());
            assertThat(page.items()).hasSizeBetween(1, size);
            items.addAll(page.items());
        }
        return items;
    }

    @Test
    void aSnapshotHoldsRowsAndTombstonesInOrderAtAnyPageSize() {
        List<Item> whole = page(rig.owner, 100, null).items();
        assertThat(whole).extracting(item -> item.kind() + " " + item.tableName() + "/" + item.pk())
                .containsExactly("row kv/B", "row kv/a", "row kv/b", "tombstone kv/c", "row notifications/n",
                        "row projects/b");
        assertThat(whole.get(1).revision().clock()).isEqualTo(2);
        assertThat(whole.get(3).serverDeletedAt()).isBetween(System.currentTimeMillis() / 1000 - 600,
                System.currentTimeMillis() / 1000);
        for (int size = 1; size <= 7; size++) {
            assertThat(rest(rig.owner, size, page(rig.owner, size, null))).isEqualTo(whole);
        }
        assertThat(page(rig.owner, 100, null, "projects").items()).hasSize(1);
        assertThat(rest(rig.owner, 1, page(rig.owner, 1, null, "kv"))).hasSize(4);
        assertThat(page(rig.editor, 100, null).items()).noneMatch(item -> item.tableName().equals("notifications"));
    }

    @Test
    void laterPagesAreNotMovedByPushesCollectionsAndRestarts() {
        List<Item> whole = page(rig.owner, 100, null).items();
        rig.provider.controls().clock(3000);
        SnapshotPage first = page(rig.owner, 1, null);
        rig.push(put("a", 9), delete("b", 9), put("0", 1), put("zz", 1));
        rig.provider.controls().clock(5000);
        rig.provider.sync().gcChangeLog(rig.owner, new CollectRequest(rig.scope, 3600));
        page(rig.owner, 2, null);
        rig.provider.controls().restart();

        assertThat(rest(rig.owner, 2, first)).isEqualTo(whole);
        assertThat(first.highWatermark()).isEqualTo(7);
        assertThat(rig.pull(rig.owner, 0, 10).oldestRetainedVersion()).as("collected meanwhile").isEqualTo(8);
        assertThat(rig.pull(rig.owner, first.highWatermark(), 10).changes()).hasSize(4);
    }

    @Test
    void aSnapshotAfterCollectionStillHasThePayloads() {
        List<Item> whole = page(rig.owner, 100, null).items();
        rig.provider.controls().clock(7200);
        rig.provider.sync().gcChangeLog(rig.owner, new CollectRequest(rig.scope, 3600));
        assertThat(rig.pull(rig.owner, 7, 1).oldestRetainedVersion()).isEqualTo(8);
        assertThat(page(rig.owner, 100, null).items()).isEqualTo(whole);
        assertThat(rest(rig.owner, 2, page(rig.owner, 2, null))).isEqualTo(whole);
    }

    @Test
    void anotherInstanceServesTheLaterPages() {
        SnapshotPage first = page(rig.owner, 1, null);
        try (SqliteProvider second = new SqliteProvider(ProviderConfig.in(directory))) {
            SnapshotRequest next = new SnapshotRequest(rig.scope, 5, first.nextPageToken(), null);
            assertThat(second.sync().snapshot(rig.owner, next).items()).hasSize(5);
        }
    }

    @Test
    void forgedForeignAndExpiredTokensAreRefused() {
        String token = page(rig.owner, 1, null).nextPageToken();
        Rig other = Rig.on(rig.provider);
        assertRefused(400, rig.owner, "nonsense");
        assertRefused(400, rig.owner, "");
        assertRefused(400, rig.owner, token.replace(".1.", ".2."));
        assertRefused(400, rig.owner, token + "A");
        assertRefused(400, rig.owner, token.substring(0, token.length() - 1));
        assertRefused(400, rig.editor, token);
        assertThatThrownBy(() -> rig.provider.sync().snapshot(other.owner, new SnapshotRequest(other.scope, 1, token, null)))
                .isInstanceOf(ProviderException.class);
        rig.provider.controls().clock(3000);
        assertThat(page(rig.owner, 1, token).items()).hasSize(1);
        rig.provider.controls().clock(4000);
        assertRefused(410, rig.owner, token);
    }

    @Test
    void expiredSnapshotsAreCleanedUp() {
        for (int i = 0; i < 3; i++) {
            page(rig.owner, 1, null);
        }
        rig.provider.controls().clock(4000);
        page(rig.owner, 1, null);
        assertThat(Rig.count(directory, "snapshots")).isEqualTo(1);
        assertThat(Rig.count(directory, "snapshot_items")).isEqualTo(6);
    }

    @Test
    void aLargeSnapshotIsWhole() {
        for (int batch = 0; batch < 6; batch++) {
            rig.push(Rig.puts("posts", batch * 500, 500));
        }
        assertThat(rest(rig.owner, 1000, page(rig.owner, 100_000, null))).hasSize(3006);
    }

    private void assertRefused(int status, Caller caller, String token) {
        assertThatThrownBy(() -> page(caller, 1, token)).isInstanceOfSatisfying(ProviderException.class,
                refused -> assertThat(refused.status()).isEqualTo(status));
    }
}
