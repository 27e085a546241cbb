package dev.or3.tck.suites.check.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.suites.check.ask.AskHistory;
import org.junit.jupiter.api.Test;

class JobRulesTest {
    private final AskHistory history = new AskHistory("jobs");

    private void count(int told) {
        history.ask("u", "getActiveJobCount", "{}", String.valueOf(told));
    }

    private void create(String user, String id) {
        history.ask(user, "createJob", creation(user), "'" + id + "'");
    }

    private static String creation(String user) {
        return "{'userId':'" + user + "','threadId':'t','messageId':'m','model':'x'}";
    }

    private static String of(String user, String id) {
        return "{'jobId':'" + id + "','userId':'" + user + "'}";
    }

    private void get(String id, String status, String content) {
        look("u", id, "{'id':'" + id + "','userId':'u','threadId':'t','messageId':'m','model':'x','status':'" + status
                + "','content':'" + content + "','startedAt':1}");
    }

    private void look(String user, String id, String answer) {
        history.ask(user, "getJob", of(user, id), answer);
    }

    private void write(String id, String chunk) {
        history.ask("u", "updateJob", "{'jobId':'" + id + "','contentChunk':'" + chunk + "'}", "null");
    }

    private void complete(String id, String content) {
        history.ask("u", "completeJob", "{'jobId':'" + id + "','finalContent':'" + content + "'}", "null");
    }

    private void abort(String user, String id, boolean answer) {
        history.ask(user, "abortJob", of(user, id), String.valueOf(answer));
    }

    private void cleanup() {
        history.ask("u", "cleanupExpired", "{}", "0");
    }

    @Test
    void a_life_that_is_right_is_no_violation_and_counts() {
        count(0);
        create("u", "j");
        history.together(() -> {
            write("j", "[a]");
            write("j", "[b]");
        });
        get("j", "streaming", "[a][b]");
        look("other", "j", "null");
        abort("other", "j", false);
        complete("j", "done");
        history.refused(409);
        write("j", "[late]");
        abort("u", "j", false);
        get("j", "complete", "done");
        count(0);
        assertThat(history.violated()).isEmpty();
        assertThat(history.exercised()).containsExactly("JOB-01", "JOB-02", "JOB-03");
    }

    @Test
    void late_calls_may_be_ignored_too() {
        create("u", "j");
        get("j", "streaming", "");
        abort("u", "j", true);
        write("j", "[late]");
        complete("j", "late");
        get("j", "aborted", "");
        assertThat(history.violated()).isEmpty();
    }

    @Test
    void an_end_is_final() {
        create("u", "j");
        abort("u", "j", true);
        complete("j", "late");
        get("j", "complete", "late");
        assertThat(history.violated()).containsExactly("JOB-01");
    }

    @Test
    void what_ended_does_not_stream_again() {
        create("u", "j");
        complete("j", "x");
        get("j", "complete", "x");
        write("j", "[late]");
        get("j", "streaming", "x");
        assertThat(history.violated()).containsExactly("JOB-01");
    }

    @Test
    void a_late_chunk_changes_nothing() {
        create("u", "j");
        write("j", "[a]");
        abort("u", "j", true);
        write("j", "[late]");
        get("j", "aborted", "[a][late]");
        assertThat(history.violated()).containsExactly("JOB-01");
    }

    @Test
    void of_two_ends_at_once_one_wins() {
        create("u", "j");
        history.together(() -> {
            abort("u", "j", true);
            complete("j", "x");
        });
        get("j", "aborted", "");
        assertThat(history.violated()).isEmpty();
        history.refused(409).ask("u", "failJob", "{'jobId':'j','error':'e'}", "");
        get("j", "complete", "x");
        assertThat(history.violated()).containsExactly("JOB-01");
    }

    @Test
    void an_end_without_an_answer_may_have_come_or_not() {
        create("u", "j");
        history.refused(0);
        complete("j", "x");
        get("j", "streaming", "");
        get("j", "complete", "x");
        assertThat(history.violated()).isEmpty();
    }

    @Test
    void a_job_is_aborted_once() {
        create("u", "j");
        history.together(() -> {
            abort("u", "j", true);
            abort("u", "j", true);
        });
        assertThat(history.violated()).containsExactly("JOB-02");
    }

    @Test
    void nobody_else_sees_a_job_or_aborts_it() {
        create("u", "j");
        look("other", "j", "{'id':'j','userId':'u','status':'streaming','content':''}");
        abort("other", "j", true);
        assertThat(history.violated()).containsExactly("JOB-02");
        assertThat(history.verdict().violations()).hasSize(2);
    }

    @Test
    void a_job_shows_as_it_was_made() {
        create("u", "j");
        look("u", "j", "{'id':'j','userId':'u','threadId':'m','messageId':'m','model':'x','status':'streaming','content':''}");
        assertThat(history.violated()).containsExactly("JOB-02");
    }

