package dev.or3.tck.suites.check.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.suites.check.ask.AskHistory;
import dev.or3.tck.suites.run.Call;
import org.junit.jupiter.api.Test;

/** A file is a letter: its digest is that letter, over and over, and it has so many bytes as is said. */
class StorageRulesTest {
    private static final long DAY = 24 * 3600;
    private static final long QUOTA = 1000;

    private final AskHistory history = new AskHistory("storage", Manifest.Component.with("commit", "gc", "delete", "quota"),
            new Limits(null, null, null, null, null, null, null, null, null, QUOTA))
            .space("w", "u:owner").space("x", "stranger:owner").session("stranger", "x");

    private static String hash(char file) {
        return "sha256:" + String.valueOf(file).repeat(64);
    }

    private static Call.Bytes bytes(char file, int size) {
        return new Call.Bytes(size, String.valueOf(file).repeat(64));
    }

    private int presign(String user, String workspace, String method, String hash, int size) {
        history.ask(user, method, "{'workspaceId':'" + workspace + "','hash':'" + hash + "'" + (size < 0 ? ""
                : ",'mimeType':'m','sizeBytes':" + size) + "}", "{'url':'http://u'}");
        return history.last();
    }

    private int announce(char file, int size) {
        return presign("u", "w", "presignUpload", hash(file), size);
    }

    private int send(char file, int size) {
        int url = announce(file, size);
        history.carry(url, false, bytes(file, size), null);
        return url;
    }

    private void commit(char file, int size) {
        history.ask("u", "commit", "{'workspace_id':'w','hash':'" + hash(file) + "','size_bytes':" + size + "}", "null");
    }

    private void store(char file, int size) {
        send(file, size);
        commit(file, size);
    }

    private int asked(char file) {
        return presign("u", "w", "presignDownload", hash(file), -1);
    }

    private void read(char file, int size) {
        history.carry(asked(file), false, null, bytes(file, size));
    }

    private void readNothing(char file) {
        history.refused(404);
        asked(file);
    }

    private void collect(long retention) {
        history.ask("u", "gc", "{'workspace_id':'w','retention_seconds':" + retention + "}", "{'deleted_count':0}");
    }

    private void assertViolated(String... rules) {
        assertThat(history.violated()).containsExactly(rules);
    }

    @Test
    void what_is_stored_and_read_is_no_violation_and_counts() {
        store('a', 100);
        read('a', 100);
        commit('a', 100);
        history.refused(409);
        commit('a', 100);
        history.refused(403);
        presign("stranger", "w", "presignDownload", hash('a'), -1);
        readNothing('b');
        history.refused(400);
        presign("u", "w", "presignDownload", "sha256:..", -1);
        history.refused(413);
        announce('c', 950);
        history.restart();
        int url = asked('a');
        history.carry(url, false, null, bytes('a', 100));
        history.later(2 * DAY);
        collect(DAY);
        history.refused(403).carry(url, false, null, null);
        read('a', 100);
        assertViolated();
        assertThat(history.exercised()).contains("STOR-01", "STOR-02", "STOR-03", "STOR-04", "STOR-05", "STOR-06", "STOR-07",
                "STOR-08");
    }

    @Test
    void other_bytes_than_were_sent_do_not_come_back() {
        store('a', 100);
        history.carry(asked('a'), false, null, bytes('b', 100));
        assertViolated("STOR-01");
    }

    @Test
    void what_is_stored_is_found() {
        store('a', 100);
        read('a', 100);
        readNothing('a');
        assertViolated("STOR-01");
    }

    @Test
    void a_good_upload_is_taken_and_a_good_request_answered() {
        int url = announce('a', 100);
        history.refused(500).carry(url, false, bytes('a', 100), null);
        assertViolated("STOR-01");
        history.refused(403);
        announce('b', 10);
        assertThat(history.verdict().violations()).hasSize(2);
    }

    @Test
    void an_answer_without_a_url_is_none() {
        history.ask("u", "presignUpload", "{'workspaceId':'w','hash':'" + hash('a') + "','mimeType':'m','sizeBytes':1}",
                "null");
        assertViolated("STOR-01");
    }

    @Test
    void a_lost_upload_may_have_come_or_not() {
        int url = announce('a', 100);
        history.refused(0).carry(url, false, bytes('a', 100), null);
        history.refused(404);
        commit('a', 100);
        readNothing('a');
        assertViolated();
    }

    @Test
    void a_url_ends() {
        store('a', 100);
        int url = asked('a');
        history.later(3700).carry(url, false, null, bytes('a', 100));
        assertViolated("STOR-02");
    }

    @Test
    void an_end_is_told_within_the_hour() {
        history.ask("u", "presignUpload", "{'workspaceId':'w','hash':'" + hash('a') + "','mimeType':'m','sizeBytes':1}",
                "{'url':'http://u','expiresAt':1800000000}");
        assertViolated("STOR-02");
    }

