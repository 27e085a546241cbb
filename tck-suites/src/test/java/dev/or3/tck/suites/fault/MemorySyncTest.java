package dev.or3.tck.suites.fault;

import static dev.or3.tck.suites.fault.Device.delete;
import static dev.or3.tck.suites.fault.Device.put;
import static dev.or3.tck.suites.fault.Device.withId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.workspaces.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemorySyncTest {
    private static final int HOUR = 3600;

    @TempDir
    Path directory;
    private Provider provider;
    private Controls.Provisioned space;
    private Device device;
    private Device other;

    @BeforeEach
    void open() {
        provider = open(Map.of());
        space = provider.controls().provision(List.of(Role.OWNER, Role.EDITOR));
        device = new Device(provider, space.userIds().get(0), space.workspaceId(), "d1");
        other = device.as(space.userIds().get(1), "d2");
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private Provider open(Map<String, String> settings) {
        return new MemoryProviderFactory().open(ProviderConfig.in(directory).with(settings));
    }

    @Test
    void versions_count_from_one_without_gap_and_follow_the_batch() {
        assertThat(device.push(put("a", 1), put("b", 1), put("c", 1)).results())
                .extracting(OperationResult::serverVersion).containsExactly(1L, 2L, 3L);
        assertThat(device.push(put("d", 1)).serverVersion()).isEqualTo(4);
        assertThat(device.push().serverVersion()).isEqualTo(4);
        assertThat(device.drain(0, 2)).extracting(Change::serverVersion).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void a_replay_gets_its_first_version_from_any_member_and_in_any_key_order() {
        Operation first = put("a", 1);
        device.push(first, put("b", 1));
        Operation reordered = Device.op(first.stamp().opId(), "messages", "put", "a", 1, first.stamp().hlc(),
                "{\"deleted\":false,\"clock\":1.0,\"id\":\"a\"}");
        assertThat(device.pushOne(first).serverVersion()).isEqualTo(1);
        assertThat(other.pushOne(reordered).serverVersion()).isEqualTo(1);
        assertThat(device.pull(0, 10).changes()).hasSize(2);
    }

    @Test
    void an_operation_twice_in_a_batch_is_one() {
        Operation twice = put("a", 1);
        assertThat(device.push(twice, put("b", 1), twice).results())
                .extracting(OperationResult::serverVersion).containsExactly(1L, 2L, 1L);
        assertThat(device.pull(0, 10).changes()).hasSize(2);
    }

    @Test
    void a_reused_op_id_with_other_content_is_a_conflict_and_spends_no_version() {
        Operation first = put("a", 1);
        device.push(first);
        assertThat(device.pushOne(withId(put("a", 2), first.stamp().opId())))
                .returns(false, OperationResult::success).returns("CONFLICT", OperationResult::errorCode);
        assertThat(device.pushOne(put("b", 1)).serverVersion()).isEqualTo(2);
    }

    @Test
    void what_is_malformed_is_refused_beside_its_valid_neighbours() {
        Operation noObject = Device.op(put("x", 1).stamp().opId(), "messages", "put", "x", 1, "h", "[1]");
        Operation noTable = put("nothing", "x", 1, "h", "");
        Operation otherKey = Device.op(put("x", 1).stamp().opId(), "messages", "put", "x", 1, "h", "{\"id\":\"y\"}");
        Operation otherSpace = put("messages", "x", 1, "h", ",\"workspace_id\":\"elsewhere\"");
        Operation unknown = Device.op(put("x", 1).stamp().opId(), "messages", "patch", "x", 1, "h", "{}");
        Operation negative = put("x", -1);
        assertThat(device.push(put("a", 1), noObject, noTable, otherKey, otherSpace, unknown, negative, put("b", 1))
                .results())
                .extracting(OperationResult::success)
                .containsExactly(true, false, false, false, false, false, false, true);
        assertThat(device.pull(0, 10).changes()).extracting(Change::pk).containsExactly("a", "b");
        assertThat(device.pull(0, 10).nextCursor()).isEqualTo(2);
    }

    @Test
    void the_payload_limit_counts_bytes_not_characters() {
        Operation ascii = put("messages", "a", 1, "h", ",\"text\":\"" + "e".repeat(60_000) + '"');
        Operation wide = put("messages", "b", 1, "h", ",\"text\":\"" + "€".repeat(23_000) + '"');
        assertThat(device.push(ascii, wide).results()).extracting(OperationResult::errorCode)
                .containsExactly(null, "OVERSIZED");
    }

    @Test
    void a_batch_beyond_the_limit_is_refused_whole() {
        List<Operation> many = IntStream.range(0, 101).mapToObj(i -> put("k" + i, 1)).toList();
        assertThatThrownBy(() -> device.push(many)).isInstanceOf(ProviderException.class);
        assertThat(device.push(many.subList(0, 100)).serverVersion()).isEqualTo(100);
    }

    @Test
    void payloads_come_back_as_they_were() {
        String rest = ",\"deep\":{\"n\":null,\"e\":[],\"o\":{}},\"__proto__\":1,\"\":\"\","
                + "\"max\":9007199254740991,\"d\":0.1,\"t\":\"\\u0000\\u001f\\ud83d\\ude00 \\ud800\"";
        Operation rich = put("messages", "a", 1, "h", rest);
        device.push(rich);
        assertThat(device.pull(0, 1).changes().get(0).payload()).isEqualTo(rich.payload());
        assertThat(device.snapshot(10).get(0).payload().sameAs(rich.payload())).isTrue();
    }

    @Test
    void the_higher_clock_wins_then_the_greater_hlc_then_the_greater_op_id() {
        String id = "00000000-0000-4000-8000-00000000000";
        assertThat(applied(put("messages", "a", 9, "z", ""), put("messages", "a", 10, "b", ""))).isTrue();
        assertThat(applied(put("messages", "b", 1, "a", ""), put("messages", "b", 1, "B", ""))).isFalse();
        assertThat(applied(withId(put("c", 1), id + 2), withId(put("c", 1), id + 1))).isFalse();
        assertThat(applied(withId(put("d", 1), id + 3), withId(put("d", 1), id + 4))).isTrue();
    }

    private boolean applied(Operation first, Operation second) {
        return device.push(first, second).results().get(1).applied();
    }

    @Test
    void a_loser_is_logged_and_told_what_won() {
        Operation winner = put("a", 2);
        device.push(winner);
        OperationResult loser = device.pushOne(put("a", 1));
        assertThat(loser.applied()).isFalse();
        assertThat(loser.payload()).isEqualTo(winner.payload());
        assertThat(device.pull(1, 10).changes()).hasSize(1);
    }

    @Test
    void an_older_put_stays_dead_and_a_newer_one_revives() {
        assertThat(device.push(delete("never", 5), put("never", 4)).results().get(1).applied()).isFalse();
        assertThat(inspect("never").record()).isNull();
        assertThat(inspect("never").tombstones()).hasSize(1);
        device.push(put("never", 6));
        assertThat(inspect("never").record().clock()).isEqualTo(6);
        device.push(delete("never", 7), delete("never", 8), put("never", 9), delete("never", 10));
        assertThat(inspect("never").tombstones()).singleElement().returns(10L, Controls.Tombstone::clock);
    }

    private Controls.Inspection inspect(String pk) {
        return provider.controls().inspect(space.workspaceId(), "messages", pk);
    }

    @Test
    void tables_and_workspaces_are_kept_apart() {
        Controls.Provisioned elsewhere = provider.controls().provision(List.of(Role.OWNER));
        Device far = new Device(provider, elsewhere.userIds().get(0), elsewhere.workspaceId(), "d1");
        Operation shared = put("a", 1);
        device.push(shared, put("threads", "a", 7, "h", ""));
        assertThat(far.pushOne(shared).serverVersion()).isEqualTo(1);
        assertThat(inspect("a").record().clock()).isEqualTo(1);
        assertThat(far.pull(0, 10).changes()).hasSize(1);
        assertThatThrownBy(() -> provider.sync().pull(Caller.of("u", elsewhere.workspaceId()),
                new PullRequest(new Scope(space.workspaceId()), 0, 10, null))).hasMessageContaining("session");
    }

    @Test
    void paging_with_and_without_filter_gives_the_same_log() {
        for (int i = 0; i < 30; i++) {
            device.push(put(i % 10 == 9 ? "threads" : "messages", "k" + i, 1, "h", ""));
        }
        for (int limit = 1; limit < 12; limit++) {
            assertThat(device.drain(0, limit)).hasSize(30);
            assertThat(device.drain(0, limit, "threads")).extracting(Change::serverVersion)
                    .containsExactly(10L, 20L, 30L);
        }
        assertThat(device.pull(0, 3, "threads")).returns(false, PullResponse::hasMore)
                .returns(30L, PullResponse::nextCursor);
        assertThat(device.pull(0, 30).hasMore()).isFalse();
        assertThat(device.pull(99, 30)).returns(99L, PullResponse::nextCursor)
                .returns(List.of(), PullResponse::changes);
    }

    @Test
    void limits_are_clamped_above_and_refused_below_one() {
        for (int i = 0; i < 2; i++) {
            device.push(IntStream.range(0, 100).mapToObj(n -> put("k" + n, 1)).toList());
        }
        assertThat(device.pull(0, 1_000_000).changes()).hasSize(100);
        assertThatThrownBy(() -> device.pull(0, 0)).isInstanceOf(ProviderException.class);
        assertThatThrownBy(() -> device.pull(-1, 1)).isInstanceOf(ProviderException.class);
    }

    @Test
    void collection_spares_what_is_young_and_what_a_device_has_not_passed() {
        device.push(put("a", 1), delete("a", 2), put("b", 1));
        device.move(3);
        other.move(1);
        device.collect(HOUR);
        assertThat(device.pull(0, 10).oldestRetainedVersion()).isEqualTo(1);
        provider.controls().clock(2 * HOUR);
        device.collect(HOUR);
        assertThat(other.pull(1, 10)).returns(2L, PullResponse::oldestRetainedVersion)
                .returns(false, PullResponse::requiresSnapshot);
        assertThat(other.pull(0, 10).requiresSnapshot()).isTrue();
        assertThat(inspect("a").tombstones()).hasSize(1);
        other.move(3);
        other.move(0);
        device.collect(HOUR);
        assertThat(inspect("a").tombstones()).isEmpty();
        assertThat(device.pull(3, 10)).returns(4L, PullResponse::oldestRetainedVersion)
                .returns(false, PullResponse::requiresSnapshot);
        assertThat(device.pushOne(put("c", 1)).serverVersion()).isEqualTo(4);
    }

    @Test
    void a_replay_after_collection_changes_nothing() {
        Operation old = put("a", 1);
        device.push(old, delete("a", 2));
        provider.controls().clock(2 * HOUR);
        device.collect(HOUR);
        assertThat(device.pushOne(old).serverVersion()).isEqualTo(1);
        assertThat(inspect("a").record()).isNull();
        assertThat(device.pull(2, 10).changes()).isEmpty();
    }

    @Test
    void bad_cursors_and_retentions_are_refused() {
        device.push(put("a", 1));
        assertThatThrownBy(() -> device.move(2)).hasMessageContaining("head");
        assertThatThrownBy(() -> device.move(-1)).isInstanceOf(ProviderException.class);
        device.move(1);
        assertThatThrownBy(() -> device.as(other.userId(), "d1").move(1)).hasMessageContaining("another user");
        assertThatThrownBy(() -> device.collect(-1)).isInstanceOf(ProviderException.class);
    }

    @Test
    void a_snapshot_is_the_state_at_its_watermark_and_stays_it() {
        device.push(put("b", 1), put("a", 1), delete("c", 1), put("threads", "a", 1, "h", ""));
        SnapshotPage first = device.snapshot(3, null);
        device.push(put("aa", 1), put("b", 2));
        SnapshotPage second = device.snapshot(3, first.nextPageToken());
        assertThat(first.highWatermark()).isEqualTo(4).isEqualTo(second.highWatermark());
        assertThat(first.items()).extracting(SnapshotPage.Item::pk).containsExactly("a", "b", "c");
        assertThat(first.items().get(2).kind()).isEqualTo("tombstone");
        assertThat(second.items()).extracting(SnapshotPage.Item::tableName).containsExactly("threads");
        assertThat(second.nextPageToken()).isNull();
    }

    @Test
    void forged_foreign_and_expired_page_tokens_are_refused() {
        device.push(put("a", 1), put("b", 1));
        String token = device.snapshot(1, null).nextPageToken();
        Controls.Provisioned elsewhere = provider.controls().provision(List.of(Role.OWNER));
        Device far = new Device(provider, elsewhere.userIds().get(0), elsewhere.workspaceId(), "d1");
        assertThatThrownBy(() -> far.snapshot(1, token)).isInstanceOf(ProviderException.class);
        assertThatThrownBy(() -> device.snapshot(1, "forged")).isInstanceOf(ProviderException.class);
        assertThat(device.snapshot(1, token).items()).hasSize(1);
        provider.controls().clock(HOUR + 10);
        assertThatThrownBy(() -> device.snapshot(1, token)).hasMessageContaining("expired");
    }

    @Test
    void a_notification_is_its_owners_alone() {
        Operation mine = put("notifications", "n", 1, "h", ",\"user_id\":\"" + device.userId() + '"');
        device.push(put("a", 1), mine, put("b", 1));
        assertThat(other.drain(0, 1)).extracting(Change::pk).containsExactly("a", "b");
        assertThat(other.snapshot(1)).extracting(SnapshotPage.Item::pk).containsExactly("a", "b");
        assertThat(other.pushOne(put("notifications", "n", 9, "h", "")).success()).isFalse();
        assertThat(other.pushOne(mine).serverVersion()).isEqualTo(2);
        Operation gone = Device.op("00000000-0000-4000-8000-000000000001", "notifications", "delete", "n", 2, "h", null);
        device.push(gone);
        assertThat(device.pull(3, 10).changes()).hasSize(1);
        assertThat(other.pull(3, 10)).returns(List.of(), PullResponse::changes).returns(4L, PullResponse::nextCursor);
        assertThat(other.pushOne(put("notifications", "n", 9, "h", "")).success()).isFalse();
    }

    @Test
    void profile_one_tells_nothing_of_later_profiles() {
        try (Provider old = open(Map.of(MemorySettings.PROFILE, "or3-sync/1.0"))) {
            Device early = new Device(old, device.userId(), device.workspaceId(), "d1");
            assertThat(early.pushOne(put("a", 1))).returns(null, OperationResult::applied);
            assertThat(early.pull(0, 1)).returns(null, PullResponse::requiresSnapshot);
            assertThatThrownBy(() -> early.snapshot(1)).hasMessageContaining("snapshot");
            assertThat(old.manifest().hasCapability("sync", "applied")).isFalse();
        }
    }

    @Test
    void a_restart_and_other_instances_see_the_same_storage() {
        device.push(put("a", 1));
        provider.controls().restart();
        try (Provider second = open(Map.of())) {
            Device there = new Device(second, device.userId(), device.workspaceId(), "d1");
            assertThat(there.pushOne(put("b", 1)).serverVersion()).isEqualTo(2);
        }
        assertThat(device.pull(0, 10).changes()).hasSize(2);
        provider.close();
        provider = open(Map.of());
        assertThat(new Device(provider, device.userId(), device.workspaceId(), "d1").pull(0, 10).changes()).hasSize(2);
    }

    @Test
    void a_strict_schema_refuses_incomplete_and_unknown() {
        try (Provider typed = open(Map.of("OR3_MEMORY_STRICT_SCHEMA", "true"))) {
            Device strict = new Device(typed, device.userId(), device.workspaceId(), "d1");
            String complete = ",\"name\":\"n\",\"value\":\"v\",\"created_at\":1,\"updated_at\":1";
            assertThat(strict.push(put("kv", "a", 1, "h", complete), put("kv", "b", 1, "h", complete + ",\"x\":1"),
                    put("kv", "c", 1, "h", "")).results())
                    .extracting(OperationResult::success).containsExactly(true, false, false);
        }
    }

    @Test
    void racing_pushes_of_new_and_replayed_operations_end_in_one_contiguous_log() throws Exception {
        List<Operation> shared = IntStream.range(0, 50).mapToObj(i -> put("s" + i, 1)).toList();
        List<Callable<List<Long>>> clients = new ArrayList<>();
        for (int client = 0; client < 4; client++) {
            Device own = client % 2 == 0 ? device : other;
            clients.add(() -> {
                List<Long> versions = new ArrayList<>();
                for (Operation operation : shared) {
                    versions.add(own.push(operation, put("own", 1)).results().get(0).serverVersion());
                }
                return versions;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<List<Long>> told = new ArrayList<>();
        for (Future<List<Long>> future : threads.invokeAll(clients)) {
            told.add(future.get());
        }
        threads.shutdown();
        assertThat(told).containsOnly(told.get(0));
        assertThat(device.drain(0, 7)).extracting(Change::serverVersion)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 250).boxed().toList());
    }

    @Test
    void deletes_may_carry_a_payload_or_none() {
        Operation bare = delete("a", 1);
        Operation full = Device.op("00000000-0000-4000-8000-000000000001", "messages", "delete", "b", 1, "h",
                "{\"id\":\"b\"}");
        assertThat(device.push(bare, full).results()).allMatch(OperationResult::success);
        assertThat(device.pull(0, 10).changes()).extracting(Change::payload)
                .containsExactly(null, new JsonText("{\"id\":\"b\"}"));
    }
}