    @Test
    void a_chunk_that_was_accepted_is_there_once() {
        create("u", "j");
        write("j", "[a]");
        write("j", "[b]");
        get("j", "streaming", "[b]");
        assertThat(history.violated()).containsExactly("JOB-03");
    }

    @Test
    void chunks_of_one_writer_keep_their_order() {
        create("u", "j");
        write("j", "[a]");
        write("j", "[b]");
        get("j", "streaming", "[b][a]");
        assertThat(history.violated()).containsExactly("JOB-03");
    }

    @Test
    void content_that_nobody_sent_is_told() {
        create("u", "j");
        write("j", "[a]");
        get("j", "streaming", "[a]null");
        assertThat(history.violated()).containsExactly("JOB-03");
    }

    @Test
    void a_complete_job_shows_its_final_content() {
        create("u", "j");
        write("j", "[a]");
        complete("j", "whole");
        get("j", "complete", "[a]");
        assertThat(history.violated()).containsExactly("JOB-03");
    }

    @Test
    void a_user_has_five_jobs_at_once_and_then_room_again() {
        count(2);
        for (int i = 0; i < 5; i++) {
            create("u", "j" + i);
        }
        get("j0", "streaming", "");
        count(7);
        history.refused(429).ask("u", "createJob", creation("u"), "");
        abort("u", "j0", true);
        create("u", "j5");
        assertThat(history.violated()).isEmpty();
        assertThat(history.exercised()).contains("JOB-04");
        create("u", "j6");
        assertThat(history.violated()).containsExactly("JOB-04");
    }

    @Test
    void with_others_there_may_be_no_room_for_all() {
        count(18);
        create("u", "j0");
        create("u", "j1");
        history.refused(429).ask("u", "createJob", creation("u"), "");
        assertThat(history.violated()).isEmpty();
    }

    @Test
    void nobody_is_refused_while_there_is_room() {
        count(0);
        create("u", "j0");
        history.refused(429).ask("u", "createJob", creation("u"), "");
        assertThat(history.violated()).containsExactly("JOB-04");
    }

    @Test
    void without_a_first_count_a_refusal_says_nothing() {
        create("u", "j0");
        history.refused(429).ask("u", "createJob", creation("u"), "");
        assertThat(history.violated()).isEmpty();
    }

    @Test
    void a_count_must_be_possible() {
        count(1);
        create("u", "j0");
        count(1);
        count(2);
        assertThat(history.violated()).isEmpty();
        count(3);
        assertThat(history.violated()).containsExactly("JOB-04");
    }

    @Test
    void stale_and_finished_jobs_go_at_a_cleanup_and_no_others() {
        create("u", "idle");
        create("u", "active");
        create("u", "done");
        complete("done", "x");
        history.later(200);
        write("active", "[a]");
        cleanup();
        get("idle", "streaming", "");
        get("done", "complete", "x");
        history.later(200);
        cleanup();
        get("idle", "error", "");
        get("active", "streaming", "[a]");
        look("u", "done", "null");
        assertThat(history.violated()).isEmpty();
        assertThat(history.exercised()).contains("JOB-05");
    }

    @Test
    void an_active_job_does_not_time_out() {
        create("u", "j");
        history.later(200);
        write("j", "[a]");
        history.later(200);
        cleanup();
        get("j", "error", "[a]");
        assertThat(history.violated()).containsExactly("JOB-05");
    }

    @Test
    void a_job_that_just_ended_is_not_forgotten() {
        create("u", "j");
        complete("j", "x");
        cleanup();
        look("u", "j", "null");
        assertThat(history.violated()).containsExactly("JOB-05");
    }

    @Test
    void a_stale_job_does_not_stream_after_a_cleanup() {
        create("u", "j");
        history.later(310);
        get("j", "streaming", "");
        cleanup();
        get("j", "streaming", "");
        assertThat(history.violated()).containsExactly("JOB-05");
    }

    @Test
    void what_ended_long_ago_is_not_shown_after_a_cleanup() {
        create("u", "j");
        complete("j", "x");
        history.later(310);
        get("j", "complete", "x");
        cleanup();
        get("j", "complete", "x");
        assertThat(history.violated()).containsExactly("JOB-05");
    }

    @Test
    void near_the_time_out_either_is_right() {
        create("u", "j");
        history.later(299);
        cleanup();
        get("j", "error", "");
        assertThat(history.violated()).isEmpty();
    }

    @Test
    void malformed_input_is_refused_and_makes_no_job() {
        create("u", "j");
        count(1);
        history.refused(400).ask("u", "createJob", "{'userId':'u','threadId':'t'}", "");
        count(1);
        assertThat(history.violated()).isEmpty();
        assertThat(history.exercised()).contains("JOB-06");
        history.refused(400).ask("u", "createJob", "{'userId':'u','threadId':'t'}", "");
        count(2);
        assertThat(history.violated()).contains("JOB-06");
    }

    @Test
    void whoever_calls_names_themselves() {
        create("u", "j");
        history.ask("other", "createJob", creation("u"), "'k'");
        assertThat(history.violated()).containsExactly("JOB-06");
    }
}
