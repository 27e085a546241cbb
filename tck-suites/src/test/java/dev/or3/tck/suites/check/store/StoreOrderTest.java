package dev.or3.tck.suites.check.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoreOrderTest {

    private static StoreHistory shared() {
        return StoreHistory.grounded().space("w1", "u1:owner", "u2:editor").create("u1", "Other 1", "w3")
                .create("u2", "Other 2", "w4").activate("u1", "w1").activate("u2", "w1");
    }

    @Test
    void calls_that_overlap_may_have_happened_in_either_order() {
        StoreHistory history = shared();
        history.together(() -> history.remove("u1", "w1").activate("u2", "w1").refused().update("u2", "w1", "Late"));
        history.list("u2", "w4:owner:Other 2*").list("u1", "w3:owner:Other 1*");
        assertThat(history.rules()).isEmpty();
        assertThat(history.exercised("STORE-12")).isEqualTo(1);
    }

    @Test
    void an_activation_that_survives_the_removal_has_no_place_in_any_order() {
        StoreHistory history = shared();
        history.together(() -> history.remove("u1", "w1").activate("u2", "w1"));
        history.list("u2", "w4:owner:Other 2");
        assertThat(history.rules()).containsExactly("STORE-12");
        assertThat(history.verdict().violations().get(0).witnesses()).containsExactly(6, 7, 8, 9);
        assertThat(history.verdict().violations().get(0).sentence()).startsWith("Because ")
                .contains(", yet listUserWorkspaces (event 9)");
    }

    @Test
    void names_that_two_readers_see_in_opposite_orders_have_no_order() {
        StoreHistory history = shared();
        history.together(() -> history.update("u1", "w1", "A").update("u2", "w1", "B"));
        history.list("u1", "w1:owner:A*", "w3:owner:Other 1").list("u2", "w1:editor:B*", "w4:owner:Other 2");
        assertThat(history.rules()).containsExactly("STORE-12");
    }

    @Test
    void a_lost_removal_takes_effect_once_or_never() {
        StoreHistory history = shared().lost().remove("u1", "w1").role("u2", "w1", "editor").role("u2", "w1", null);
        assertThat(history.rules()).isEmpty();
        assertThat(history.role("u2", "w1", "editor").rules()).containsExactly("STORE-12");
    }

    @Test
    void a_lost_creation_shows_under_any_id_but_stays() {
        StoreHistory given = StoreHistory.grounded().enter("github", "alice", "u1").lost().create("u1", "Late", null)
                .home("u1", "w7", "Late").list("u1", "w7:owner:Late*", "w5:owner:My");
        assertThat(given.rules()).isEmpty();
        StoreHistory history = shared().lost().create("u1", "Late", null)
                .list("u1", "w1:owner:S*", "w3:owner:Other 1")
                .list("u1", "w1:owner:S*", "w3:owner:Other 1", "w7:owner:Late");
        assertThat(history.rules()).isEmpty();
    }

    @Test
    void parts_that_share_no_user_are_searched_apart() {
        StoreHistory history = StoreHistory.grounded();
        for (int i = 0; i < 40; i++) {
            history.enter("github", "user " + i, "u" + i);
        }
        history.together(() -> {
            for (int i = 0; i < 40; i++) {
                history.create("u" + i, "A", "a" + i).create("u" + i, "B", "b" + i);
            }
        });
        for (int i = 0; i < 40; i++) {
            history.list("u" + i, "a" + i + ":owner:A*", "b" + i + ":owner:B");
        }
        assertThat(history.rules()).isEmpty();
        assertThat(history.exercised("STORE-12")).isEqualTo(40);
    }

    @Test
    void a_bound_that_is_hit_is_told_and_is_no_pass() {
        StoreHistory history = StoreHistory.grounded().enter("github", "alice", "u1");
        history.together(() -> {
            for (int i = 0; i < 12; i++) {
                history.create("u1", "W" + i, "w" + i);
            }
        });
        history.list("u1");
        StoreFindings found = new StoreFindings();
        StoreOrder.judge(StoreFacts.of(history.history()), found, 50);
        assertThat(found.limits()).singleElement().asString().startsWith("STORE-12: the search over 13 calls");
        assertThat(found.isClean()).isTrue();
    }
}
