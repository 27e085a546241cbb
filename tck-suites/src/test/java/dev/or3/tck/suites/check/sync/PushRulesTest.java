package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.HistoryBuilder.TWO;
import static dev.or3.tck.suites.check.sync.HistoryBuilder.history;
import static dev.or3.tck.suites.check.sync.HistoryBuilder.payload;
import static dev.or3.tck.suites.check.sync.VerdictAssert.assertThat;

import dev.or3.tck.api.sync.OperationResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushRulesTest {
    private final HistoryBuilder h = history();

    @Test
    void pushes_and_a_drain_of_what_they_stored_are_clean() {
        assertThat(h.push(1, 1, h.put("a", 1), h.put("b", 1)).push(2, 3, h.put("a", 2)).pull(1, 0, 1, 2, 3)).isClean()
                .exercises("PUSH-01", "PUSH-05", "PUSH-06", "PUSH-07", "PUSH-12", "PUSH-16", "PUSH-20", "PULL-11");
    }

    @Test
    void an_operation_without_a_result_breaks_push_01() {
        int a = h.put("a", 1);
        int b = h.put("b", 1);
        assertThat(h.answered(1, 1, List.of(h.stored(a, 1, true)), a, b)).violates("PUSH-01", "0 results");
    }

    @Test
    void a_result_for_somebody_else_breaks_push_01() {
        int a = h.put("a", 1);
        int b = h.put("b", 1);
        assertThat(h.answered(1, 1, List.of(h.stored(b, 1, true)), a)).violates("PUSH-01", "not in the batch");
    }

    @Test
    void a_success_without_version_breaks_push_01() {
        int a = h.put("a", 1);
        assertThat(h.answered(1, 0, List.of(h.stored(a, 0, true)), a)).violates("PUSH-01", "version 0");
    }

    @Test
    void results_in_another_order_are_fine() {
        int a = h.put("a", 1);
        int b = h.put("b", 1);
        assertThat(h.answered(1, 2, List.of(h.stored(b, 2, true), h.stored(a, 1, true)), a, b).pull(2, 0, 1, 2)).isClean();
    }

    @Test
    void an_acknowledged_operation_that_no_pull_ever_shows_breaks_push_01() {
        assertThat(h.push(1, 1, h.put("a", 1)).push(1, 2, h.put("b", 1)).push(1, 3, h.put("c", 1)).pull(2, 0, 1, 3))
                .violates("PUSH-01", "no pull ever showed it").andNothingBut("PUSH-01");
    }

    @Test
    void a_loser_that_was_not_logged_breaks_lww_05() {
        int b = h.put("a", 1);
        assertThat(h.push(1, 1, h.put("a", 5)).answered(1, 2, List.of(h.stored(b, 2, false)), b)
                .push(1, 3, h.put("c", 1)).pull(2, 0, 1, 3)).violates("LWW-05", "was not logged");
    }

    @Test
    void a_replay_with_its_old_version_is_clean() {
        int a = h.put("a", 1);
        assertThat(h.push(1, 1, a).push(2, 2, h.put("b", 1)).push(2, 1, a).pull(1, 0, 1, 2)).isClean().exercises("PUSH-02");
    }

    @Test
    void a_replay_with_a_new_version_breaks_push_02() {
        int a = h.put("a", 1);
        assertThat(h.push(1, 1, a).push(2, 2, a).pull(1, 0, 1, 2)).violates("PUSH-02", "at version 1", "at version 2");
    }

    @Test
    void a_replay_that_is_refused_breaks_push_02() {
        int a = h.put("a", 1);
        assertThat(h.push(1, 1, a).pushRefused(2, a).pull(1, 0, 1)).violates("PUSH-02",
                "later, was answered with a refusal");
    }

    @Test
    void a_replay_after_its_entry_may_be_collected_is_free() {
        int a = h.put("a", 1);
        assertThat(h.push(1, 1, a).push(1, 2, h.put("b", 1)).pull(1, 0, 1, 2).move(1, "d1", 2).later(1000).move(1, "d1", 2)
                .collect(1, false, 600).oldest(3L).pull(1, 2).push(1, 3, a).oldest(3L).pull(1, 2, 3)).isClean();
    }

    @Test
    void two_versions_from_one_batch_break_push_03() {
        int a = h.put("a", 1);
        assertThat(h.answered(1, 2, List.of(h.stored(a, 1, true), h.stored(a, 2, true)), a, a).pull(1, 0, 1, 2))
                .violates("PUSH-03");
    }

    @Test
    void a_batch_refused_for_a_double_breaks_push_03() {
        int a = h.put("a", 1);
        assertThat(h.pushRefused(1, a, a)).violates("PUSH-03", "2 times");
    }

    @Test
    void one_result_for_a_double_is_clean() {
        int a = h.put("a", 1);
        assertThat(h.answered(1, 1, List.of(h.stored(a, 1, true)), a, a).pull(1, 0, 1)).isClean().exercises("PUSH-03");
    }

    @Test
    void other_content_under_an_old_id_breaks_push_04_only_when_it_is_stored() {
        int a = h.put("a", 1);
        int b = h.operation(HistoryBuilder.id(a), "kv", "put", "a", payload("a", 7, ""), HistoryBuilder.hlc(50), 7);
        h.push(1, 1, a).answered(1, 1, List.of(OperationResult.stored(HistoryBuilder.id(a), 1, true, null)), b);
        assertThat(h.pull(1, 0, 1)).isClean().exercises("PUSH-04");
        assertThat(h.holds(2, b).pull(1, 1, 2)).violates("PUSH-04", "reuses its op id");
    }

    @Test
    void a_gap_breaks_push_05() {
        assertThat(h.push(1, 1, h.put("a", 1)).push(1, 3, h.put("b", 1)).pull(1, 0, 1, 3))
                .violates("PUSH-05", "nothing is at version 2").andNothingBut("PUSH-05");
    }

    @Test
    void a_gap_where_something_was_refused_breaks_push_09() {
        int bad = h.put("nowhere", "a", 1, "{}");
        assertThat(h.push(1, 1, h.put("a", 1)).pushRefused(1, bad).push(1, 3, h.put("b", 1)).pull(1, 0, 1, 3))
                .violates("PUSH-09", "was refused").andNothingBut("PUSH-09");
    }

    @Test
    void a_gap_after_an_empty_batch_breaks_push_13() {
        assertThat(h.push(1, 1, h.put("a", 1)).answered(1, 0, List.of()).push(1, 3, h.put("b", 1)).pull(1, 0, 1, 3))
                .violates("PUSH-13", "empty");
    }

    @Test
    void a_gap_over_a_restart_breaks_dur_04() {
        assertThat(h.push(1, 1, h.put("a", 1)).restart().push(1, 3, h.put("b", 1)).pull(1, 0, 1, 3))
                .violates("DUR-04", "restart");
    }

    @Test
    void one_counter_for_all_workspaces_breaks_push_08() {
        h.push(1, 1, h.put("a", 1)).in(TWO).push(11, 2, h.put("a", 1)).in(HistoryBuilder.ONE).push(1, 3, h.put("b", 1));
        assertThat(h.pull(1, 0, 1, 3).in(TWO).pull(11, 0, 2)).violates("PUSH-08", "another workspace");
    }

    @Test
    void two_operations_at_one_version_break_push_05() {
        int a = h.put("a", 1);
        int b = h.put("b", 1);
        assertThat(h.at(0, 5).push(1, 1, a).at(1, 6).push(2, 1, b)).violates("PUSH-05", "at the same version");
    }

    @Test
    void a_batch_out_of_order_breaks_push_06() {
        int a = h.put("a", 1);
        int b = h.put("b", 1);
        assertThat(h.answered(1, 2, List.of(h.stored(a, 2, true), h.stored(b, 1, true)), a, b).pull(1, 0, 1, 2))
                .violates("PUSH-06", "stood before").andNothingBut("PUSH-06");
    }

    @Test
    void a_lower_version_for_a_later_push_breaks_push_07() {
        int a = h.put("a", 1);
        int b = h.put("b", 1);
        assertThat(h.push(1, 2, a).push(2, 1, b).pull(1, 0, 1, 2)).violates("PUSH-07", "lower version 1");
    }

    @Test
    void concurrent_pushes_may_be_numbered_either_way() {
        int a = h.put("a", 1);
        int b = h.put("b", 1);
        assertThat(h.at(0, 9).push(1, 2, a).at(3, 7).push(2, 1, b).pull(1, 0, 1, 2)).isClean();
    }

    @Test
    void a_refused_operation_that_shows_breaks_the_rule_that_had_it_refused() {
        int bad = h.put("nowhere", "a", 1, "{}");
        int large = h.put("kv", "b", 1, payload("b", 1, ",\"more\":\"" + "é".repeat(2000) + "\""));
        int fine = h.put("c", 1);
        h.pushRefused(1, bad).pushRefused(1, large).pushRefused(1, fine);
        assertThat(h.holds(1, bad).holds(2, large).holds(3, fine).pull(1, 0, 1, 2, 3)).violates("PUSH-10", "was refused")
                .violates("PUSH-11").violates("PUSH-09");
    }

    @Test
    void a_malformed_operation_that_is_accepted_breaks_push_10() {
        assertThat(h.push(1, 1, h.put("nowhere", "a", 1, "{}"))).violates("PUSH-10", "a table that does not exist");
        HistoryBuilder other = history();
        assertThat(other.push(1, 1, other.put("kv", "a", 1, "[1]"))).violates("PUSH-10", "no object");
    }

    @Test
    void a_valid_rest_that_is_stored_in_part_breaks_push_10() {
        int bad = h.put("nowhere", "a", 1, "{}");
        int b = h.put("b", 1);
        int c = h.put("c", 1);
        assertThat(h.answered(1, 1, List.of(h.refused(bad, "VALIDATION_ERROR"), h.stored(b, 1, true),
                h.refused(c, "VALIDATION_ERROR")), bad, b, c)).violates("PUSH-10", "some were stored");
    }

    @Test
    void an_oversized_payload_that_is_accepted_breaks_push_11() {
        assertThat(h.push(1, 1, h.put("kv", "a", 1, payload("a", 1, ",\"more\":\"" + "é".repeat(1200) + "\""))))
                .violates("PUSH-11", "above the declared limit");
    }

    @Test
    void an_empty_batch_that_is_refused_breaks_push_13() {
        assertThat(h.pushRefused(1)).violates("PUSH-13", "was empty");
    }

    @Test
    void a_raced_operation_with_two_versions_breaks_push_14() {
        int a = h.put("a", 1);
        assertThat(h.at(0, 9).push(1, 1, a).at(3, 7).push(2, 2, a).pull(1, 0, 1, 2)).violates("PUSH-14");
    }

    @Test
    void a_wrong_server_version_breaks_push_16() {
        int a = h.put("a", 1);
        assertThat(h.answered(1, 7, List.of(h.stored(a, 1, true)), a).pull(1, 0, 1)).violates("PUSH-16",
                "serverVersion is 7");
    }

    @Test
    void half_a_batch_at_the_head_breaks_push_17() {
        int a = h.put("a", 1);
        int b = h.put("b", 1);
        assertThat(h.at(0, 20).push(1, 1, a, b).at(5, 9).pull(2, 0, 1).at(30, 31).pull(2, 0, 1, 2))
                .violates("PUSH-17", "one batch").andNothingBut("PUSH-17");
    }

    @Test
    void a_batch_at_the_cap_is_stored_and_one_beyond_it_is_not() {
        int[] full = new int[10];
        for (int i = 0; i < full.length; i++) {
            full[i] = h.put("k" + i, 1);
        }
        assertThat(h.pushRefused(1, full)).violates("PUSH-18", "as many as are declared");
        HistoryBuilder other = history();
        List<OperationResult> results = new ArrayList<>();
        int[] more = new int[11];
        for (int i = 0; i < more.length; i++) {
            more[i] = other.put("k" + i, 1);
            results.add(other.stored(more[i], i + 1, true));
        }
        assertThat(other.answered(1, 11, results, more)).violates("PUSH-18", "more than the declared 10");
    }

    @Test
    void a_negative_clock_that_is_accepted_breaks_push_19() {
        assertThat(h.push(1, 1, h.put("a", -1))).violates("PUSH-19", "negative clock");
    }

    @Test
    void a_valid_operation_that_is_refused_or_fails_for_good_breaks_push_20() {
        assertThat(h.pushRefused(1, h.put("a", 1))).violates("PUSH-20", "was refused");
        HistoryBuilder other = history();
        int a = other.put("a", 1);
        assertThat(other.pushFailed(1, a).attempt(2).pushFailed(1, a).attempt(3).pushFailed(1, a))
                .violates("PUSH-20", "failed for good");
    }

    @Test
    void a_table_that_is_never_accepted_breaks_wire_04() {
        int post = h.put("posts", "p", 1, "{\"id\":\"p\",\"title\":\"t\",\"content\":\"c\",\"post_type\":\"x\","
                + "\"deleted\":false,\"created_at\":1,\"updated_at\":1,\"clock\":1}");
        assertThat(h.push(1, 1, h.put("a", 1)).pushRefused(1, post)).violates("WIRE-04", "that table");
    }

    @Test
    void a_lost_push_may_be_applied_later_or_never() {
        int a = h.put("a", 1);
        int b = h.put("b", 1);
        h.pushLost(1, a).push(2, 1, h.put("c", 1)).pull(2, 0, 1);
        assertThat(h).isClean();
        assertThat(h.holds(2, a).pull(2, 1, 2).pushLost(1, b)).isClean();
    }

    @Test
    void nothing_is_exercised_by_a_provider_that_refuses_everything_or_stores_nothing() {
        assertThat(h.pushRefused(1, h.put("a", 1)).page(1, 0, 10, null, 0, false)).doesNotExercise("PUSH-01", "PUSH-09",
                "PULL-01", "PULL-09", "PUSH-20", "PULL-16");
        HistoryBuilder liar = history();
        assertThat(liar.push(1, 1, liar.put("a", 1)).pull(1, 0)).violates("PUSH-01").doesNotExercise("PUSH-01", "PUSH-05",
                "PULL-09");
    }
}
