package dev.or3.tck.suites.check.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.suites.backend.Canaries;
import dev.or3.tck.suites.check.ask.AskHistory;
import org.junit.jupiter.api.Test;

class ConfigRulesTest {
    private static final String SECRET = new Canaries("0123456789").of("password", "a");
    private static final String OWN = "{'orgId':'w'}";
    private static final String MINE = "{'orgId':'w','actorId':'u'}";

    private final AskHistory history = new AskHistory("config").space("w", "u:owner", "e:editor").space("v", "s:owner")
            .arranged("environment", "{}", "{'type':'convex','backend':'default-backend'}");

    private AskHistory play(String backend, String mood) {
        return history.arranged("play", "{'backend':'" + backend + "','type':'wordpress'" + mood + "}", null);
    }

    private static String config(String backend) {
        return "{'type':'wordpress','baseUrl':'http://h:1/r-" + backend + "/wp-json','username':'n','applicationPassword':'"
                + SECRET + "'}";
    }

    private static String change(String org, String user, String backend) {
        return "{'orgId':'" + org + "','actorId':'" + user + "','config':" + config(backend) + "}";
    }

    private static String changed(String id) {
        return "{'configId':'" + id + "','durationMillis':5,'steps':[{'name':'test','millis':4}]}";
    }

    private AskHistory switched(String backend, String id) {
        return history.ask("u", "switchProvider", change("w", "u", backend), changed(id));
    }

    private AskHistory query(String mark) {
        return history.ask("u", "query", OWN, answer(mark));
    }

    private static String answer(String mark) {
        return "{'type':'" + (mark.equals("default-backend") ? "convex" : "wordpress") + "','result':{'backend':'" + mark
                + "'}}";
    }

    private AskHistory active(String id, String previous) {
        return history.ask("u", "activeConfig", MINE, "{'configId':" + id + ",'type':'" + (id.equals("null") ? "convex"
                : "wordpress")
                + "','config':{'type':'wordpress','applicationPassword':'***'},'previous':" + previous + "}");
    }

    private AskHistory events(String... events) {
        return history.ask("u", "events", OWN, "[" + String.join(",", events) + "]");
    }

    private static String event(String type, String metadata) {
        return "{'type':'" + type + "','actorId':'u','orgId':'w','at':1,'metadata':" + metadata + "}";
    }

    @Test
    void a_switch_a_failed_one_and_a_rollback_fit() {
        String first = event("settings_updated", "{'switchDuration':5}");
        String back = event("settings_updated", "{'settingType':'backend_provider_rollback','switchDuration':1}");
        query("default-backend");
        active("null", "null");
        play("a", "");
        switched("a", "c1");
        query("r-a");
        events(first);
        play("b", ",'status':'500'");
        history.refused(422).ask("u", "switchProvider", change("w", "u", "b"), "null");
        query("r-a");
        events(first);
        play("b", "");
        switched("b", "c2");
        active("'c2'", "'c1'");
        history.ask("u", "rollbackProvider", MINE, changed("c1"));
        query("r-a");
        events(first, first.replace("5", "6"), back);
        assertThat(history.violated()).isEmpty();
        assertThat(history.exercised()).contains("CFG-02", "CFG-07", "CFG-08", "CFG-12");
    }

    @Test
    void a_failed_switch_changes_nothing() {
        play("a", "");
        switched("a", "c1");
        history.refused(500).ask("u", "switchProvider", change("w", "u", "b"), "null");
        query("r-b");
        assertThat(history.violated()).containsExactly("CFG-07");
    }

    @Test
    void a_failed_switch_leaves_no_event_of_a_change() {
        query("default-backend");
        events();
        history.refused(422).ask("u", "switchProvider", change("w", "u", "b"), "null");
        events(event("entity_created", "{}"));
        assertThat(history.violated()).containsExactly("CFG-07");
    }

    @Test
    void of_two_switches_at_once_one_is_the_last() {
        history.together(() -> {
            switched("a", "c1");
            switched("b", "c2");
        });
        query("r-a");
        assertThat(history.violated()).isEmpty();
        query("r-b");
        assertThat(history.violated()).containsExactly("CFG-07");
    }

    @Test
    void who_chose_nothing_gets_the_default() {
        query("r-a");
        assertThat(history.violated()).containsExactly("CFG-02");
    }

    @Test
    void a_rollback_goes_to_the_one_before() {
        switched("a", "c1");
        switched("b", "c2");
        history.ask("u", "rollbackProvider", MINE, "{'configId':null,'durationMillis':1,'steps':[]}");
        query("default-backend");
        assertThat(history.violated()).containsExactly("CFG-08");
    }

