package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.HistoryBuilder.history;
import static dev.or3.tck.suites.check.sync.VerdictAssert.assertThat;

import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.Outcome;
import org.junit.jupiter.api.Test;

/** DUR-02, DUR-03, and what PUSH-17 says of a push whose answer was lost. */
class CrashRulesTest {

    private static HistoryBuilder killed(HistoryBuilder h) {
        return h.add(-1, Outcome.OK, null, new Call.Restart(true, WireSchema.current().version()));
    }

    @Test
    void what_was_acknowledged_is_there_after_a_kill_and_a_push_in_flight_is_whole_or_absent() {
        HistoryBuilder h = history();
        int a = h.put("a", 1);
        int b = h.put("b", 1);
        int c = h.put("c", 1);
        int absent = h.put("d", 1);
        h.push(1, 1, a).pushLost(2, b, c).pushLost(3, absent);
        killed(h).attempt(2).push(2, 2, b, c).pull(1, 0, 1, 2, 3).looksLike(1, b);
        assertThat(h).isClean().exercises("DUR-02", "DUR-03").doesNotExercise("DUR-01", "DUR-04");
    }

    @Test
    void a_kill_without_requests_in_flight_proves_nothing() {
        HistoryBuilder h = history();
        int a = h.put("a", 1);
        h.push(1, 1, a);
        killed(h).pull(1, 0, 1);
        assertThat(h).isClean().doesNotExercise("DUR-02", "DUR-03");
    }

    @Test
    void an_acknowledged_push_that_a_kill_loses_is_found() {
        HistoryBuilder h = history();
        int a = h.put("a", 1);
        int b = h.put("b", 1);
        h.push(1, 1, a).push(1, 2, b).pushLost(2, h.put("x", 1));
        killed(h).pull(1, 0, 1);
        assertThat(h).violates("DUR-02", "kill").andNothingBut("DUR-02");
    }

    @Test
    void versions_given_out_again_or_left_out_over_a_kill_are_found() {
        HistoryBuilder again = history();
        int a = again.put("a", 1);
        int b = again.put("b", 1);
        again.push(1, 1, a).pushLost(2, again.put("x", 1));
        killed(again).push(1, 1, b).pull(1, 0, 1);
        assertThat(again).violates("DUR-02", "same version");

        HistoryBuilder gap = history();
        int first = gap.put("a", 1);
        int next = gap.put("b", 1);
        gap.push(1, 1, first);
        killed(gap).push(1, 3, next).pull(1, 0, 1, 3);
        assertThat(gap).violates("DUR-02", "nothing is at version 2", "kill").andNothingBut("DUR-02");
    }

    @Test
    void a_provider_that_does_not_come_back_is_found() {
        HistoryBuilder h = history();
        h.push(1, 1, h.put("a", 1)).add(-1, Outcome.FAILED, new Event.Fault(500, "ERROR", "database is malformed"),
                new Call.Restart(true, 1));
        assertThat(h).violates("DUR-02", "did not come back").andNothingBut("DUR-02");
    }

    @Test
    void a_state_that_a_kill_set_back_is_found() {
        HistoryBuilder acknowledged = history();
        int old = acknowledged.put("a", 1);
        int winner = acknowledged.put("a", 2);
        acknowledged.push(1, 1, old).push(1, 2, winner);
        killed(acknowledged).pull(1, 0, 1, 2).looksLike(1, old);
        assertThat(acknowledged).violates("DUR-02", "clock 2").andNothingBut("DUR-02");

        HistoryBuilder inFlight = history();
        int before = inFlight.put("a", 1);
        int lost = inFlight.put("a", 2);
        inFlight.push(1, 1, before).pushLost(2, lost).holds(2, lost);
        killed(inFlight).pull(1, 0, 1, 2).looksLike(1, before);
        assertThat(inFlight).violates("DUR-03", "clock 2").andNothingBut("DUR-03");
    }

    @Test
    void half_of_a_batch_that_a_kill_cut_off_is_found_for_good_and_until_its_replay() {
        HistoryBuilder open = history();
        int a = open.put("a", 1);
        int b = open.put("b", 1);
        open.pushLost(1, a, b).holds(1, a);
        killed(open).pull(1, 0, 1);
        assertThat(open).violates("DUR-03", "not the second").andNothingBut("DUR-03");

        HistoryBuilder replayed = history();
        int c = replayed.put("a", 1);
        int d = replayed.put("b", 1);
        replayed.pushLost(1, c, d).holds(1, c);
        killed(replayed).pull(2, 0, 1).attempt(2).push(1, 1, c, d).pull(2, 0, 1, 2);
        assertThat(replayed).violates("DUR-03", "not the second").andNothingBut("DUR-03");
    }

    @Test
    void half_of_a_batch_whose_answer_was_lost_otherwise_is_found() {
        HistoryBuilder h = history();
        int a = h.put("a", 1);
        int b = h.put("b", 1);
        h.pushLost(1, a, b).holds(1, a).pull(2, 0, 1);
        assertThat(h).violates("PUSH-17", "never answered").andNothingBut("PUSH-17");
    }

    @Test
    void what_is_missing_of_a_lost_batch_may_be_a_row_of_another_member() {
        HistoryBuilder h = history().withNotifications();
        int own = note(h, "n", "u1");
        int taken = note(h, "n", "u2");
        int other = note(h, "m", "u2");
        h.push(1, 1, own).pushLost(2, other, taken).holds(2, other).page(2, 0, 10, null, 2, false, 2);
        assertThat(h).isClean();
    }

    private static int note(HistoryBuilder h, String pk, String user) {
        return h.put("notifications", pk, 1, "{\"id\":\"" + pk + "\",\"user_id\":\"" + user + "\",\"type\":\"x\","
                + "\"title\":\"t\",\"deleted\":false,\"created_at\":1,\"updated_at\":1,\"clock\":1}");
    }

    @Test
    void a_replay_under_way_may_still_complete_a_batch() {
        HistoryBuilder h = history();
        int a = h.put("a", 1);
        int b = h.put("b", 1);
        h.pushLost(1, a, b);
        killed(h).at(40, 90).attempt(2).push(1, 1, a, b).at(50, 60).pull(2, 0).at(95, 99).pull(2, 0, 1, 2);
        assertThat(h).isClean();
    }

    @Test
    void a_replay_that_makes_a_second_entry_or_is_refused_is_found() {
        HistoryBuilder twice = history();
        int a = twice.put("a", 1);
        twice.pushLost(1, a).holds(1, a);
        killed(twice).attempt(2).push(1, 2, a).pull(1, 0, 1, 2);
        assertThat(twice).violates("DUR-03", "version 1", "version 2");

        HistoryBuilder refused = history();
        int b = refused.put("b", 1);
        refused.push(2, 1, refused.put("a", 1)).pushLost(1, b);
        killed(refused).attempt(2).pushRefused(1, b).pull(1, 0, 1);
        assertThat(refused).violates("DUR-03", "did not store").andNothingBut("DUR-03");
    }
}
