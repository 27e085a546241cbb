package dev.or3.tck.suites.check.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.suites.check.ask.AskHistory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HostRulesTest {
    private static final String MARK = "mark-00000000-0000-4000-8000-00000000000";
    private static final String NAMED = "{'name':'" + MARK + "1'}";
    private static final String PUSH = "POST /api/sync/push";
    private static final String PULL = "POST /api/sync/pull";
    private static final String OPS = "'ops':[{'pk':'" + MARK + "2'}]}";
    private static final String STORED = "{'results':[{'success':true}]}";

    /** Of olga, with one record. */
    private static AskHistory workspace() {
        return new AskHistory("host").ask("olga", "POST /api/workspaces", NAMED, "{'workspaceId':'w1'}")
                .ask("olga", PUSH, scoped("w1", OPS), STORED);
    }

    private static String scoped(String workspace, String rest) {
        return "{'scope':{'workspaceId':'" + workspace + "'}," + rest;
    }

    private static String pull(String workspace) {
        return scoped(workspace, "'cursor':0,'limit':10}");
    }

    private static String changes(String... marks) {
        return "{'changes':[" + String.join(",", Arrays.stream(marks).map(mark -> "'" + MARK + mark + "'").toList())
                + "],'hasMore':false}";
    }

    private static AskHistory refused(AskHistory history, int status, String user, String request, String input) {
        return history.refused(status).ask(user, request, input, null);
    }

    @Test
    void who_may_is_served_and_who_may_not_is_refused() {
        AskHistory history = workspace().ask("olga", PULL, pull("w1"), changes("2"))
                .ask("olga", "GET /api/workspaces", "{}", "[{'id':'w1','name':'" + MARK + "1'}]")
                .ask("stan", "GET /api/workspaces", "{}", "[]")
                .ask(null, "GET /api/auth/session", "{}", "{'session':null}")
                .ask("olga", "GET /api/auth/session", "{}", "{'session':{'user':{'id':'olga'}}}");
        assertThat(history.violated()).isEmpty();
        assertThat(history.exercised()).contains("WIR-06", "WIR-07");
    }

    @Test
    void a_refusal_counts_beside_a_twin_that_was_accepted() {
        AskHistory alone = refused(new AskHistory("host"), 401, null, PULL, pull("w1"));
        assertThat(alone.exercised()).doesNotContain("WIR-07");
        AskHistory beside = refused(workspace().ask("olga", PULL, pull("w1"), changes("2")), 401, null, PULL, pull("w1"));
        assertThat(beside.exercised()).contains("WIR-07");
    }

    @Test
    void nobody_and_strangers_are_not_served() {
        assertThat(workspace().ask(null, PULL, pull("w1"), changes()).violated()).contains("WIR-07");
        assertThat(workspace().ask("stan", PUSH, scoped("w1", OPS), STORED).violated()).contains("WIR-07");
        assertThat(workspace().ask("stan", "DELETE /api/workspaces/w1", "{}", "{}").violated()).contains("WIR-07");
        assertThat(refused(workspace(), 403, null, PULL, pull("w1")).violated()).contains("WIR-07");
        assertThat(refused(workspace(), 500, "stan", PULL, pull("w1")).violated()).contains("WIR-07");
        assertThat(workspace().ask(null, "GET /api/auth/session", "{}", "{'session':{'user':{'id':'olga'}}}").violated())
                .contains("WIR-07");
    }

    @Test
    void a_removed_workspace_is_nobodys() {
        AskHistory removed = workspace().ask("olga", "DELETE /api/workspaces/w1", "{}", "{}");
        assertThat(removed.ask("olga", PULL, pull("w1"), changes("2")).violated()).contains("WIR-07");
    }

    @Test
    void nothing_of_a_workspace_is_seen_by_others_or_elsewhere() {
        assertThat(workspace().ask("stan", "GET /api/workspaces", "{}", "[{'id':'w9','name':'" + MARK + "1'}]").violated())
                .containsExactly("WIR-07");
        AskHistory other = workspace().ask("olga", "POST /api/workspaces", "{'name':'x'}", "{'workspaceId':'w2'}");
        assertThat(other.ask("olga", PULL, pull("w2"), changes("2")).violated()).containsExactly("WIR-07");
        AskHistory trace = refused(workspace(), 401, null, PUSH, scoped("w1", "'ops':[{'pk':'" + MARK + "3'}]}"));
        assertThat(trace.ask("olga", PULL, pull("w1"), changes("2", "3")).violated()).contains("WIR-07");
    }

    @Test
    void who_may_is_not_locked_out_and_sees_what_was_done() {
        assertThat(refused(workspace(), 403, "olga", PULL, pull("w1")).violated()).containsExactly("WIR-06");
        assertThat(workspace().ask("olga", PULL, pull("w1"), changes()).violated()).containsExactly("WIR-06");
        assertThat(workspace().ask("olga", "GET /api/workspaces", "{}", "[]").violated()).containsExactly("WIR-06");
        assertThat(workspace().ask("olga", "PATCH /api/workspaces/w1", "{'name':'" + MARK + "4'}", "{}")
                .ask("olga", "GET /api/workspaces", "{}", "[{'id':'w1','name':'" + MARK + "1'}]").violated())
                .containsExactly("WIR-06");
        assertThat(workspace().ask("olga", "POST /api/workspaces/active", "{'workspaceId':'w1'}", "{}")
                .ask("olga", "GET /api/auth/session", "{}", "{'session':{'user':{'id':'olga'},'workspace':{'id':'w0'}}}")
                .violated()).containsExactly("WIR-06");
    }

    @Test
    void errors_are_statuses_with_a_body() {
        assertThat(refused(new AskHistory("host"), 404, "olga", "GET /api/or3-tck/nowhere", "{}").violated())
                .containsExactly("WIR-06");
        assertThat(refused(workspace(), 403, "olga", PULL, "{'cursor':0,'limit':10}").violated()).containsExactly("WIR-06");
    }

    @Test
    void what_was_not_answered_or_put_off_tells_nothing() {
        AskHistory history = workspace();
        for (int status : new int[] {0, 429, 503}) {
            refused(history, status, "stan", PULL, pull("w1"));
        }
        assertThat(history.violated()).isEmpty();
    }
}
