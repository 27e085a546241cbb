package dev.or3.tck.reference.sqlite;

import static dev.or3.tck.reference.sqlite.Rig.delete;
import static dev.or3.tck.reference.sqlite.Rig.kv;
import static dev.or3.tck.reference.sqlite.Rig.op;
import static dev.or3.tck.reference.sqlite.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.control.Controls.Inspection;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorTest {
    private static final long HOUR = 3600;

    @TempDir
    Path directory;
    private Rig rig;
    private long offset;

    @BeforeEach
    void open() {
        rig = Rig.in(directory);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void pass(long seconds) {
        offset += seconds;
        rig.provider.controls().clock(offset);
    }

    private void cursor(Caller caller, String device, long version) {
        rig.provider.sync().updateCursor(caller, new CursorUpdate(rig.scope, device, version));
    }

    private void collect() {
        rig.provider.sync().gcChangeLog(rig.owner, new CollectRequest(rig.scope, HOUR));
        rig.provider.sync().gcTombstones(rig.owner, new CollectRequest(rig.scope, HOUR));
    }

    private Inspection inspect(String pk) {
        return rig.provider.controls().inspect(rig.scope.workspaceId(), "kv", pk);
    }

    @Test
    void onlyWhatIsOldAndBehindTheSlowestDeviceGoes() {
        rig.push(put("a", 1), put("b", 1), put("c", 1));
        pass(2 * HOUR);
        rig.push(put("d", 1));
        cursor(rig.owner, "fast", 4);
        cursor(rig.owner, "slow", 2);
        collect();

        PullResponse behind = rig.pull(rig.owner, 0, 10);
        assertThat(behind.requiresSnapshot()).isTrue();
        assertThat(behind.oldestRetainedVersion()).isEqualTo(3);
        assertThat(behind.changes()).extracting("serverVersion").containsExactly(3L, 4L);
        assertThat(rig.pull(rig.owner, 1, 10).requiresSnapshot()).isTrue();
        assertThat(rig.pull(rig.owner, 2, 10).requiresSnapshot()).isFalse();

        cursor(rig.owner, "slow", 4);
        collect();
        assertThat(rig.pull(rig.owner, 3, 10).changes()).as("what is young stays").hasSize(1);
        assertThat(rig.pull(rig.owner, 3, 10).requiresSnapshot()).isFalse();
    }

    @Test
    void theCounterAndTheStateSurviveAnEmptyLog() {
        rig.push(put("a", 1), put("b", 1), put("b", 2), delete("c", 1));
        pass(2 * HOUR);
        collect();

        PullResponse empty = rig.pull(rig.owner, 4, 10);
        assertThat(empty.oldestRetainedVersion()).isEqualTo(5);
        assertThat(empty.requiresSnapshot()).isFalse();
        assertThat(rig.pull(rig.owner, 0, 10).requiresSnapshot()).isTrue();
        assertThat(inspect("b").record().payload().text()).isEqualTo(kv("b", 2, "v2"));
        rig.provider.controls().restart();
        assertThat(rig.pushOne(put("b", 1)).serverVersion()).isEqualTo(5);
        assertThat(rig.pushOne(put("b", 1)).payload().text()).isEqualTo(kv("b", 2, "v2"));
    }

    @Test
    void aReplayIsStillKnownAfterItsEntryWasCollected() {
        Operation first = put("a", 1);
        rig.push(first, put("a", 2));
        pass(2 * HOUR);
        collect();

        OperationResult replay = rig.pushOne(op("kv", "put", "a", " " + first.payload().text(), first.stamp()));
        OperationResult reuse = rig.pushOne(op("kv", "put", "a", kv("a", 1, "other"), first.stamp()));

        assertThat(replay.success()).isTrue();
        assertThat(replay.serverVersion()).isEqualTo(1);
        assertThat(replay.applied()).isFalse();
        assertThat(reuse.errorCode()).isEqualTo("CONFLICT");
        assertThat(rig.pushOne(put("b", 1)).serverVersion()).isEqualTo(3);
        assertThat(inspect("a").record().clock()).isEqualTo(2);
    }

    @Test
    void aNumberBeyondWhatJavaHoldsKeepsNothingFromBeingCollected() {
        Operation odd = put("kv", "a", 1, "h", "{\"id\":\"a\",\"n\":1e99999999999,\"m\":1e999999999}");
        assertThat(rig.pushOne(odd).success()).isTrue();
        assertThat(rig.pushOne(op("kv", "put", "a", odd.payload().text() + " ", odd.stamp())).serverVersion()).isNull();
        pass(2 * HOUR);
        collect();
        assertThat(rig.pull(rig.owner, 1, 10).oldestRetainedVersion()).isEqualTo(2);
        assertThat(rig.pushOne(odd).serverVersion()).isEqualTo(1);
    }

    @Test
    void tombstonesGoByTheTimeOfDeletionOnTheServer() {
        rig.push(delete("a", 1));
        pass(2 * HOUR);
        rig.push(delete("b", 1));
        collect();
        assertThat(inspect("a").tombstones()).isEmpty();
        assertThat(inspect("b").tombstones()).hasSize(1);
    }

    @Test
    void aTombstoneThatADeviceHasNotSeenStays() {
        rig.push(put("a", 1), delete("a", 2));
        pass(2 * HOUR);
        cursor(rig.owner, "slow", 1);
        collect();
        assertThat(inspect("a").tombstones()).hasSize(1);
        assertThat(rig.pushOne(put("a", 1)).applied()).isFalse();
        assertThat(rig.pull(rig.owner, 1, 10).changes()).hasSize(2);
    }

    @Test
    void aCursorNeverMovesBackAndNeverBeyondTheHead() {
        rig.push(put("a", 1), put("b", 1));
        pass(2 * HOUR);
        cursor(rig.owner, "d", 2);
        cursor(rig.owner, "d", 1);
        assertStatus(409, () -> cursor(rig.owner, "d", 3));
        assertStatus(400, () -> cursor(rig.owner, "d", -1));
        assertStatus(400, () -> cursor(rig.owner, "", 1));
        collect();
        assertThat(rig.pull(rig.owner, 2, 10).oldestRetainedVersion()).isEqualTo(3);
    }

    @Test
    void oneUserDoesNotMoveTheCursorOfAnother() {
        rig.push(put("a", 1), put("b", 1));
        pass(2 * HOUR);
        cursor(rig.owner, "d", 1);
        cursor(rig.editor, "d", 2);
        collect();
        assertThat(rig.pull(rig.owner, 1, 10).requiresSnapshot()).isFalse();
        assertThat(rig.pull(rig.owner, 1, 10).oldestRetainedVersion()).isEqualTo(2);
    }

    @Test
    void aDeviceThatWasSilentForTheWholeRetentionIsForgotten() {
        rig.push(put("a", 1), put("b", 1));
        cursor(rig.owner, "silent", 0);
        pass(2 * HOUR);
        cursor(rig.owner, "awake", 1);
        collect();
        assertThat(rig.pull(rig.owner, 0, 10).oldestRetainedVersion()).isEqualTo(2);
    }

    @Test
    void profileOneForgetsNobodyAndCollectsNothingWithoutDevices() {
        ProviderConfig config = ProviderConfig.in(directory).with(Map.of(
                Settings.PROFILE, "or3-sync/1.0", Settings.DB_PATH, directory.resolve("old.db").toString()));
        try (Rig old = Rig.on(new SqliteProviderFactory().open(config))) {
            old.push(put("a", 1), put("b", 1));
            old.provider.controls().clock(2 * HOUR);
            old.provider.sync().gcChangeLog(old.owner, new CollectRequest(old.scope, HOUR));
            assertThat(old.log(old.owner)).hasSize(2);
            old.provider.sync().updateCursor(old.owner, new CursorUpdate(old.scope, "d", 1));
            old.provider.controls().clock(9 * HOUR);
            old.provider.sync().updateCursor(old.editor, new CursorUpdate(old.scope, "e", 2));
            old.provider.sync().gcChangeLog(old.owner, new CollectRequest(old.scope, HOUR));
            assertThat(old.log(old.owner)).extracting("serverVersion").containsExactly(2L);
            assertThat(old.pushOne(put("a", 1)).applied()).isNull();
            assertThat(old.provider.manifest().components().get("sync").capabilities()).containsExactly("gc");
            assertStatus(501, () -> old.provider.sync().snapshot(old.owner, null));
        }
    }

    @Test
    void collectionStaysInItsWorkspaceAndInItsBounds() {
        Rig other = Rig.on(rig.provider);
        other.push(put("a", 1));
        for (int batch = 0; batch < 5; batch++) {
            rig.push(IntStream.range(0, 500).mapToObj(i -> put("r" + i, 1)).toArray(Operation[]::new));
        }
        pass(2 * HOUR);
        collect();
        assertThat(rig.pull(rig.owner, 2500, 10).oldestRetainedVersion()).as("all of it in one call").isEqualTo(2501);
        assertThat(other.log(other.owner)).hasSize(1);
        for (long bad : List.of(-1L, 0L, 3599L, Long.MAX_VALUE, Long.MIN_VALUE)) {
            assertStatus(400, () -> rig.provider.sync().gcChangeLog(rig.owner, new CollectRequest(rig.scope, bad)));
            assertStatus(400, () -> rig.provider.sync().gcTombstones(rig.owner, new CollectRequest(rig.scope, bad)));
        }
        assertStatus(403, () -> rig.provider.sync().gcChangeLog(other.owner, new CollectRequest(rig.scope, HOUR)));
        assertThat(rig.provider.sync().push(rig.owner, new PushRequest(rig.scope, List.of(put("z", 1)))).serverVersion())
                .isEqualTo(2501);
    }

    private static void assertStatus(int status, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(ProviderException.class,
                refused -> assertThat(refused.status()).isEqualTo(status));
    }
}
