package dev.or3.tck.suites.check.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.suites.run.Outcome;
import org.junit.jupiter.api.Test;

class IdentityRulesTest {

    @Test
    void one_identity_that_stays_one_user_passes() {
        StoreHistory history = StoreHistory.grounded().enter("github", "alice", "u1").enter("github", "alice", "u1")
                .find("github", "alice", "u1").find("github", "bob", null);
        assertThat(history.rules()).isEmpty();
        assertThat(history.exercised("STORE-01")).isEqualTo(1);
        assertThat(history.exercised("STORE-02")).isZero();
    }

    @Test
    void asked_again_one_identity_is_not_another_user() {
        StoreHistory history = StoreHistory.grounded().enter("github", "alice", "u1").enter("github", "alice", "u2");
        assertThat(history.rules()).containsExactly("STORE-01");
        assertThat(history.verdict().violations().get(0).witnesses()).containsExactly(3, 4);
        assertThat(history.verdict().violations().get(0).sentence())
                .isEqualTo("Because getOrCreateUser (event 3) was told that (github, alice) is user u1, yet"
                        + " getOrCreateUser (event 4) was told that it is user u2.");
    }

    @Test
    void a_known_identity_is_found() {
        assertThat(StoreHistory.grounded().enter("github", "alice", "u1").find("github", "alice", null).rules())
                .containsExactly("STORE-01");
    }

    @Test
    void a_well_formed_identity_is_not_refused_and_overload_is_no_refusal() {
        assertThat(StoreHistory.grounded().refused().enter("github", "alice", null).rules()).containsExactly("STORE-01");
        assertThat(StoreHistory.grounded().refused().enter("github", "", null).rules()).isEmpty();
        assertThat(StoreHistory.grounded().answering(Outcome.FAILED, 503).enter("github", "alice", null).rules()).isEmpty();
    }

    @Test
    void a_race_for_one_identity_makes_one_user() {
        StoreHistory history = StoreHistory.grounded();
        history.together(() -> history.enter("github", "alice", "u1").enter("github", "alice", "u1"));
        assertThat(history.rules()).isEmpty();
        assertThat(history.exercised("STORE-02")).isEqualTo(1);
    }

    @Test
    void a_race_that_makes_two_users_violates_the_rule_about_races() {
        StoreHistory history = StoreHistory.grounded();
        history.together(() -> history.enter("github", "alice", "u1").enter("github", "alice", "u2"));
        assertThat(history.rules()).containsExactly("STORE-02");
    }

    @Test
    void the_orphan_of_a_race_shows_when_it_answers_later() {
        StoreHistory history = StoreHistory.grounded();
        history.together(() -> history.enter("github", "alice", "u1").enter("github", "alice", "u1"));
        assertThat(history.enter("github", "alice", "u2").rules()).containsExactly("STORE-02");
    }

    @Test
    void losing_the_race_is_no_reason_for_an_error() {
        StoreHistory history = StoreHistory.grounded();
        history.together(() -> history.enter("github", "alice", "u1").failed().enter("github", "alice", null));
        assertThat(history.rules()).containsExactly("STORE-02");
    }

    @Test
    void twins_that_are_two_users_pass_and_count() {
        StoreHistory history = StoreHistory.grounded().enter("a", "b:c", "u1").enter("a:b", "c", "u2")
                .enter("github", "Alice", "u3").enter("github", "alice", "u4").enter("gitlab", "alice", "u5");
        assertThat(history.rules()).isEmpty();
        assertThat(history.exercised("STORE-03")).isEqualTo(4);
    }

    @Test
    void two_identities_that_share_a_user_violate() {
        assertThat(StoreHistory.grounded().enter("a", "b:c", "u1").enter("a:b", "c", "u1").rules())
                .containsExactly("STORE-03");
        assertThat(StoreHistory.grounded().enter("github", "Alice", "u1").find("github", "alice", "u1").rules())
                .containsExactly("STORE-03");
    }

    @Test
    void an_identity_that_changes_its_user_over_a_restart_was_not_kept() {
        StoreHistory kept = StoreHistory.grounded().enter("github", "alice", "u1").restart().enter("github", "alice", "u1");
        assertThat(kept.rules()).isEmpty();
        assertThat(kept.exercised("STORE-11")).isEqualTo(1);
        assertThat(StoreHistory.grounded().enter("github", "alice", "u1").restart().enter("github", "alice", "u2").rules())
                .containsExactly("STORE-11");
    }
}
