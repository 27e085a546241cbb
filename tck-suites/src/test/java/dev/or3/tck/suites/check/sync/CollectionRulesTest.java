package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.HistoryBuilder.ONE;
import static dev.or3.tck.suites.check.sync.HistoryBuilder.TWO;
import static dev.or3.tck.suites.check.sync.HistoryBuilder.history;
import static dev.or3.tck.suites.check.sync.VerdictAssert.assertThat;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Profile;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.Outcome;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CollectionRulesTest {
    private HistoryBuilder h;
    private int first;

    @BeforeEach
    void five_entries_of_which_one_device_saw_all_and_another_two() {
        h = history();
        first = h.put("a", 1);
        h.push(1, 1, first, h.put("b", 1), h.put("c", 1), h.put("d", 1), h.put("e", 1)).pull(1, 0, 1, 2, 3, 4, 5)
                .move(1, "d1", 5).move(2, "d2", 2);
    }

    /** A quarter of an hour passes, and the devices say that they live. */
    private HistoryBuilder aged() {
        return h.later(1000).move(1, "d1", 5).move(2, "d2", 2);
    }

    @Test
    void what_all_devices_passed_may_go_and_the_rest_is_served() {
        aged().page(1, 0, 1, null, 1, true, 1).collect(1, false, 600).oldest(3L).page(1, 0, 1, null, 2, true)
                .collect(1, false, 600).page(1, 0, 1, null, 2, true).pull(2, 2, 3, 4, 5);
        assertThat(h).isClean().exercises("GC-01", "GC-02", "GC-04", "GC-05", "PULL-13");
    }

    @Test
    void the_entry_at_the_slowest_cursor_may_go_or_stay() {
        aged().collect(1, false, 600).oldest(2L).page(1, 0, 1, null, 1, true).collect(1, false, 600)
                .page(1, 0, 1, null, 1, true).pull(2, 2, 3, 4, 5);
        assertThat(h).isClean();
    }

    @Test
    void an_entry_above_the_slowest_cursor_that_is_gone_breaks_gc_02_and_gc_05() {
        aged().collect(1, false, 600).oldest(5L).pull(2, 2, 5);
        assertThat(h).violates("GC-02", "device d2 had come to version 2").violates("GC-05", "itself asked")
                .andNothingBut("GC-02", "GC-05");
    }

    @Test
    void an_entry_younger_than_retention_that_is_gone_breaks_gc_03() {
        h.move(2, "d2", 5).later(100).collect(1, false, 600).oldest(6L).pull(1, 0);
        assertThat(h).violates("GC-03", "less than 600 s").andNothingBut("GC-03");
    }

    @Test
    void a_young_entry_above_the_slowest_cursor_that_is_gone_breaks_gc_01() {
        h.later(100).collect(1, false, 600).oldest(6L).pull(1, 0);
        assertThat(h).violates("GC-01");
    }

    @Test
    void ages_within_two_seconds_of_retention_are_not_judged() {
        h.move(2, "d2", 5).later(599).move(1, "d1", 5).move(2, "d2", 5).collect(1, false, 600).oldest(6L).pull(1, 0);
        assertThat(h).isClean();
    }

    @Test
    void a_floor_that_stands_still_below_what_is_due_breaks_gc_04() {
        h.move(2, "d2", 5).later(1000).move(1, "d1", 5).move(2, "d2", 5).page(1, 0, 1, null, 1, true, 1)
                .collect(1, false, 600).page(1, 0, 1, null, 1, true, 1);
        assertThat(h).violates("GC-04", "still finds it the oldest").andNothingBut("GC-04");
    }

    @Test
    void a_floor_that_stands_still_after_a_cursor_was_moved_back_breaks_cur_02() {
        h.move(2, "d2", 5).move(2, "d2", 1).later(1000).move(1, "d1", 5).move(2, "d2", 1).collect(1, false, 600).oldest(2L)
                .page(1, 0, 1, null, 1, true).collect(1, false, 600).page(1, 0, 1, null, 1, true);
        assertThat(h).violates("CUR-02", "could not take it back").andNothingBut("CUR-02");
    }

    @Test
    void a_floor_that_stands_still_at_an_old_cursor_breaks_cur_01() {
        h.move(2, "d2", 5).later(1000).move(1, "d1", 5).move(2, "d2", 5).collect(1, false, 600).oldest(3L)
                .page(1, 0, 1, null, 2, true).collect(1, false, 600).page(1, 0, 1, null, 2, true);
        assertThat(h).violates("CUR-01", "replaced by a higher one").andNothingBut("CUR-01");
    }

    @Test
    void a_cursor_of_another_workspace_that_counts_breaks_cur_03() {
        HistoryBuilder two = history();
        two.push(1, 1, two.put("a", 1), two.put("b", 1)).move(1, "d1", 0).in(TWO).push(11, 1, two.put("a", 1),
                two.put("b", 1)).move(11, "d1", 2).in(ONE).later(1000).move(1, "d1", 0).collect(1, false, 600)
                .oldest(3L).pull(1, 0);
        assertThat(two).violates("CUR-03", "another workspace only");
    }

    @Test
    void a_cursor_beyond_the_head_releases_nothing_unseen() {
        h.move(2, "d2", 90).push(1, 6, h.put("f", 1)).move(1, "d1", 6).later(1000).move(1, "d1", 6).move(2, "d2", 5)
                .collect(1, false, 600).oldest(7L).pull(1, 0);
        assertThat(h).violates("CUR-04", "beyond the head");
    }

    @Test
    void a_cursor_moved_by_another_user_breaks_cur_06() {
        h.move(1, "d2", 5).later(1000).move(1, "d1", 5).move(2, "d2", 2).collect(1, false, 600).oldest(6L).pull(1, 0);
        assertThat(h).violates("CUR-06", "another user's update");
    }

    @Test
    void a_device_silent_for_the_whole_retention_may_be_forgotten_in_the_newer_profile_only() {
        h.later(1000).move(1, "d1", 5).collect(1, false, 600).oldest(5L).page(2, 2, 9, null, 5, false, 5);
        assertThat(h).isClean();
        HistoryBuilder older = history().profile(Profile.V1_0);
        older.push(1, 1, older.put("a", 1), older.put("b", 1), older.put("c", 1)).move(1, "d1", 3).move(2, "d2",
                1).later(1000)
                .move(1, "d1", 3).collect(1, false, 600).pull(2, 1, 3);
        assertThat(older).violates("GC-02");
    }

    @Test
    void history_that_is_gone_without_a_signal_breaks_pull_13() {
        h.move(2, "d2", 5).later(1000).move(1, "d1", 5).move(2, "d2", 5).collect(1, false, 600).pull(3, 0, 5);
        assertThat(h).violates("PULL-13", "requiresSnapshot is false").andNothingBut("PULL-13");
    }

    @Test
    void a_signal_without_a_collection_breaks_pull_13() {
        h.oldest(3L).page(3, 0, 9, null, 5, false, 3, 4, 5);
        assertThat(h).violates("PULL-13", "nothing was collected");
    }

    @Test
    void renumbering_after_a_collection_breaks_gc_07() {
        h.move(2, "d2", 5).later(1000).move(1, "d1", 5).move(2, "d2", 5).collect(1, false, 600).oldest(6L).pull(1, 5);
        int again = h.put("z", 1);
        h.push(1, 1, again);
        assertThat(h).violates("GC-07", "at the same version").andNothingBut("GC-07");
    }

    @Test
    void a_record_that_goes_with_its_entry_breaks_gc_08() {
        h.move(2, "d2", 5).later(1000).move(1, "d1", 5).move(2, "d2", 5).collect(1, false, 600).oldest(5L)
                .page(1, 0, 9, null, 5, false, 5).looksLike(1, first);
        assertThat(h).isClean().exercises("GC-08");
        assertThat(h.look(1, "kv", "a", null, List.of())).violates("GC-08");
    }

    @Test
    void a_collection_of_another_workspace_breaks_gc_09() {
        h.later(1000).in(TWO).collect(11, false, 600).in(ONE).oldest(3L).page(1, 0, 9, null, 5, false, 3, 4, 5);
        assertThat(h).violates("GC-09", "another workspace").andNothingBut("GC-09");
    }

    @Test
    void a_negative_retention_is_refused_and_deletes_nothing() {
        assertThat(h.collect(1, false, -1)).violates("GC-10", "negative retention");
        HistoryBuilder other = history();
        other.push(1, 1, other.put("a", 1), other.put("b", 1)).refuse(1, new Call.Collect(ONE, false, -1)).oldest(2L)
                .pull(1, 0, 2);
        assertThat(other).violates("GC-10", "was refused");
        HistoryBuilder raw = history();
        raw.add(1, Outcome.OK, null, new Call.Raw("sync", "gcChangeLog", new JsonText("{\"scope\":{\"workspaceId\":\"" + ONE
                + "\"},\"retentionSeconds\":0.5}"), new JsonText("null")));
        assertThat(raw).violates("GC-10", "malformed");
    }

    @Test
    void a_valid_collection_that_is_refused_breaks_gc_04() {
        assertThat(h.refuse(1, new Call.Collect(ONE, true, 3600))).violates("GC-04", "within the limits");
    }

    @Test
    void a_tombstone_that_goes_too_early_breaks_gc_06_or_gc_13() {
        HistoryBuilder lag = history();
        int delete = lag.delete("a", 5);
        lag.push(1, 1, lag.put("b", 1)).move(1, "d1", 1).move(2, "d2", 1).push(1, 2, delete).move(1, "d1", 2).later(1000)
                .move(1, "d1", 2).move(2, "d2", 1).collect(1, true, 600).look(1, "kv", "a", null, List.of());
        assertThat(lag).violates("GC-06");
        HistoryBuilder young = history();
        int late = young.delete("a", 5);
        young.later(1000).push(1, 1, late).move(1, "d1", 1).collect(1, true, 600).look(1, "kv", "a", null, List.of());
        assertThat(young).violates("GC-13");
    }

    @Test
    void after_a_tombstone_was_collected_an_older_put_may_live_or_stay_dead() {
        HistoryBuilder old = history();
        int delete = old.delete("a", 5);
        int put = old.put("a", 3);
        old.push(1, 1, delete).move(1, "d1", 1).later(1000).move(1, "d1", 1).collect(1, true, 600)
                .look(1, "kv", "a", null, List.of()).push(1, 2, put).looksLike(1, put).look(1, "kv", "a", null, List.of());
        assertThat(old).isClean();
    }

    @Test
    void a_replay_after_collection_that_changes_the_state_breaks_gc_12() {
        HistoryBuilder old = history();
        int put = old.put("a", 3);
        int delete = old.delete("a", 5);
        old.push(1, 1, put, delete).move(1, "d1", 2).later(1000).move(1, "d1", 2).collect(1, false, 600)
                .collect(1, true, 600).oldest(3L).pull(1, 2).push(1, 1, put).looksLike(1, put)
                .snapshot(1, 2, null, -1, null, old.item(put));
        assertThat(old).violates("GC-12").andNothingBut("GC-12");
    }

    @Test
    void a_valid_cursor_update_that_fails_for_good_breaks_cur_07() {
        Call move = new Call.MoveCursor(ONE, "d1", 5);
        assertThat(h.fail(1, move).attempt(2).fail(1, move).attempt(3).fail(1, move)).violates("CUR-07", "not back");
        HistoryBuilder back = history();
        back.push(1, 1, back.put("a", 1), back.put("b", 1)).move(1, "d1", 2).refuse(1, new Call.MoveCursor(ONE, "d1", 1));
        assertThat(back).isClean();
    }

    @Test
    void an_update_without_device_that_is_accepted_breaks_cur_05() {
        assertThat(h.move(1, "", 1)).violates("CUR-05", "names no device");
    }

    @Test
    void calls_for_another_workspace_are_refused_on_every_method() {
        h.in(TWO).refuse(1, new Call.Pull(TWO, 0, 10, null, Call.Rows.NONE, 0, false, null, null));
        assertThat(h).isClean().exercises("ISO-01");
        assertThat(h.add(1, Outcome.OK, null, new Call.Pull(TWO, 0, 10, null, Call.Rows.NONE, 0, false, 1L, false)))
                .violates("ISO-01", "was accepted");
        assertThat(h.move(1, "d1", 0)).violates("ISO-01");
    }

    @Test
    void what_was_refused_for_its_scope_and_stored_all_the_same_breaks_iso_01() {
        HistoryBuilder across = history().in(TWO);
        int smuggled = across.put("a", 1);
        assertThat(across.pushRefused(1, smuggled).holds(1, smuggled).pull(11, 0, 1)).violates("ISO-01",
                "another workspace");
    }

    @Test
    void refusals_are_told_with_a_reason_and_nothing_else() {
        int bad = h.put("nowhere", "a", 1, "{}");
        assertThat(h.add(1, Outcome.REFUSED, new Event.Fault(400, "X", ""), push(bad))).violates("ERR-01", "empty");
        assertThat(h.add(1, Outcome.REFUSED, new Event.Fault(400, "X", "SELECT * FROM log WHERE id = ?"), push(bad)))
                .violates("ERR-01", "inside the provider");
        assertThat(h.add(1, Outcome.REFUSED, new Event.Fault(409, "X", "exists in " + TWO), push(bad)))
                .violates("PULL-10", "names it");
        HistoryBuilder broken = history();
        int unknown = broken.put("nowhere", "a", 1, "{}");
        assertThat(broken.pushFailed(1, unknown)).violates("ERR-01", "500");
    }

    private static Call push(int operation) {
        return new Call.Push(ONE, new int[] {operation}, List.of(), null);
    }

    @Test
    void malformed_requests_as_json_are_refused() {
        assertThat(raw("pull", "{\"cursor\":0,\"limit\":10}")).violates("PULL-15", "malformed");
        assertThat(raw("pull", "{\"scope\":{\"workspaceId\":\"" + ONE
                + "\"},\"cursor\":0.5,\"limit\":10}")).violates("PULL-15");
        assertThat(raw("updateCursor", "{\"scope\":{\"workspaceId\":\"" + ONE + "\"},\"deviceId\":\"d\",\"version\":0.5}"))
                .violates("CUR-05");
    }

    private static HistoryBuilder raw(String method, String input) {
        return history().add(1, Outcome.OK, null, new Call.Raw("sync", method, new JsonText(input), new JsonText("{}")));
    }

    @Test
    void an_acknowledged_entry_that_is_gone_after_a_restart_breaks_dur_01() {
        h.restart().pull(1, 0, 1, 2, 3);
        assertThat(h).violates("DUR-01", "gone after the restart").andNothingBut("DUR-01");
        HistoryBuilder kept = history();
        kept.push(1, 1, kept.put("a", 1)).restart().push(1, 2, kept.put("b", 1)).pull(1, 0, 1, 2);
        assertThat(kept).isClean().exercises("DUR-01", "DUR-04", "DUR-05");
    }

    @Test
    void an_entry_that_is_gone_under_another_schema_breaks_wire_05() {
        HistoryBuilder grown = history();
        grown.add(-1, Outcome.OK, null, new Call.Restart(false, 1)).push(1, 1, grown.put("a", 1)).pull(1, 0, 1)
                .add(-1, Outcome.OK, null, new Call.Restart(false, 2));
        assertThat(grown.pull(1, 0)).violates("WIRE-05").andNothingBut("WIRE-05");
    }

    @Test
    void a_start_on_unusable_storage_names_the_setting() {
        Call.Start start = new Call.Start("folder", "OR3_SQLITE_DB_PATH");
        assertThat(history().add(-1, Outcome.OK, null, start)).violates("DUR-06", "succeeded");
        assertThat(history().add(-1, Outcome.REFUSED, new Event.Fault(500, null, "cannot open"), start))
                .violates("DUR-06", "does not name");
        assertThat(history().add(-1, Outcome.OK, null, new Call.Start("none", "OR3_SQLITE_DB_PATH")).add(-1, Outcome.REFUSED,
                new Event.Fault(500, null, "OR3_SQLITE_DB_PATH is a folder"), start)).isClean().exercises("DUR-06");
    }
}
