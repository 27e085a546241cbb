package dev.or3.tck.suites.check.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ActiveRulesTest {

    private static StoreHistory fresh() {
        return StoreHistory.grounded().enter("github", "alice", "u1");
    }

    private static StoreHistory shared() {
        return StoreHistory.grounded().space("w1", "u1:owner", "u2:editor").create("u1", "Other 1", "w3")
                .create("u2", "Other 2", "w4").activate("u1", "w1").activate("u2", "w1");
    }

    @Test
    void a_first_login_makes_one_workspace_and_the_next_ones_find_it() {
        StoreHistory history = fresh().home("u1", "w1").home("u1", "w1").list("u1", "w1:owner:Home of w1*")
                .role("u1", "w1", "owner");
        assertThat(history.rules()).isEmpty();
        assertThat(history.exercised("STORE-04")).isEqualTo(1);
    }

    @Test
    void a_second_default_workspace_violates() {
        assertThat(fresh().home("u1", "w1").home("u1", "w2").rules()).contains("STORE-04").containsOnly("STORE-04");
        StoreHistory race = fresh();
        race.together(() -> race.home("u1", "w1").home("u1", "w2"));
        assertThat(race.rules()).containsExactly("STORE-04");
        assertThat(fresh().home("u1", "w1").list("u1", "w1:owner:Home of w1*", "w2:owner:My").rules())
                .containsExactly("STORE-04");
    }

    @Test
    void a_default_workspace_without_membership_violates() {
        assertThat(fresh().home("u1", "w1").role("u1", "w1", null).rules()).containsExactly("STORE-04");
        assertThat(fresh().home("u1", "w1").list("u1").rules()).contains("STORE-04");
        assertThat(fresh().refused().home("u1", null).rules()).containsExactly("STORE-04");
    }

    @Test
    void a_default_workspace_is_not_made_where_there_is_one() {
        assertThat(fresh().create("u1", "Mine", "w1").list("u1", "w1:owner:Mine").home("u1", "w2").rules())
                .containsExactly("STORE-04");
        assertThat(fresh().create("u1", "Mine", "w1").list("u1", "w1:owner:Mine").home("u1", "w1", "Mine").rules())
                .isEmpty();
    }

    @Test
    void a_user_may_be_created_with_a_workspace_and_a_created_one_may_become_active() {
        assertThat(fresh().list("u1", "w1:owner:My").create("u1", "Mine", "w2").list("u1", "w1:owner:My", "w2:owner:Mine*")
                .home("u1", "w2", "Mine").rules()).isEmpty();
        assertThat(fresh().list("u1", "w1:owner:My*").create("u1", "Mine", "w2").list("u1", "w1:owner:My*", "w2:owner:Mine")
                .home("u1", "w1", "My").rules()).isEmpty();
    }

    @Test
    void the_default_is_the_active_one() {
        assertThat(shared().list("u1", "w1:owner:S*", "w3:owner:Other 1").home("u1", "w3", "Other 1").rules())
                .containsExactly("STORE-04");
        assertThat(shared().home("u1", "w3", "Other 1").rules()).containsExactly("STORE-09");
    }

    @Test
    void what_was_activated_is_the_one_active_workspace() {
        StoreHistory history = shared().refused().activate("u1", "w4").list("u1", "w1:owner:S*", "w3:owner:Other 1");
        assertThat(history.rules()).isEmpty();
        assertThat(history.exercised("STORE-09")).isEqualTo(1);
        assertThat(shared().list("u1", "w1:owner:S*", "w3:owner:Other 1*").rules()).containsExactly("STORE-09");
        assertThat(shared().list("u1", "w1:owner:S", "w3:owner:Other 1*").rules()).containsExactly("STORE-09");
        assertThat(shared().list("u1", "w1:owner:S", "w3:owner:Other 1").rules()).containsExactly("STORE-09");
    }

    @Test
    void a_refused_activation_changes_nothing() {
        assertThat(shared().list("u1", "w1:owner:S*", "w3:owner:Other 1").refused().activate("u1", "w4")
                .list("u1", "w1:owner:S", "w3:owner:Other 1").rules()).containsExactly("STORE-09");
    }

    @Test
    void one_members_activation_does_not_move_another() {
        assertThat(shared().list("u2", "w1:editor:S*", "w4:owner:Other 2").activate("u1", "w3")
                .list("u2", "w1:editor:S", "w4:owner:Other 2*").rules()).containsExactly("STORE-15");
    }

    @Test
    void removal_rehomes_every_member_whose_active_workspace_it_was() {
        StoreHistory history = shared().remove("u1", "w1").list("u1", "w3:owner:Other 1*").list("u2", "w4:owner:Other 2*");
        assertThat(history.rules()).isEmpty();
        assertThat(history.exercised("STORE-08")).isEqualTo(1);
        assertThat(shared().remove("u1", "w1").home("u2", "w4", "Other 2").exercised("STORE-08")).isEqualTo(1);
    }

    @Test
    void removal_that_rehomes_only_the_acting_user_violates() {
        assertThat(shared().remove("u1", "w1").list("u1", "w3:owner:Other 1*").list("u2", "w4:owner:Other 2").rules())
                .containsExactly("STORE-08");
        assertThat(shared().remove("u1", "w1").home("u2", "w1").rules()).containsExactly("STORE-08");
        assertThat(shared().remove("u1", "w1").refused().home("u2", null).rules()).containsExactly("STORE-08");
    }

    @Test
    void without_another_workspace_none_is_active_until_a_default_is_made() {
        assertThat(fresh().home("u1", "w1").remove("u1", "w1").list("u1").home("u1", "w2").list("u1", "w2:owner:Home of w2*")
                .rules()).isEmpty();
        assertThat(fresh().home("u1", "w1").remove("u1", "w1").list("u1", "w2:owner:My*").rules()).isEmpty();
    }

    @Test
    void the_active_workspace_outlives_a_restart() {
        StoreHistory kept = shared().list("u2", "w1:editor:S*", "w4:owner:Other 2").restart()
                .list("u2", "w1:editor:S*", "w4:owner:Other 2");
        assertThat(kept.rules()).isEmpty();
        assertThat(kept.exercised("STORE-11")).isGreaterThan(1);
        assertThat(shared().list("u2", "w1:editor:S*", "w4:owner:Other 2").restart()
                .list("u2", "w1:editor:S", "w4:owner:Other 2").rules()).containsExactly("STORE-11");
    }
}
