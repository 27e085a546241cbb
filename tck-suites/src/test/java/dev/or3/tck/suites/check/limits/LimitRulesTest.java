package dev.or3.tck.suites.check.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.suites.check.ask.AskHistory;
import org.junit.jupiter.api.Test;

class LimitRulesTest {
    private final AskHistory history = new AskHistory("rateLimits");

    private AskHistory check(String key, boolean allowed, int remaining) {
        return history.ask("u", "checkAndRecord", input(key),
                "{'allowed':" + allowed + ",'remaining':" + remaining + "}");
    }

    private AskHistory stats(String key, int remaining) {
        return history.ask("u", "getStats", input(key), "{'limit':2,'remaining':" + remaining + ",'resetMs':5}");
    }

    private static String input(String key) {
        return "{'key':'" + key + "','config':{'windowMs':60000,'maxRequests':2}}";
    }

    private void usedUp() {
        check("k", true, 1);
        check("k", true, 0);
        check("k", false, 0);
    }

    @Test
    void a_limit_that_is_kept_is_no_violation_and_counts() {
        stats("k", 2);
        usedUp();
        stats("k", 0);
        history.later(200);
        check("k", true, 1);
        assertThat(history.violated()).isEmpty();
        assertThat(history.exercised()).containsExactly("RATE-01", "RATE-02", "RATE-03");
    }

    @Test
    void what_remains_may_be_told_too_low() {
        check("k", true, 0);
        check("k", true, 0);
        check("k", false, 0);
        assertThat(history.violated()).isEmpty();
    }

    @Test
    void one_more_than_the_limit_in_a_burst_is_too_many() {
        usedUp();
        check("k", true, 0);
        assertThat(history.violated()).containsExactly("RATE-01");
    }

    @Test
    void all_at_once_is_a_burst_too() {
        check("other", false, 0);
        history.together(() -> {
            check("k", true, 0);
            check("k", true, 0);
            check("k", true, 0);
        });
        assertThat(history.violated()).contains("RATE-01");
    }

    @Test
    void answers_of_a_burst_need_an_order() {
        history.together(() -> {
            check("k", true, 1);
            check("k", true, 1);
        });
        check("k", false, 0);
        assertThat(history.violated()).containsExactly("RATE-03");
    }

    @Test
    void a_denial_after_a_quiet_window_is_wrong() {
        usedUp();
        history.later(63);
        check("k", false, 0);
        assertThat(history.violated()).containsExactly("RATE-02");
    }

    @Test
    void a_denial_shortly_before_the_window_ends_is_right() {
        usedUp();
        history.later(59);
        check("k", false, 0);
        assertThat(history.violated()).isEmpty();
    }

    @Test
    void the_time_to_retry_after_is_a_promise() {
        check("k", true, 1);
        history.later(30);
        check("k", true, 0);
        history.ask("u", "checkAndRecord", input("k"), "{'allowed':false,'remaining':0,'retryAfterMs':5000}");
        history.later(10);
        check("k", false, 0);
        assertThat(history.violated()).containsExactly("RATE-02");
    }

    @Test
    void nobody_waits_longer_than_a_window() {
        check("k", true, 1);
        check("k", true, 0);
        history.ask("u", "checkAndRecord", input("k"), "{'allowed':false,'remaining':0,'retryAfterMs':600000}");
        assertThat(history.violated()).containsExactly("RATE-02");
    }

    @Test
    void a_key_is_not_denied_for_the_requests_of_another() {
        usedUp();
        check("other", false, 0);
        assertThat(history.violated()).containsExactly("RATE-03");
    }

    @Test
    void a_request_without_an_answer_may_count_or_not() {
        check("k", true, 1);
        history.refused(0);
        check("k", true, 0);
        check("k", false, 0);
        assertThat(history.violated()).isEmpty();
    }

    @Test
    void more_remains_than_is_left() {
        usedUp();
        stats("k", 1);
        assertThat(history.violated()).containsExactly("RATE-03");
    }

    @Test
    void without_a_denial_nothing_is_shown() {
        check("k", true, 1);
        check("k", true, 0);
        assertThat(history.exercised()).isEmpty();
    }

    @Test
    void a_malformed_request_is_refused_and_leaves_no_trace() {
        usedUp();
        stats("k", 0);
        history.refused(400).ask("u", "checkAndRecord", "{'key':'k'}", "");
        stats("k", 0);
        assertThat(history.violated()).isEmpty();
        assertThat(history.exercised()).contains("RATE-04");
    }

    @Test
    void a_malformed_request_that_is_answered_is_told() {
        usedUp();
        history.ask("u", "checkAndRecord", "{'key':'k','config':{'windowMs':-1,'maxRequests':2}}",
                "{'allowed':true,'remaining':1}");
        assertThat(history.violated()).containsExactly("RATE-04");
    }

    @Test
    void a_malformed_request_that_counts_is_told() {
        check("k", true, 1);
        stats("k", 1);
        history.refused(400).ask("u", "checkAndRecord", "{'key':'k'}", "");
        stats("k", 0);
        assertThat(history.violated()).containsExactly("RATE-04");
    }
}
