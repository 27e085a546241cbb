package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.HistoryBuilder.TWO;
import static dev.or3.tck.suites.check.sync.HistoryBuilder.history;
import static dev.or3.tck.suites.check.sync.HistoryBuilder.payload;
import static dev.or3.tck.suites.check.sync.VerdictAssert.assertThat;

import dev.or3.tck.api.Profile;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.suites.run.Call;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PullRulesTest {
    private static final String THREAD = "{\"id\":\"t\",\"status\":\"s\",\"pinned\":false,\"deleted\":false,"
            + "\"created_at\":1,\"updated_at\":1,\"clock\":1}";
    private HistoryBuilder h;

    @BeforeEach
    void six_entries_of_which_every_third_is_a_thread() {
        h = history();
        h.push(1, 1, h.put("a", 1), h.put("b", 1), h.put("threads", "t1", 1, THREAD.replace("\"t\"", "\"t1\"")));
        h.push(1, 4, h.put("c", 1), h.delete("a", 2), h.put("threads", "t2", 1, THREAD.replace("\"t\"", "\"t2\"")));
    }

    @Test
    void pages_of_every_kind_are_clean() {
        h.page(1, 0, 2, null, 2, true, 1, 2).page(1, 2, 2, null, 4, true, 3, 4).page(1, 4, 2, null, 6, false, 5, 6);
        h.page(2, 0, 1, List.of("threads"), 3, true, 3).page(2, 3, 1, List.of("threads"), 6, false, 6);
        h.page(3, 0, 2, List.of("threads"), 2, true).page(3, 2, 2, List.of("threads"), 4, true, 3);
        h.page(2, 0, 100, null, 6, false, 1, 2, 3, 4, 5, 6).pull(2, 99).pull(2, 0, 1, 2, 3, 4, 5, 6);
        assertThat(h).isClean().exercises("PULL-01", "PULL-02", "PULL-03", "PULL-04", "PULL-05", "PULL-06", "PULL-07",
                "PULL-09", "PULL-11", "PULL-12", "PULL-14", "PULL-16");
    }

    @Test
    void a_row_at_the_cursor_breaks_pull_01() {
        assertThat(h.pull(1, 2, 2, 3, 4, 5, 6)).violates("PULL-01", "above 2", "version 2").andNothingBut("PULL-01");
    }

    @Test
    void rows_out_of_order_break_pull_01() {
        assertThat(h.pull(1, 0, 2, 1, 3, 4, 5, 6)).violates("PULL-01", "the row after it is version 1");
    }

    @Test
    void more_rows_than_asked_for_break_pull_02() {
        assertThat(h.page(1, 0, 2, null, 3, true, 1, 2, 3)).violates("PULL-02", "asks for 2 changes", "3 came");
    }

    @Test
    void a_limit_of_zero_that_never_ends_breaks_pull_02() {
        assertThat(h.page(1, 0, 0, null, 0, true)).violates("PULL-02", "for ever");
    }

    @Test
    void has_more_false_on_a_full_page_with_more_to_come_breaks_pull_03() {
        assertThat(h.page(1, 0, 2, null, 2, false, 1, 2)).violates("PULL-03", "version 3", "nothing more follows")
                .andNothingBut("PULL-03");
    }

    @Test
    void has_more_true_at_the_end_breaks_pull_03() {
        assertThat(h.page(1, 3, 3, null, 6, true, 4, 5, 6)).violates("PULL-03", "the head was at most 6");
    }

    @Test
    void has_more_true_is_fine_while_somebody_pushes() {
        assertThat(h.at(100, 120).page(1, 3, 3, null, 6, true, 4, 5, 6).at(101, 130).push(2, 7, h.put("x", 1))
                .at(140, 141).pull(1, 6, 7)).isClean();
    }

    @Test
    void no_progress_breaks_pull_04() {
        assertThat(h.page(1, 3, 3, List.of("threads"), 3, true)).violates("PULL-04", "no progress");
    }

    @Test
    void a_next_cursor_below_the_rows_or_beyond_the_head_breaks_pull_04() {
        assertThat(h.page(1, 0, 6, null, 3, false, 1, 2, 3, 4, 5, 6)).violates("PULL-04", "below the last row");
        assertThat(h.page(1, 0, 6, null, 60, false, 1, 2, 3, 4, 5, 6)).violates("PULL-04", "beyond the head");
    }

    @Test
    void a_next_cursor_that_jumps_breaks_pull_04_and_pull_05() {
        assertThat(h.page(1, 0, 2, null, 6, false, 1, 2)).violates("PULL-04", "jumps over").violates("PULL-05", "never sees")
                .andNothingBut("PULL-04", "PULL-05");
    }

    @Test
    void a_hole_in_a_page_breaks_pull_05() {
        assertThat(h.pull(2, 0, 1, 2, 3, 4, 5, 6).pull(1, 0, 1, 2, 4, 5, 6)).violates("PULL-05", "this one did not");
    }

    @Test
    void rows_that_the_filter_excludes_break_pull_06() {
        assertThat(h.page(1, 0, 9, List.of("threads"), 6, false, 2, 3, 6)).violates("PULL-06", "asks for [threads]");
    }

    @Test
    void a_filter_that_ends_early_breaks_pull_06() {
        assertThat(h.page(1, 0, 2, List.of("threads"), 2, false).pull(2, 0, 1, 2, 3, 4, 5, 6))
                .violates("PULL-06", "the filter lost it").andNothingBut("PULL-06");
    }

    @Test
    void a_version_shown_in_two_ways_breaks_pull_07() {
        assertThat(h.pull(1, 0, 1, 2, 3, 4, 5, 6).pullOther(1, 5, h.shown(6, 5, THREAD))).violates("PULL-07", "otherwise");
    }

    @Test
    void a_late_arrival_breaks_pull_08() {
        int x = h.put("x", 1);
        int y = h.put("y", 1);
        h.at(100, 190).push(2, 7, x).at(101, 110).push(3, 8, y).at(120, 121).pull(1, 6, 8).at(200, 201).pull(1, 6, 7, 8);
        assertThat(h).violates("PULL-08", "had passed that version").andNothingBut("PULL-08");
    }

    @Test
    void a_stale_page_breaks_pull_09() {
        assertThat(h.pull(2, 0, 1, 2, 3, 4, 5, 6).pull(1, 0, 1, 2, 3)).violates("PULL-09", "nothing more follows")
                .andNothingBut("PULL-09");
    }

    @Test
    void an_ordinary_pull_that_is_refused_breaks_pull_09() {
        assertThat(h.refuse(1, new Call.Pull(HistoryBuilder.ONE, 0, 10, null, Call.Rows.NONE, 0, false, null, null)))
                .violates("PULL-09", "ordinary pull");
    }

    @Test
    void a_row_of_another_workspace_breaks_pull_10() {
        h.in(TWO);
        int theirs = h.put("a", 1);
        h.push(11, 1, theirs).in(HistoryBuilder.ONE);
        assertThat(h.pullOther(1, 6, h.shown(7, theirs, payload("a", 1, "")))).violates("PULL-10", TWO);
    }

    @Test
    void a_payload_that_names_another_workspace_and_goes_there_breaks_push_15() {
        int moved = h.put("kv", "m", 1, payload("m", 1, ",\"workspace_id\":\"" + TWO + "\""));
        h.push(1, 7, moved).in(TWO);
        assertThat(h.pullOther(11, 0, h.shown(1, moved, payload("m", 1, "")))).violates("PUSH-15",
                "names another workspace");
    }

    @Test
    void another_stamp_breaks_pull_11_and_a_put_for_a_delete_pull_14() {
        Change right = h.shown(6, 5, THREAD.replace("\"t\"", "\"t2\""));
        Stamp stamp = right.stamp();
        assertThat(h.pullOther(1, 5, new Change(6, "threads", "t2", "put", right.payload(), new Stamp("d9", stamp.opId(),
                stamp.hlc(), 1)))).violates("PULL-11", "another stamp");
        assertThat(h.pullOther(1, 4, new Change(5, "kv", "a", "put", null, h.operation(4).stamp())))
                .violates("PULL-14", "the operation put");
    }

    @Test
    void another_payload_breaks_push_12_and_its_narrower_rules() {
        h.pullOther(1, 1, h.shown(2, 1, payload("b", 1, "").replace("\"n\"", "\"m\"")));
        assertThat(h).violates("PUSH-12", "name differ");
        HistoryBuilder other = history();
        int extra = other.put("kv", "k", 1, payload("k", 1, ",\"more\":[1,null]"));
        assertThat(other.push(1, 1, extra).pullOther(1, 0, other.shown(1, extra, payload("k", 1, ""))))
                .violates("WIRE-01", "more differ").violates("PUSH-12");
        HistoryBuilder message = history();
        String text = "{\"id\":\"m\",\"thread_id\":\"t\",\"role\":\"user\",\"index\":1.50,"
                + "\"order_key\":\"a\",\"deleted\":false,"
                + "\"created_at\":1,\"updated_at\":1,\"clock\":1}";
        int m = message.put("messages", "m", 1, text);
        assertThat(message.push(1, 1, m).pullOther(1, 0, message.shown(1, m, text.replace("1.50", "2"))))
                .violates("WIRE-02", "index differ");
    }

    @Test
    void differences_that_a_provider_may_make_are_clean() {
        HistoryBuilder other = history().normalizing("nulls", "file_meta.ref_count");
        int nulls = other.put("kv", "k", 1, payload("k", 1, ",\"value\":null,\"x\":{\"y\":null,\"z\":1.0}"));
        int file = other.put("file_meta", "sha256:1", 1, "{\"hash\":\"sha256:1\",\"ref_count\":3,\"clock\":1}");
        other.push(1, 1, nulls, file);
        assertThat(other.pullOther(1, 0, other.shown(1, nulls, payload("k", 1, ",\"x\":{\"z\":1}")))
                .pullOther(1, 1, other.shown(2, file, "{\"hash\":\"sha256:1\",\"clock\":1}"))
                .pullOther(2, 0, other.shown(1, nulls, payload("k", 1, ",\"x\":{\"z\":1}")))).doesNotViolate("PUSH-12",
                "WIRE-01", "WIRE-03", "PULL-07");
    }

    @Test
    void a_cursor_beyond_the_head_gets_an_empty_page() {
        assertThat(h.pull(1, 50, 6)).violates("PULL-12", "above 50");
    }

    @Test
    void a_change_without_a_uuid_breaks_pull_16() {
        assertThat(h.pullOther(1, 6, new Change(7, "notifications", "n", "put", null, new Stamp("d", "notif-1", "0", 1))))
                .violates("PULL-16", "notif-1");
    }

    @Test
    void a_change_that_nobody_pushed_breaks_pull_11_unless_the_provider_writes_notifications() {
        Change made = new Change(7, "notifications", "n", "put", null, new Stamp("server", HistoryBuilder.id(900), "0", 1));
        assertThat(h.pullOther(1, 6, made)).violates("PULL-11", "no operation of that id");
        HistoryBuilder other = history().withNotifications();
        other.push(1, 1, other.put("a", 1)).pull(1, 0, 1);
        assertThat(other.pullOther(1, 1, new Change(2, "notifications", "n", "put", null, made.stamp()))
                .page(2, 0, 10, null, 2, false, 1)).isClean();
    }

    @Test
    void private_rows_are_skipped_by_other_members_and_shown_to_their_owner() {
        HistoryBuilder other = history().withNotifications();
        int note = other.put("notifications", "n", 1, "{\"id\":\"n\",\"user_id\":\"u1\",\"type\":\"x\",\"title\":\"t\","
                + "\"deleted\":false,\"created_at\":1,\"updated_at\":1,\"clock\":1}");
        other.push(1, 1, note).push(1, 2, other.put("a", 1));
        assertThat(other.pull(1, 0, 1, 2).page(2, 0, 1, null, 2, false, 2).page(3, 0, 1, null, 1, true)
                .page(3, 1, 1, null, 2, false, 2)).isClean();
        assertThat(other.page(1, 0, 5, null, 2, false, 2)).violates("PULL-05");
    }

    @Test
    void a_page_without_its_signals_breaks_pull_13_in_the_newer_profile_only() {
        assertThat(h.oldest(null).pull(1, 0, 1, 2, 3, 4, 5, 6)).violates("PULL-13", "requiresSnapshot");
        HistoryBuilder older = history().profile(Profile.V1_0);
        assertThat(older.push(1, 1, older.put("a", 1)).pull(1, 0, 1)).isClean();
    }
}
