package dev.or3.tck.suites.check.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PermissionRulesTest {
    private static final String LONGEST = "n".repeat(100);

    private static StoreHistory shared() {
        return StoreHistory.grounded().space("w1", "u1:owner", "u2:editor", "u3:viewer").space("w9", "u9:owner");
    }

    @Test
    void refusals_beside_accepted_twins_pass_and_count() {
        StoreHistory history = shared().refused().update("u3", "w1", "A").refused().update("u9", "w1", "B")
                .refused().remove("u2", "w1").refused().remove("u3", "w1").refused().remove("u9", "w1")
                .role("u1", "w1", "owner").update("u2", "w1", "C").update("u1", "w1", "D").list("u1", "w1:owner:D")
                .remove("u1", "w1");
        assertThat(history.rules()).isEmpty();
        assertThat(history.exercised("STORE-07")).isEqualTo(5);
    }

    @Test
    void an_editor_may_be_refused_an_update_too() {
        assertThat(shared().refused().update("u2", "w1", "C").list("u1", "w1:owner:Shared").rules()).isEmpty();
    }

    @Test
    void refusals_without_an_accepted_twin_do_not_count() {
        StoreHistory history = shared().refused().remove("u2", "w1").refused().update("u3", "w1", "A")
                .role("u1", "w1", "owner");
        assertThat(history.rules()).isEmpty();
        assertThat(history.exercised("STORE-07")).isZero();
    }

    @Test
    void who_may_not_is_not_let() {
        assertThat(shared().remove("u2", "w1").rules()).containsExactly("STORE-07");
        assertThat(shared().remove("u9", "w1").rules()).containsExactly("STORE-07");
        assertThat(shared().update("u3", "w1", "A").rules()).containsExactly("STORE-07");
        assertThat(shared().update("u9", "w1", "A").rules()).containsExactly("STORE-07");
        assertThat(shared().remove("u1", "w1").update("u1", "w1", "A").rules()).containsExactly("STORE-07");
        assertThat(shared().update("u1", "nowhere", "A").rules()).containsExactly("STORE-07");
    }

    @Test
    void an_owner_is_not_refused() {
        assertThat(shared().refused().remove("u1", "w1").rules()).containsExactly("STORE-07");
        assertThat(shared().refused().update("u1", "w1", "A").rules()).containsExactly("STORE-07");
    }

    @Test
    void removing_twice_may_succeed_or_fail() {
        assertThat(shared().remove("u1", "w1").remove("u1", "w1").rules()).isEmpty();
        assertThat(shared().remove("u1", "w1").refused().remove("u1", "w1").rules()).isEmpty();
    }

    @Test
    void only_a_live_workspace_of_the_user_is_activated() {
        assertThat(shared().refused().activate("u2", "w9").refused().activate("u2", "nowhere").activate("u2", "w1").rules())
                .isEmpty();
        assertThat(shared().activate("u2", "w9").rules()).containsExactly("STORE-09");
        assertThat(shared().activate("u2", "nowhere").rules()).containsExactly("STORE-09");
        assertThat(shared().remove("u1", "w1").activate("u2", "w1").rules()).containsExactly("STORE-09");
        assertThat(shared().refused().activate("u3", "w1").rules()).containsExactly("STORE-09");
    }

    @Test
    void bad_input_is_refused_beside_good_input_that_is_accepted() {
        StoreHistory history = shared().create("u1", LONGEST, "w2").refused().create("u1", "", null)
                .refused().create("u1", " ", null).refused().create("u1", LONGEST + "n", null)
                .refused().create("nobody", "A", null).list("u1", "w1:owner:Shared", "w2:owner:" + LONGEST);
        assertThat(history.rules()).isEmpty();
        assertThat(history.exercised("STORE-10")).isEqualTo(4);
    }

    @Test
    void bad_input_that_is_accepted_violates_and_so_does_refusing_what_just_fits() {
        assertThat(shared().create("u1", " ", "w2").rules()).containsExactly("STORE-10");
        assertThat(shared().create("u1", LONGEST + "n", "w2").rules()).containsExactly("STORE-10");
        assertThat(shared().create("nobody", "A", "w2").rules()).containsExactly("STORE-10");
        assertThat(shared().home("nobody", "w2").rules()).containsExactly("STORE-10");
        assertThat(shared().update("u1", "w1", "").rules()).containsExactly("STORE-10");
        assertThat(shared().describe("u1", "w1", "A", "d".repeat(1001)).rules()).containsExactly("STORE-10");
        assertThat(shared().refused().create("u1", LONGEST, null).rules()).containsExactly("STORE-10");
        assertThat(shared().refused().create("u1", " " + LONGEST + " ", null).rules()).containsExactly("STORE-10");
        assertThat(shared().refused().describe("u1", "w1", "A", "d".repeat(1000)).rules()).containsExactly("STORE-10");
    }

    @Test
    void what_was_refused_leaves_nothing_behind() {
        String tooLong = LONGEST + "n";
        assertThat(shared().home("u1", "w1").list("u1", "w1:owner:Home of w1*").refused().create("u1", tooLong, null)
                .list("u1", "w1:owner:Home of w1*", "w5:owner:" + tooLong, "w6:owner:Own").rules())
                .containsExactly("STORE-10");
    }
}
