package dev.or3.tck.suites.check.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameRulesTest {

    private static StoreHistory shared() {
        return StoreHistory.grounded().space("w1", "u1:owner", "u2:editor", "u3:viewer");
    }

    @Test
    void the_last_name_shows_to_all_members_trimmed_or_not() {
        assertThat(shared().list("u2", "w1:editor:Given").update("u1", "w1", " A ").list("u2", "w1:editor:A")
                .list("u3", "w1:viewer: A ").update("u2", "w1", "B").list("u1", "w1:owner:B").home("u1", "w1", "B").rules())
                .isEmpty();
    }

    @Test
    void an_accepted_name_that_does_not_show_violates() {
        assertThat(shared().update("u1", "w1", "A").list("u2", "w1:editor:Given").rules()).containsExactly("STORE-15");
        assertThat(shared().update("u1", "w1", "A").update("u1", "w1", "B").list("u2", "w1:editor:A").rules())
                .containsExactly("STORE-15");
        assertThat(shared().list("u2", "w1:editor:Given").list("u2", "w1:editor:Other").rules()).containsExactly("STORE-15");
    }

    @Test
    void either_name_shows_while_it_changes() {
        StoreHistory history = shared().update("u1", "w1", "A");
        history.together(() -> history.update("u1", "w1", "B").update("u2", "w1", "C").list("u3", "w1:viewer:A"));
        assertThat(history.list("u3", "w1:viewer:B").rules()).isEmpty();
    }

    @Test
    void a_refused_name_that_shows_violates() {
        assertThat(shared().refused().update("u3", "w1", "A").list("u1", "w1:owner:A").rules()).containsExactly("STORE-07");
        assertThat(shared().refused().update("u1", "w1", "").update("u1", "w1", "A").list("u1", "w1:owner:A").rules())
                .isEmpty();
    }

    @Test
    void a_name_that_leaks_from_another_workspace_violates() {
        assertThat(shared().create("u1", "Mine", "w2").list("u1", "w1:owner:Given", "w2:owner:Mine")
                .update("u1", "w2", "New").list("u1", "w1:owner:New", "w2:owner:New").rules()).containsExactly("STORE-15");
    }

    @Test
    void a_lost_name_may_show_later_or_never() {
        assertThat(shared().update("u1", "w1", "A").lost().update("u1", "w1", "B").list("u1", "w1:owner:A")
                .list("u1", "w1:owner:B").rules()).isEmpty();
    }

    @Test
    void a_description_left_out_is_kept_or_cleared_and_no_other_shows() {
        StoreHistory history = shared().describe("u1", "w1", "A", "old").describe("u1", "w1", "B", "about").update("u1",
                "w1", "C");
        assertThat(history.list("u1", "w1:owner:C:about").list("u2", "w1:editor:C").rules()).isEmpty();
        assertThat(history.list("u3", "w1:viewer:C:old").rules()).containsExactly("STORE-15");
    }

    @Test
    void a_name_outlives_a_restart() {
        assertThat(shared().update("u1", "w1", "A").list("u1", "w1:owner:A").restart().list("u1", "w1:owner:Given").rules())
                .containsExactly("STORE-11");
    }
}
