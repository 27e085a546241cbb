package dev.or3.tck.suites.check.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MembershipRulesTest {

    private static StoreHistory shared() {
        return StoreHistory.grounded().space("w1", "u1:owner", "u2:editor", "u3:viewer").space("w9", "u9:owner");
    }

    @Test
    void a_creator_is_owner_and_sees_the_workspace() {
        StoreHistory history = shared().create("u1", "Mine", "w2").role("u1", "w2", "owner")
                .list("u1", "w1:owner:Shared", "w2:owner:Mine");
        assertThat(history.rules()).isEmpty();
        assertThat(history.exercised("STORE-05")).isEqualTo(1);
        assertThat(history.exercised("STORE-15")).isEqualTo(1);
    }

    @Test
    void a_creator_without_role_or_listing_violates() {
        assertThat(shared().create("u1", "Mine", "w2").role("u1", "w2", null).rules()).containsExactly("STORE-05");
        assertThat(shared().create("u1", "Mine", "w2").role("u1", "w2", "editor").rules()).containsExactly("STORE-05");
        assertThat(shared().create("u1", "Mine", "w2").list("u1", "w1:owner:Shared").rules()).containsExactly("STORE-05");
        assertThat(shared().create("u1", "Mine", "w2").list("u1", "w1:owner:Shared", "w2:owner:Thine").rules())
                .containsExactly("STORE-05");
        assertThat(shared().refused().create("u1", "Mine", null).rules()).containsExactly("STORE-05");
        assertThat(shared().create("u1", "Mine", "w1").rules()).containsExactly("STORE-05");
    }

    @Test
    void strangers_unknown_ids_and_removed_workspaces_have_no_role() {
        StoreHistory history = shared().role("u1", "w1", "owner").role("u9", "w1", null).role("u1", "nowhere", null)
                .role("nobody", "w1", null).remove("u1", "w1").role("u1", "w1", null).role("u2", "w1", null);
        assertThat(history.rules()).isEmpty();
        assertThat(history.exercised("STORE-06")).isEqualTo(5);
    }

    @Test
    void a_role_that_nobody_gave_violates() {
        assertThat(shared().role("u9", "w1", "viewer").rules()).containsExactly("STORE-06");
        assertThat(shared().role("u1", "nowhere", "owner").rules()).containsExactly("STORE-06");
        assertThat(shared().role("nobody", "w1", "viewer").rules()).containsExactly("STORE-06");
        assertThat(shared().remove("u1", "w1").role("u2", "w1", "editor").rules()).containsExactly("STORE-06");
        assertThat(shared().refused().role("u9", "w1", null).rules()).containsExactly("STORE-06");
    }

    @Test
    void a_role_may_be_old_or_gone_while_the_workspace_is_being_removed() {
        StoreHistory history = shared();
        history.together(() -> history.remove("u1", "w1").role("u2", "w1", "editor").role("u3", "w1", null));
        assertThat(history.rules()).isEmpty();
    }

    @Test
    void members_have_their_role_everywhere() {
        StoreHistory history = shared().create("u2", "Own", "w2").activate("u2", "w2").role("u2", "w1", "editor")
                .role("u2", "w2", "owner");
        assertThat(history.rules()).isEmpty();
        assertThat(history.exercised("STORE-14")).isEqualTo(2);
    }

    @Test
    void a_role_only_for_the_active_workspace_violates() {
        StoreHistory history = shared().create("u2", "Own", "w2").activate("u2", "w2").role("u2", "w2", "owner")
                .role("u2", "w1", null);
        assertThat(history.rules()).containsExactly("STORE-14");
        assertThat(shared().role("u3", "w1", "owner").rules()).containsExactly("STORE-14");
    }

    @Test
    void a_list_that_is_not_exactly_the_users_own_violates() {
        assertThat(shared().list("u2", "w1:editor:Shared", "w9:editor:Foreign").list("u9", "w9:owner:Foreign").rules())
                .containsExactly("STORE-15");
        assertThat(shared().list("u2", "w1:owner:Shared").rules()).containsExactly("STORE-15");
        assertThat(shared().list("u2").rules()).containsExactly("STORE-15");
        assertThat(shared().list("u2", "w1:editor:Shared", "w1:editor:Shared").rules()).containsExactly("STORE-15");
        assertThat(shared().refused().list("u2").rules()).containsExactly("STORE-15");
    }

    @Test
    void a_removed_workspace_is_hidden_from_every_member() {
        assertThat(shared().remove("u1", "w1").list("u1").list("u2").rules()).isEmpty();
        assertThat(shared().remove("u1", "w1").list("u1").list("u2", "w1:editor:Shared").rules())
                .containsExactly("STORE-08");
    }

    @Test
    void a_refused_removal_that_removes_violates() {
        assertThat(shared().refused().remove("u2", "w1").role("u1", "w1", null).rules()).containsExactly("STORE-07");
        assertThat(shared().refused().remove("u9", "w1").list("u2").rules()).containsExactly("STORE-07");
    }

    @Test
    void memberships_outlive_a_restart() {
        StoreHistory kept = shared().role("u2", "w1", "editor").restart().role("u2", "w1", "editor");
        assertThat(kept.rules()).isEmpty();
        assertThat(kept.exercised("STORE-11")).isEqualTo(1);
        assertThat(shared().role("u2", "w1", "editor").restart().role("u2", "w1", null).rules()).containsExactly("STORE-11");
        assertThat(shared().list("u2", "w1:editor:Shared").restart().list("u2").rules()).containsExactly("STORE-11");
    }

    @Test
    void where_an_answer_was_lost_nothing_is_concluded() {
        assertThat(shared().lost().remove("u1", "w1").role("u2", "w1", null).rules()).isEmpty();
        assertThat(shared().lost().remove("u1", "w1").role("u2", "w1", "editor").role("u2", "w1", null).rules()).isEmpty();
        assertThat(shared().lost().create("u1", "Late", null).list("u1", "w1:owner:Shared", "w7:owner:Late").rules())
                .isEmpty();
    }
}