    @Test
    void a_rollback_without_an_event_is_noticed() {
        switched("a", "c1");
        switched("b", "c2");
        String old = event("settings_updated", "{'duration':1}");
        events(old);
        history.ask("u", "rollbackProvider", MINE, changed("c1"));
        events(old);
        assertThat(history.violated()).containsExactly("CFG-08");
    }

    @Test
    void organizations_do_not_meet() {
        play("a", "");
        switched("a", "c1");
        history.ask("s", "switchProvider", change("v", "s", "b"), changed("c2"));
        query("r-b");
        assertThat(history.violated()).containsExactly("CFG-06");
    }

    @Test
    void one_that_is_well_is_served_while_another_fails() {
        play("a", "");
        switched("a", "c1");
        play("b", "");
        history.ask("s", "switchProvider", change("v", "s", "b"), changed("c2"));
        play("b", ",'dead':'true'");
        history.refused(502).ask("s", "query", "{'orgId':'v'}", "null");
        query("r-a");
        assertThat(history.violated()).isEmpty();
        assertThat(history.exercised()).contains("CFG-06");
        history.refused(502).ask("u", "query", OWN, "null");
        assertThat(history.violated()).containsExactly("CFG-06");
    }

    @Test
    void every_wrong_field_is_named() {
        String wrong = "{'type':'notion','config':{'token':'x'}}";
        history.ask("u", "validate", "{'type':'notion','config':{'token':'secret_x','databaseId':'d'}}",
                "{'ok':true,'errors':[]}");
        history.ask("u", "validate", wrong, "{'ok':false,'errors':[{'field':'token','message':'expected secret_ and more'},"
                + "{'field':'config.databaseId','message':'expected an id'}]}");
        assertThat(history.violated()).isEmpty();
        assertThat(history.exercised()).contains("CFG-01");
        history.ask("u", "validate", wrong,
                "{'ok':false,'errors':[{'field':'token','message':'expected secret_ and more'}]}");
        assertThat(history.violated()).containsExactly("CFG-01");
    }

    @Test
    void a_password_in_groups_of_four_is_right() {
        String grouped = config("a").replace(SECRET, "abcd EFGH 1234 ijkl MNOP 5678");
        history.ask("u", "validate", "{'type':'wordpress','config':" + grouped + "}", "{'ok':false,'errors':[]}");
        assertThat(history.violated()).containsExactly("CFG-01");
    }

    @Test
    void only_owners_and_admins_change() {
        history.ask("e", "switchProvider", change("w", "e", "a"), changed("c1"));
        assertThat(history.violated()).containsExactly("CFG-09");
    }

    @Test
    void an_admin_may_and_one_who_was_may_not() {
        history.ask("admin", "u", "grantAdmin", "{'userId':'s'}", "null");
        history.ask("s", "switchProvider", change("w", "s", "a"), changed("c1"));
        assertThat(history.violated()).isEmpty();
        history.ask("admin", "u", "revokeAdmin", "{'userId':'s'}", "null");
        history.ask("s", "switchProvider", change("w", "s", "a"), changed("c2"));
        assertThat(history.violated()).containsExactly("CFG-09");
    }

    @Test
    void a_credential_is_masked() {
        switched("a", "c1");
        history.ask("u", "activeConfig", MINE, "{'configId':'c1','type':'wordpress','config':" + config("a")
                + ",'previous':null}");
        assertThat(history.violated()).containsExactly("CFG-09");
    }

    @Test
    void a_secret_is_found_in_errors_and_files() {
        history.refused(400, "bad password " + SECRET).ask("u", "saveConfig", change("w", "u", "a"), "null");
        assertThat(history.violated()).containsExactly("CFG-04");
    }

    @Test
    void a_search_that_found_nothing_counts_and_one_that_found_something_tells() {
        query("default-backend");
        switched("a", "c1");
        history.arranged("search", "{}", "{'searched':['files'],'found':{}}");
        assertThat(history.exercised()).contains("CFG-04");
        history.arranged("search", "{}", "{'searched':['files'],'found':{'the file x.db-wal':'hex'}}");
        assertThat(history.violated()).containsExactly("CFG-04");
    }

