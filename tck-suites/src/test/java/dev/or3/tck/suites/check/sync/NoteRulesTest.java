package dev.or3.tck.suites.check.sync;

import static dev.or3.tck.suites.check.sync.HistoryBuilder.history;
import static dev.or3.tck.suites.check.sync.VerdictAssert.assertThat;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.OperationResult.ErrorCodes;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoteRulesTest {
    private final HistoryBuilder h = history().withNotifications();

    private void tell(int user, String answer) {
        h.add(user, Outcome.OK, null, emission(user, answer));
    }

    private static Call emission(int user, String answer) {
        return new Call.Ask("notifications", "emitBackgroundJobComplete", new JsonText("{\"workspaceId\":\"" + HistoryBuilder.ONE
                + "\",\"userId\":\"u" + user + "\",\"threadId\":\"t\",\"jobId\":\"j\"}"), new JsonText(answer));
    }

    private static Change row(long version, String user) {
        return new Change(version, "notifications", "note", "put", new JsonText(note("note", 1, user)),
                new Stamp("provider", HistoryBuilder.id(900), "0", 1));
    }

    private static String note(String id, long clock, String user) {
        return "{\"id\":\"" + id + "\",\"user_id\":\"" + user + "\",\"type\":\"x\",\"title\":\"t\",\"deleted\":false,"
                + "\"created_at\":1,\"updated_at\":1,\"clock\":" + clock + "}";
    }

    private int put(int user, long clock) {
        return h.put("notifications", "n", clock, note("n", clock, "u" + user));
    }

    private int delete(long clock) {
        return h.operation(HistoryBuilder.id(50), "notifications", "delete", "n", null, HistoryBuilder.hlc(50), clock);
    }

    private HistoryBuilder empty(int user, long from, long to) {
        return h.page(user, from, 100, null, to, false);
    }

    @Test
    void what_is_emitted_is_pulled_by_its_user_alone() {
        tell(1, "\"note\"");
        h.pullOther(1, 0, row(1, "u1"));
        empty(2, 0, 1);
        assertThat(h).isClean().exercises("NOTE-01");
    }

    @Test
    void a_row_that_nobody_can_pull_breaks_note_01() {
        h.push(1, 1, h.put("a", 1));
        tell(1, "\"note\"");
        assertThat(h.pull(1, 0, 1)).violates("NOTE-01", "does not show that row");
    }

    @Test
    void a_pull_that_began_before_shows_nothing_of_it() {
        h.push(1, 1, h.put("a", 1)).at(200, 400);
        tell(1, "\"note\"");
        h.at(300, 500).pull(1, 0, 1);
        assertThat(h).doesNotViolate("NOTE-01");
    }

    @Test
    void no_id_is_no_promise() {
        h.push(1, 1, h.put("a", 1));
        tell(1, "null");
        assertThat(h.pull(1, 0, 1)).isClean();
    }

    @Test
    void a_row_shown_to_another_member_breaks_note_01() {
        tell(1, "\"note\"");
        assertThat(h.pullOther(1, 0, row(1, "u1")).pullOther(2, 0, row(1, "u1"))).violates("NOTE-01", "shown to u2");
    }

    @Test
    void a_row_of_another_user_breaks_note_01() {
        tell(1, "\"note\"");
        assertThat(h.pullOther(1, 0, row(1, "u2"))).violates("NOTE-01", "one of u2");
    }

    @Test
    void a_refused_takeover_is_right() {
        h.push(1, 1, put(1, 1));
        int other = put(2, 9);
        h.answered(2, 1, List.of(h.refused(other, ErrorCodes.UNAUTHORIZED)), other).pull(1, 0, 1);
        assertThat(empty(2, 0, 1)).doesNotViolate("NOTE-01", "NOTE-02");
    }

    @Test
    void a_takeover_that_wins_breaks_note_02() {
        h.push(1, 1, put(1, 1));
        assertThat(h.push(2, 2, put(2, 9))).violates("NOTE-02", "won");
    }

    @Test
    void a_push_of_another_that_changes_nothing_is_right() {
        h.push(1, 1, put(1, 1));
        int other = put(2, 9);
        assertThat(h.answered(2, 2, List.of(h.stored(other, 2, false)), other)).doesNotViolate("NOTE-02");
    }

    @Test
    void a_private_row_shown_to_another_member_breaks_note_02() {
        h.push(1, 1, put(1, 1));
        assertThat(h.pull(2, 0, 1)).violates("NOTE-02", "shows it to u2");
    }

    @Test
    void a_private_row_in_the_snapshot_of_another_member_breaks_note_02() {
        int mine = put(1, 1);
        h.push(1, 1, mine);
        assertThat(h.snapshot(2, 1, null, -1, null, h.item(mine))).violates("NOTE-02", "snapshot");
    }

    @Test
    void a_delete_that_does_not_reach_its_owner_breaks_note_02() {
        h.push(1, 1, put(1, 1)).push(1, 2, delete(2)).pull(1, 0, 1, 2);
        assertThat(h).doesNotViolate("NOTE-02");
        assertThat(h.page(1, 0, 100, null, 2, false, 1)).violates("NOTE-02", "leaves it out");
    }
}
