package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.HistoryBuilder.TWO;
import static dev.or3.tck.suites.check.sync.HistoryBuilder.history;
import static dev.or3.tck.suites.check.sync.HistoryBuilder.hlc;
import static dev.or3.tck.suites.check.sync.HistoryBuilder.id;
import static dev.or3.tck.suites.check.sync.HistoryBuilder.payload;
import static dev.or3.tck.suites.check.sync.VerdictAssert.assertThat;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.suites.run.Call;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateRulesTest {
    private final HistoryBuilder h = history();

    private HistoryBuilder pushed(int operation, long version, boolean applied, int winner) {
        return h.answered(1, version, List.of(OperationResult.stored(h.operation(operation).stamp().opId(), version, applied,
                h.operation(winner).payload())), operation).holds(version, operation);
    }

    private Controls.StoredRecord record(int operation, String payload) {
        Stamp stamp = h.operation(operation).stamp();
        return new Controls.StoredRecord(new JsonText(payload), false, stamp.clock(), stamp.hlc(), stamp.opId());
    }

    private static Controls.Tombstone tombstone(Stamp stamp) {
        return new Controls.Tombstone(stamp.clock(), stamp.hlc(), stamp.opId(), null);
    }

    @Test
    void the_higher_clock_wins_in_any_order() {
        int high = h.put("a", 5);
        int low = h.put("a", 3);
        pushed(high, 1, true, high);
        pushed(low, 2, false, high).looksLike(1, high);
        assertThat(h.pull(1, 0, 1, 2)).isClean().exercises("LWW-01", "LWW-05", "LWW-10", "LWW-12", "LWW-14");
        assertThat(h.looksLike(1, low)).violates("LWW-01", "wins at version 1");
    }

    @Test
    void equal_clocks_are_decided_by_hlc_and_then_by_op_id() {
        int first = h.operation(id(1), "kv", "put", "a", payload("a", 5, ",\"x\":1"), hlc(7), 5);
        int greaterHlc = h.operation(id(2), "kv", "put", "a", payload("a", 5, ",\"x\":2"), hlc(8), 5);
        int greaterId = h.operation(id(3), "kv", "put", "a", payload("a", 5, ",\"x\":3"), hlc(8), 5);
        pushed(greaterHlc, 1, true, greaterHlc);
        pushed(first, 2, false, greaterHlc).looksLike(1, greaterHlc);
        assertThat(h).isClean().exercises("LWW-02");
        assertThat(h.looksLike(1, first)).violates("LWW-02");
        HistoryBuilder tie = h;
        pushed(greaterId, 3, true, greaterId);
        assertThat(tie.looksLike(1, greaterHlc)).violates("LWW-03");
    }

    @Test
    void full_ties_are_not_judged_in_the_older_profile() {
        HistoryBuilder older = history().profile(Profile.V1_0);
        int a = older.operation(id(1), "kv", "put", "a", payload("a", 5, ",\"x\":1"), hlc(7), 5);
        int b = older.operation(id(2), "kv", "put", "a", payload("a", 5, ",\"x\":2"), hlc(7), 5);
        assertThat(older.push(1, 1, a).push(1, 2, b).looksLike(1, a)).isClean();
    }

    @Test
    void clocks_are_numbers_and_case_counts() {
        int ten = h.put("a", 10);
        int nine = h.put("a", 9);
        pushed(ten, 1, true, ten);
        pushed(nine, 2, false, ten).looksLike(1, ten);
        assertThat(h).isClean().exercises("LWW-04");
        assertThat(h.looksLike(1, nine)).violates("LWW-04");
    }

    @Test
    void deletes_follow_the_same_order() {
        int put = h.put("a", 5);
        int older = h.delete("a", 3);
        int newer = h.delete("a", 7);
        pushed(put, 1, true, put);
        pushed(older, 2, false, put).looksLike(1, put);
        assertThat(h).isClean().exercises("LWW-06");
        assertThat(h.looksLike(1, older)).violates("LWW-06", "wins at version 1");
        pushed(newer, 3, true, newer).looksLike(2, newer);
        assertThat(h).exercises("LWW-09");
        assertThat(h.looksLike(3, put)).violates("LWW-06", "wins at version 3");
    }

    @Test
    void a_put_older_than_the_tombstone_stays_dead_and_a_newer_one_revives() {
        int delete = h.delete("a", 5);
        int older = h.put("a", 4);
        int newer = h.put("a", 6);
        pushed(delete, 1, true, delete);
        pushed(older, 2, false, delete).looksLike(1, delete);
        assertThat(h).isClean().exercises("LWW-07", "LWW-09");
        assertThat(h.looksLike(1, older)).violates("LWW-07");
        pushed(newer, 3, true, newer).looksLike(2, newer);
        assertThat(h).exercises("LWW-08");
        assertThat(h.looksLike(3, delete)).violates("LWW-08");
    }

    @Test
    void a_delete_leaves_one_tombstone_with_its_stamp() {
        int delete = h.delete("a", 5);
        pushed(delete, 1, true, delete);
        Stamp stamp = h.operation(delete).stamp();
        assertThat(h.look(1, "kv", "a", null, List.of())).violates("LWW-09", "nothing");
        HistoryBuilder other = history();
        int again = other.delete("a", 5);
        other.push(1, 1, again).look(1, "kv", "a", null, List.of(tombstone(stamp), tombstone(stamp)));
        assertThat(other).violates("LWW-09");
    }

    @Test
    void a_deleted_record_may_stay_with_the_delete_s_stamp() {
        int delete = h.delete("a", 5);
        pushed(delete, 1, true, delete);
        Stamp stamp = h.operation(delete).stamp();
        assertThat(h.look(1, "kv", "a", new Controls.StoredRecord(null, true, 5, stamp.hlc(), null), List.of())).isClean();
    }

    @Test
    void the_same_log_looks_the_same_twice() {
        int a = h.put("a", 5);
        int b = h.put("a", 6);
        pushed(a, 1, true, a);
        pushed(b, 2, true, b).looksLike(1, b).looksLike(2, a);
        assertThat(h).violates("LWW-10");
    }

    @Test
    void a_record_of_another_table_or_workspace_breaks_lww_11() {
        int mine = h.put("a", 5);
        h.in(TWO);
        int theirs = h.put("a", 7);
        h.push(11, 1, theirs).in(HistoryBuilder.ONE);
        pushed(mine, 1, true, mine).look(1, "kv", "a", record(theirs, payload("a", 7, "")), List.of());
        assertThat(h).violates("LWW-11");
        HistoryBuilder other = history();
        int put = other.put("a", 1);
        assertThat(other.push(1, 1, put).in(TWO).look(1, "kv", "a", new Controls.StoredRecord(null, false, 1, hlc(0), id(0)),
                List.of())).violates("LWW-11", "nothing was ever pushed");
    }

    @Test
    void an_untrue_applied_breaks_lww_12_and_a_wrong_payload_lww_14() {
        int high = h.put("a", 5);
        int low = h.put("a", 3);
        pushed(high, 1, true, high);
        pushed(low, 2, true, low);
        assertThat(h).violates("LWW-12", "told applied true").andNothingBut("LWW-12");
        HistoryBuilder other = history();
        int winner = other.put("a", 5);
        int loser = other.put("a", 3);
        other.push(1, 1, winner).answered(1, 2, List.of(OperationResult.stored(id(loser), 2, false, null)), loser);
        assertThat(other).violates("LWW-14", "no payload").andNothingBut("LWW-14");
    }

    @Test
    void a_field_of_the_loser_in_the_winner_breaks_lww_13() {
        int first = h.put("kv", "a", 1, payload("a", 1, ",\"extra\":true"));
        int second = h.put("kv", "a", 2, payload("a", 2, ""));
        pushed(first, 1, true, first);
        pushed(second, 2, true, second).looksLike(1, second);
        assertThat(h).isClean().exercises("LWW-13");
        assertThat(h.look(1, "kv", "a", record(second, payload("a", 2, ",\"extra\":true")), List.of())).violates("LWW-13");
    }

    @Test
    void while_a_push_runs_either_state_may_be_seen() {
        int a = h.put("a", 5);
        int b = h.put("a", 6);
        pushed(a, 1, true, a).at(100, 120).push(2, 2, b).at(105, 110).looksLike(1, a).at(106, 111).looksLike(3, b);
        assertThat(h).isClean();
    }

    @Test
    void a_snapshot_of_the_fold_read_page_by_page_is_clean() {
        int a = h.put("a", 1);
        int b = h.delete("b", 1);
        int c = h.put("c", 1);
        h.push(1, 1, a, b, c).snapshot(1, 3, null, -1, "t", h.item(a), h.item(b)).push(2, 4, h.put("a", 2))
                .snapshot(1, 3, "t", 1, null, h.item(c)).pull(1, 3, 4);
        assertThat(h).isClean().exercises("SNAP-01", "SNAP-02", "SNAP-03", "SNAP-05");
    }

    @Test
    void a_snapshot_without_a_tombstone_or_with_zero_stamps_breaks_snap_01() {
        int a = h.put("a", 1);
        int b = h.delete("b", 1);
        h.push(1, 1, a, b).snapshot(1, 2, null, -1, null, h.item(a));
        assertThat(h).violates("SNAP-01", "no tombstone").andNothingBut("SNAP-01");
        HistoryBuilder other = history();
        int x = other.put("x", 1);
        SnapshotPage.Item item = other.item(x);
        assertThat(other.push(1, 1, x).snapshot(1, 1, null, -1, null, new SnapshotPage.Item("row", "kv", "x", item.payload(),
                new SnapshotPage.Revision(0, "", ""), null))).violates("SNAP-01").andNothingBut("SNAP-01");
    }

    @Test
    void a_later_page_with_a_later_write_breaks_snap_02() {
        int a = h.put("a", 1);
        int c = h.put("c", 1);
        int newer = h.put("c", 2);
        h.push(1, 1, a, c).snapshot(1, 2, null, -1, "t", h.item(a)).push(2, 3, newer)
                .snapshot(1, 2, "t", 1, null, h.item(newer));
        assertThat(h).violates("SNAP-02", "before the push").andNothingBut("SNAP-02");
    }

    @Test
    void a_state_that_is_newer_than_its_watermark_is_no_harm() {
        int a = h.put("a", 1);
        int c = h.put("c", 1);
        assertThat(h.push(1, 1, a, c).snapshot(1, 0, null, -1, null, h.item(a), h.item(c)).pull(1, 0, 1, 2)).isClean();
    }

    @Test
    void a_watermark_beyond_what_the_snapshot_holds_breaks_snap_01_and_one_beyond_the_head_snap_03() {
        int a = h.put("a", 1);
        int c = h.put("c", 1);
        assertThat(h.push(1, 1, a).push(1, 2, c).snapshot(1, 2, null, -1, null, h.item(a))).violates("SNAP-01", "no row");
        HistoryBuilder other = history();
        int x = other.put("x", 1);
        assertThat(other.push(1, 1, x).snapshot(1, 5, null, -1, null, other.item(x))).violates("SNAP-03",
                "head was at most 1");
    }

    @Test
    void tokens_that_nobody_gave_out_or_that_are_foreign_or_expired_break_snap_04() {
        int a = h.put("a", 1);
        h.push(1, 1, a).snapshot(1, 1, "forged", -1, null, h.item(a));
        assertThat(h).violates("SNAP-04", "nobody gave out");
        HistoryBuilder late = history();
        int x = late.put("x", 1);
        late.push(1, 1, x).snapshot(1, 1, null, -1, "t", late.item(x)).later(4000).snapshot(1, 1, "t", 1, null);
        assertThat(late).violates("SNAP-04", "expired");
        HistoryBuilder foreign = history();
        int y = foreign.put("y", 1);
        foreign.push(1, 1, y).snapshot(1, 1, null, -1, "t", foreign.item(y)).in(TWO).snapshot(11, 1, "t", 1, null);
        assertThat(foreign).violates("SNAP-04", "another workspace");
    }

    @Test
    void a_page_that_skips_or_repeats_at_the_seam_breaks_snap_05() {
        int a = h.put("a", 1);
        int b = h.put("b", 1);
        int c = h.put("c", 1);
        h.push(1, 1, a, b, c).snapshot(1, 3, null, -1, "t", h.item(a)).snapshot(1, 3, "t", 1, null, h.item(c));
        assertThat(h).violates("SNAP-05", "seam").andNothingBut("SNAP-05");
        HistoryBuilder twice = history();
        int x = twice.put("x", 1);
        twice.push(1, 1, x).snapshot(1, 1, null, -1, "t", twice.item(x)).snapshot(1, 1, "t", 1, null, twice.item(x));
        assertThat(twice).violates("SNAP-05", "has it again");
    }

    @Test
    void a_token_in_good_time_that_is_refused_breaks_snap_02() {
        int a = h.put("a", 1);
        h.push(1, 1, a).snapshot(1, 1, null, -1, "t", h.item(a)).refuse(1, new Call.Snapshot(HistoryBuilder.ONE, 2, "t", 1,
                null));
        assertThat(h).violates("SNAP-02", "in good time");
    }
}
