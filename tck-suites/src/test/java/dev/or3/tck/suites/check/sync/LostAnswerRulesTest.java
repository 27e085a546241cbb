package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.HistoryBuilder.history;
import static dev.or3.tck.suites.check.sync.VerdictAssert.assertThat;

import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult.ErrorCodes;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.suites.line.LineFault;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LostAnswerRulesTest {
    private final HistoryBuilder h = history();

    private HistoryBuilder lost(LineFault fault, int client, int... batch) {
        return h.add(client, Outcome.LOST, new Event.Fault(0, fault.name(), fault.words()),
                new Call.Push(HistoryBuilder.ONE, batch, List.of(), null));
    }

    @Test
    void a_retry_that_is_told_the_version_of_the_first_time_is_clean() {
        int a = h.put("a", 1);
        lost(LineFault.ANSWER_DROPPED, 1, a);
        assertThat(h.attempt(2).push(1, 1, a).pull(2, 0, 1)).isClean().exercises("DUR-07");
    }

    @Test
    void a_retry_counts_where_the_log_had_passed_it_before() {
        int a = h.put("a", 1);
        h.pushLost(1, a).push(2, 2, h.put("b", 1));
        assertThat(h.attempt(2).push(1, 1, a).pull(2, 0, 1, 2)).isClean().exercises("DUR-07");
    }

    @ParameterizedTest
    @EnumSource(value = LineFault.class, names = {"CUT_BEFORE", "CUT_IN_REQUEST"})
    void a_push_that_never_arrived_proves_nothing(LineFault fault) {
        int a = h.put("a", 1);
        lost(fault, 1, a);
        assertThat(h.attempt(2).push(1, 1, a).pull(2, 0, 1)).isClean();
        org.assertj.core.api.Assertions.assertThat(h.verdict().exercised()).doesNotContainKey("DUR-07");
    }

    @Test
    void a_second_version_breaks_dur_07() {
        int a = h.put("a", 1);
        lost(LineFault.ANSWER_DROPPED, 1, a).holds(1, a);
        assertThat(h.pull(2, 0, 1).attempt(2).push(1, 2, a).pull(2, 0, 1, 2))
                .violates("DUR-07", "at version 1", "at version 2", "after an answer was lost");
    }

    @Test
    void a_retry_that_is_refused_as_a_duplicate_breaks_dur_07() {
        int a = h.put("a", 1);
        lost(LineFault.ANSWER_DROPPED, 1, a).holds(1, a);
        assertThat(h.attempt(2).pushRefused(1, a).pull(2, 0, 1))
                .violates("DUR-07", "was stored at version 1", "answered with a refusal").andNothingBut("DUR-07");
    }

    @Test
    void a_retry_whose_result_is_a_conflict_breaks_dur_07() {
        int a = h.put("a", 1);
        lost(LineFault.CUT_IN_ANSWER, 1, a).holds(1, a).pull(2, 0, 1);
        assertThat(h.attempt(2).answered(1, 1, List.of(h.refused(a, ErrorCodes.CONFLICT)), a).pull(2, 0, 1))
                .violates("DUR-07", "answered with a refusal").andNothingBut("DUR-07");
    }

    @Test
    void a_retry_that_fails_for_good_breaks_dur_07_and_one_that_fails_once_does_not() {
        int a = h.put("a", 1);
        lost(LineFault.ANSWER_DROPPED, 1, a).holds(1, a);
        h.attempt(2).pushFailed(1, a).attempt(3).pushFailed(1, a);
        assertThat(h.pull(2, 0, 1)).isClean();
        assertThat(h.attempt(4).pushFailed(1, a).pull(2, 0, 1)).violates("DUR-07", "failed for good");
    }

    @Test
    void an_entry_under_an_id_that_nobody_sent_breaks_dur_07() {
        int a = h.put("a", 1);
        Operation sent = h.operation(a);
        lost(LineFault.ANSWER_DROPPED, 1, a);
        h.attempt(2).push(1, 1, a).pull(2, 0, 1);
        Stamp zombie = new Stamp(sent.stamp().deviceId(), HistoryBuilder.id(77), sent.stamp().hlc(), sent.stamp().clock());
        assertThat(h.pullOther(2, 1, new Change(2, sent.tableName(), sent.pk(), sent.operation(), sent.payload(), zombie)))
                .violates("DUR-07", HistoryBuilder.id(77), "which nobody sent");
    }

    @Test
    void a_retry_that_is_acknowledged_and_nowhere_breaks_dur_07() {
        int a = h.put("a", 1);
        lost(LineFault.ANSWER_DROPPED, 1, a);
        assertThat(h.attempt(2).push(1, 1, a).push(2, 2, h.put("b", 1)).pull(2, 0, 2))
                .violates("DUR-07", "its answer was lost once").violates("PUSH-01");
    }

    @Test
    void a_refusal_of_what_is_not_valid_is_clean() {
        int a = h.put("kv", "a", 1, "[]");
        lost(LineFault.ANSWER_DROPPED, 1, a);
        assertThat(h.attempt(2).pushRefused(1, a).push(2, 1, h.put("b", 1)).pull(2, 0, 1)).isClean();
    }

    @Test
    void what_was_lost_and_refused_and_is_nowhere_is_a_refusal() {
        int a = h.put("a", 1);
        h.pushLost(1, a);
        assertThat(h.attempt(2).pushRefused(1, a).push(2, 1, h.put("b", 1)).pull(2, 0, 1)).isClean();
    }

    @Test
    void a_replay_without_a_lost_answer_is_another_rules_matter() {
        int a = h.put("a", 1);
        assertThat(h.push(1, 1, a).pushRefused(2, a).pull(1, 0, 1)).violates("PUSH-02").andNothingBut("PUSH-02");
    }

    @Test
    void a_doubled_request_is_a_lost_one_beside_the_one_that_was_heard() {
        int a = h.put("a", 1);
        lost(LineFault.DUPLICATED, 1, a);
        assertThat(h.at(5, 9).push(1, 1, a).pull(2, 0, 1)).isClean();
        assertThat(h.push(1, 2, a).pull(2, 0, 1, 2)).violates("DUR-07");
    }

    @Test
    void a_page_from_beyond_the_head_says_nothing_of_a_batch_that_comes_later() {
        int a = h.put("a", 1);
        int b = h.put("b", 1);
        h.pushLost(1, a, b).push(2, 1, h.put("c", 1)).page(2, 2, 100, null, 2, false);
        assertThat(h.push(1, 2, a).push(1, 3, b).pull(2, 0, 1, 2, 3)).isClean();
    }
}
