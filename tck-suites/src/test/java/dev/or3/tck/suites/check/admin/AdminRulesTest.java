package dev.or3.tck.suites.check.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.suites.check.AskHistory;
import org.junit.jupiter.api.Test;

class AdminRulesTest {
    private static final String ALICE = "{'provider':'g','providerUserId':'ida','email':'a@x','displayName':'a-1'}";
    private static final String BOB = "{'provider':'g','providerUserId':'idb','email':'b@x','displayName':'b-1'}";

    /** Alice owns w, and Bob is known. */
    private static AskHistory grounded() {
        return new AskHistory("admin", "workspaces").ok("workspaces.getOrCreateUser", ALICE, "{'userId':'alice'}")
                .ok("workspaces.getOrCreateUser", BOB, "{'userId':'bob'}")
                .ok("admin.createWorkspace", "{'name':'W','ownerUserId':'alice'}", "{'workspaceId':'w'}")
                .ok("admin.listMembers", "{'workspaceId':'w'}", "[{'userId':'alice','role':'owner'}]");
    }

    private static AskHistory withTwoOwners() {
        return grounded().ok("admin.upsertMember", "{'workspaceId':'w','emailOrProviderId':'b@x','role':'owner'}", "null");
    }

    @Test
    void the_last_owner_may_not_go() {
        String alice = "{'workspaceId':'w','userId':'alice'}";
        assertThat(grounded().ok("admin.removeMember", alice, "null").violated()).containsExactly("STORE-13");
        assertThat(grounded().ok("admin.setMemberRole", "{'workspaceId':'w','userId':'alice','role':'viewer'}", "null")
                .violated()).containsExactly("STORE-13");
        assertThat(grounded().ok("admin.upsertMember", "{'workspaceId':'w','emailOrProviderId':'ida','role':'viewer'}", "null")
                .violated()).containsExactly("STORE-13");
        assertThat(withTwoOwners().ok("admin.removeMember", alice, "null").refused("admin.removeMember",
                "{'workspaceId':'w','userId':'bob'}").judged().exercised()).containsKey("STORE-13");
    }

    @Test
    void of_two_owners_who_leave_at_the_same_time_one_stays() {
        AskHistory both = withTwoOwners();
        both.together(() -> both.ok("admin.removeMember", "{'workspaceId':'w','userId':'alice'}", "null")
                .ok("admin.removeMember", "{'workspaceId':'w','userId':'bob'}", "null"));
        assertThat(both.violated()).containsExactly("STORE-13");

        AskHistory one = withTwoOwners();
        one.together(() -> one.ok("admin.removeMember", "{'workspaceId':'w','userId':'alice'}", "null")
                .refused("admin.removeMember", "{'workspaceId':'w','userId':'bob'}"));
        assertThat(one.violated()).isEmpty();
    }

    @Test
    void a_list_without_an_owner_is_wrong_by_itself() {
        assertThat(grounded().ok("admin.listMembers", "{'workspaceId':'w'}", "[{'userId':'alice','role':'editor'}]").violated())
                .containsExactly("STORE-13");
    }

    @Test
    void a_listed_action_runs_and_another_is_refused() {
        String status = "{'warnings':[{'level':'warning','message':'m'}],'actions':[{'id':'a','label':'A'}]}";
        AskHistory clean = new AskHistory("admin").ok("admin.getStatus", "{}", status)
                .ok("admin.runAction", "{'actionId':'a'}", "null").refused("admin.runAction", "{'actionId':'b'}");
        assertThat(clean.violated()).isEmpty();
        assertThat(clean.judged().exercised()).containsEntry("ADM-01", 1L);
        assertThat(clean.ok("admin.runAction", "{'actionId':'c'}", "null").violated()).containsExactly("ADM-01");
        assertThat(new AskHistory("admin").ok("admin.getStatus", "{}", status).refused("admin.runAction", "{'actionId':'a'}")
                .violated()).containsExactly("ADM-01");
        assertThat(new AskHistory("admin").ok("admin.getStatus", "{}", "{'warnings':[{'message':'m'}],'actions':[]}").violated())
                .containsExactly("ADM-01");
    }

    @Test
    void what_is_read_is_what_was_written() {
        AskHistory clean = grounded().ok("admin.setSetting", "{'workspaceId':'w','key':'k','value':'v'}", "null")
                .ok("admin.getSetting", "{'workspaceId':'w','key':'k'}", "'v'")
                .ok("admin.grantAdmin", "{'userId':'bob'}", "null").ok("admin.isAdmin", "{'userId':'bob'}", "true");
        assertThat(clean.violated()).isEmpty();
        assertThat(clean.judged().exercised().get("ADM-02")).isEqualTo(3);
        assertThat(clean.ok("admin.isAdmin", "{'userId':'alice'}", "true").violated()).containsExactly("ADM-02");
        assertThat(grounded().ok("admin.getSetting", "{'workspaceId':'w','key':'k'}", "'v'").violated())
                .containsExactly("ADM-02");
        assertThat(grounded().refused("admin.grantAdmin", "{'userId':'bob'}").violated()).containsExactly("ADM-02");
    }

    @Test
    void pages_are_exact() {
        String first = "{'search':'w','page':1,'perPage':1}";
        String one = "{'items':[{'id':'w','name':'W','deleted':false,'memberCount':1}],'total':1}";
        assertThat(grounded().ok("admin.listWorkspaces", first, one).violated()).isEmpty();
        assertThat(grounded().ok("admin.listWorkspaces", first, "{'items':[],'total':1}").violated()).containsExactly("ADM-02");
        assertThat(grounded().ok("admin.listWorkspaces", first, one.replace("'total':1", "'total':2")).violated())
                .containsExactly("ADM-02");
        assertThat(grounded().ok("admin.listWorkspaces", first, one).ok("admin.listWorkspaces",
                "{'search':'w','page':2,'perPage':1}", one).violated()).containsExactly("ADM-02");
    }

    @Test
    void a_malformed_call_is_refused_and_changes_nothing() {
        AskHistory clean = grounded().ok("admin.setSetting", "{'workspaceId':'w','key':'k','value':'v'}", "null")
                .ok("admin.getSetting", "{'workspaceId':'w','key':'k'}", "'v'")
                .refused("admin.setSetting", "{'workspaceId':'w','key':'k'}")
                .ok("admin.getSetting", "{'workspaceId':'w','key':'k'}", "'v'");
        assertThat(clean.violated()).isEmpty();
        assertThat(clean.judged().exercised()).containsEntry("ADM-03", 1L);
        assertThat(clean.refused("admin.setSetting", "{'workspaceId':'w','key':{},'value':'x'}")
                .ok("admin.getSetting", "{'workspaceId':'w','key':'k'}", "null").violated()).contains("ADM-03");
        assertThat(grounded().ok("admin.setSetting", "{'workspaceId':'w','key':'k'}", "null").violated())
                .containsExactly("ADM-03");
        assertThat(grounded().ok("admin.listWorkspaces", "{'page':-1}", "{'items':[],'total':0}").violated())
                .containsExactly("ADM-03");
    }

    @Test
    void a_component_that_agrees_to_everything_passes_nothing() {
        assertThat(new AskHistory("admin").ok("admin.isAdmin", "{'userId':'u'}", "false")
                .ok("admin.setSetting", "{'workspaceId':'w','key':'k','value':'v'}", "null").judged().exercised()).isEmpty();
    }
}