    @Test
    void an_end_in_milliseconds_is_an_end_too() {
        history.ask("u", "presignUpload", "{'workspaceId':'w','hash':'" + hash('a') + "','mimeType':'m','sizeBytes':1}",
                "{'url':'http://u','expiresAt':" + (1_700_006_420L + 900) * 1000 + "}");
        assertViolated();
    }

    @Test
    void a_stranger_gets_nothing() {
        store('a', 100);
        int url = presign("stranger", "w", "presignDownload", hash('a'), -1);
        history.carry(url, false, null, bytes('a', 100));
        assertViolated("STOR-03");
    }

    @Test
    void a_hash_of_another_workspace_is_unknown() {
        store('a', 100);
        int url = presign("stranger", "x", "presignDownload", hash('a'), -1);
        history.carry(url, false, null, bytes('a', 100));
        assertViolated("STOR-03");
    }

    @Test
    void a_changed_url_brings_no_other_file_but_may_bring_its_own() {
        store('a', 100);
        int url = asked('a');
        history.carry(url, true, null, bytes('a', 100));
        assertViolated();
        history.carry(url, true, null, bytes('b', 7));
        assertViolated("STOR-03");
    }

    @Test
    void unknown_files_are_not_found_also_behind_a_url() {
        history.carry(asked('b'), false, null, bytes('e', 0));
        assertViolated("STOR-04");
        history.refused(500);
        asked('c');
        assertThat(history.verdict().violations()).hasSize(2);
    }

    @Test
    void a_url_for_an_unknown_file_is_no_violation_while_it_brings_nothing() {
        int url = asked('b');
        history.refused(403).carry(url, false, null, null);
        assertViolated();
    }

    @Test
    void a_hash_that_is_none_is_refused() {
        presign("u", "w", "presignUpload", "sha256:../../etc/passwd", 1);
        assertViolated("STOR-04");
    }

    @Test
    void a_deleted_file_is_gone() {
        store('a', 100);
        read('a', 100);
        history.ask("u", "deleteObject", "{'workspaceId':'w','hash':'" + hash('a') + "'}", "null");
        read('a', 100);
        assertViolated("STOR-04");
    }

    @Test
    void a_commit_needs_the_bytes_that_were_announced() {
        announce('a', 100);
        commit('a', 100);
        int url = announce('b', 100);
        history.carry(url, false, bytes('c', 100), null);
        commit('b', 100);
        send('d', 100);
        commit('d', 99);
        assertViolated("STOR-05");
        assertThat(history.verdict().violations()).hasSize(3);
    }

    @Test
    void a_repeated_commit_is_no_bad_request() {
        store('a', 100);
        history.refused(400);
        commit('a', 100);
        assertViolated("STOR-05");
    }

    @Test
    void a_collection_takes_no_young_upload_and_no_committed_file() {
        store('a', 100);
        read('a', 100);
        send('b', 100);
        collect(DAY);
        history.refused(404);
        commit('b', 100);
        readNothing('a');
        assertViolated("STOR-06");
        assertThat(history.verdict().violations()).hasSize(2);
    }

    @Test
    void an_old_upload_goes_in_the_end() {
        send('a', 100);
        history.later(2 * DAY);
        collect(DAY);
        commit('a', 100);
        read('a', 100);
        assertViolated("STOR-06");
    }

    @Test
    void more_than_the_quota_is_too_much() {
        store('a', 600);
        store('b', 600);
        assertViolated("STOR-07");
    }

    @Test
    void there_is_room_for_what_fits() {
        store('a', 600);
        history.refused(413);
        announce('b', 300);
        assertViolated("STOR-07");
    }

    @Test
    void an_upload_that_did_not_come_holds_its_room_only_while_it_may_come() {
        announce('a', 600);
        history.refused(413);
        announce('b', 600);
        assertViolated();
        history.later(3700).refused(413);
        announce('b', 600);
        assertViolated("STOR-07");
    }

    @Test
    void what_is_committed_twice_counts_once() {
        store('a', 400);
        commit('a', 400);
        history.refused(413);
        announce('b', 400);
        assertViolated("STOR-05");
    }

    @Test
    void a_restart_loses_nothing_that_is_committed() {
        store('a', 100);
        read('a', 100);
        history.restart();
        readNothing('a');
        assertViolated("STOR-08");
    }

    @Test
    void malformed_requests_are_refused_and_do_nothing() {
        store('a', 100);
        read('a', 100);
        announce('b', -5);
        history.refused(400);
        history.ask("u", "deleteObject", "{'workspaceId':'w','hash':'" + hash('a') + "','storageId':{}}", "null");
        readNothing('a');
        assertViolated("STOR-09");
        assertThat(history.verdict().violations()).hasSize(2);
    }
}