    @Test
    void one_backend_is_open_of_each_configuration() {
        String type = "{'type':'kit'}";
        history.arranged("register", type, null);
        history.ask("u", "switchProvider", "{'orgId':'w','actorId':'u','config':{'type':'kit','name':'n'}}", changed("c1"));
        history.ask("u", "query", OWN, "{'type':'kit','result':{'backend':'n','number':1}}");
        history.arranged("opened", type, "{'n':{'opened':2,'open':1}}");
        assertThat(history.violated()).isEmpty();
        assertThat(history.exercised()).contains("CFG-05");
        history.arranged("opened", type, "{'n':{'opened':3,'open':2}}");
        assertThat(history.violated()).containsExactly("CFG-05");
    }

    @Test
    void health_is_told_as_it_is_and_noted() {
        play("a", "");
        switched("a", "c1");
        query("r-a");
        events();
        health("online", "3");
        events(event("communication_event", "{'n':1}"));
        play("a", ",'dead':'true'");
        health("offline", "null");
        events(event("communication_event", "{'n':1}"), event("communication_event", "{'n':2}"),
                event("communication_event", "{'messageType':'alert'}"));
        assertThat(history.verdict().violations()).filteredOn(violation -> violation.rule().equals("CFG-10")).isEmpty();
        assertThat(history.exercised()).contains("CFG-10");
        health("online", "3");
        assertThat(history.violated()).contains("CFG-10");
    }

    private void health(String status, String millis) {
        history.ask("u", "health", OWN, "[{'orgId':'w','configId':'c1','type':'wordpress','status':'" + status
                + "','responseMillis':" + millis + ",'checkedAt':1}]");
    }

    @Test
    void usage_counts_what_was_answered() {
        query("default-backend");
        query("default-backend");
        history.ask("u", "usage", "{'orgId':'w','days':1}", "{'operations':2,'meanMillis':1,'p50':1,'p95':2,'p99':2}");
        assertThat(history.violated()).isEmpty();
        history.ask("u", "usage", "{'orgId':'w','days':1}", "{'operations':1,'meanMillis':1,'p50':1,'p95':1,'p99':1}");
        assertThat(history.violated()).containsExactly("CFG-11");
    }

    @Test
    void percentiles_are_in_order() {
        query("default-backend");
        history.ask("u", "usage", "{'orgId':'w','days':1}", "{'operations':1,'meanMillis':1,'p50':9,'p95':2,'p99':1}");
        assertThat(history.violated()).containsExactly("CFG-11");
    }

    @Test
    void a_duration_is_no_longer_than_the_call() {
        history.ask("u", "switchProvider", change("w", "u", "a"),
                "{'configId':'c1','durationMillis':5000,'steps':[{'name':'test','millis':4}]}");
        assertThat(history.violated()).containsExactly("CFG-12");
    }

    @Test
    void starts_with_a_wrong_environment_fail_and_say_why() {
        history.arranged("started", "{'wrong':'','how':''}", null);
        history.refused(500, "ENCRYPTION_KEY must be 64 hex digits")
                .arranged("started", "{'wrong':'ENCRYPTION_KEY','how':'not hex'}", null);
        assertThat(history.violated()).isEmpty();
        assertThat(history.exercised()).contains("CFG-03");
        history.refused(500, "oops").arranged("started", "{'wrong':'BACKEND_PROVIDER','how':'no known type'}", null);
        assertThat(history.violated()).containsExactly("CFG-02");
        history.arranged("started", "{'wrong':'ENCRYPTION_KEY','how':'not hex'}", null);
        assertThat(history.violated()).containsExactly("CFG-02", "CFG-03");
    }

    @Test
    void the_same_credential_is_stored_anew_each_time() {
        history.arranged("stored", "{}", "{'fresh':4000}").arranged("stored", "{}", "{'fresh':1800}")
                .arranged("stored", "{}", "{'fresh':90}");
        query("default-backend");
        assertThat(history.violated()).containsExactly("CFG-03");
    }

    @Test
    void what_cannot_be_decrypted_fails() {
        query("default-backend");
        history.arranged("reopened", "{'kind':'same'}", "{'answer':'right'}")
                .arranged("reopened", "{'kind':'key'}", "{'answer':'refused'}");
        assertThat(history.violated()).isEmpty();
        assertThat(history.exercised()).contains("CFG-03");
        history.arranged("reopened", "{'kind':'altered'}", "{'answer':'right'}");
        assertThat(history.violated()).containsExactly("CFG-03");
    }

    @Test
    void what_is_malformed_is_refused() {
        switched("a", "c1");
        history.ask("u", "switchProvider", "{'orgId':{},'actorId':'u','config':" + config("a") + "}", changed("c2"));
        assertThat(history.violated()).containsExactly("CFG-13");
    }
}
