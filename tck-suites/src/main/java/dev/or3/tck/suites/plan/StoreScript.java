package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.AskScript.fields;

import dev.or3.tck.api.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes down calls of the workspaces component, stage by stage, on the provisioned spaces of {@link AskScript}.
 */
final class StoreScript {
    static final int CLIENTS = AskScript.CLIENTS;
    static final String OWNER = AskScript.OWNER;
    static final String EDITOR = AskScript.EDITOR;
    static final String VIEWER = AskScript.VIEWER;
    static final String STRANGER = AskScript.STRANGER;
    static final List<String> MEMBERS = List.of(OWNER, EDITOR, VIEWER);
    static final List<String> PROVISIONED = AskScript.USERS;
    static final String SHARED = AskScript.SHARED;
    static final String FOREIGN = AskScript.FOREIGN;
    static final String NO_USER = "no-user-${run}";
    static final String NO_WORKSPACE = "no-workspace-${run}";

    private final AskScript script = new AskScript();
    private int names;

    Plan plan(String name, long seed, int index, Set<Feature> features) {
        return script.plan(name, seed, index, features);
    }

    /** What follows is done by one client after the other. */
    StoreScript then() {
        script.then();
        return this;
    }

    /** What follows is done at the same time, by the clients it is given {@link #to}. */
    StoreScript race() {
        script.race();
        return this;
    }

    /** Who makes the calls that follow. */
    StoreScript to(int thread) {
        script.to(thread);
        return this;
    }

    /** The given clients wait for each other. */
    StoreScript align(int threads) {
        script.align(threads);
        return this;
    }

    StoreScript restart() {
        script.restart();
        return this;
    }

    /** A name that no other call gives. */
    String fresh(String what) {
        return what + " " + names++ + " of ${run}";
    }

    StoreScript enter(String provider, String id, String email, String bind) {
        return call("getOrCreateUser", fields("provider", provider, "providerUserId", id, "email", email), bind);
    }

    StoreScript find(String provider, String id) {
        return call("getUser", fields("provider", provider, "providerUserId", id), null);
    }

    StoreScript home(String user, String bind) {
        return call("getOrCreateDefaultWorkspace", fields("userId", user), bind);
    }

    StoreScript role(String user, String workspace) {
        return call("getWorkspaceRole", fields("userId", user, "workspaceId", workspace), null);
    }

    StoreScript list(String user) {
        return call("listUserWorkspaces", fields("userId", user), null);
    }

    StoreScript create(String user, String name, String description, String bind) {
        return call("createWorkspace", fields("userId", user, "name", name, "description", description), bind);
    }

    /** Creates one under a name of its own. */
    StoreScript create(String user, String bind) {
        return create(user, fresh("created"), null, bind);
    }

    StoreScript update(String user, String workspace, String name, String description) {
        return call("updateWorkspace",
                fields("userId", user, "workspaceId", workspace, "name", name, "description", description), null);
    }

    /** Gives it a name of its own. */
    StoreScript rename(String user, String workspace) {
        return update(user, workspace, fresh("renamed"), null);
    }

    StoreScript remove(String user, String workspace) {
        return call("removeWorkspace", fields("userId", user, "workspaceId", workspace), null);
    }

    StoreScript activate(String user, String workspace) {
        return call("setActiveWorkspace", fields("userId", user, "workspaceId", workspace), null);
    }

    /** Every user's list, role everywhere, default, and list again. */
    StoreScript look(List<String> users, List<String> workspaces) {
        then();
        for (String user : users) {
            list(user);
            workspaces.forEach(workspace -> role(user, workspace));
        }
        for (String user : users) {
            home(user, null).list(user);
        }
        return this;
    }

    /**
     * @param bind the variable that takes the id in the answer, or null
     */
    private StoreScript call(String method, Map<String, Object> input, String bind) {
        Map<String, String> binds =
                bind == null ? Map.of() : Map.of(bind, method.equals("getOrCreateUser") ? "/userId" : "/workspaceId");
        script.ask(new Action.Ask("workspaces", method, (String) input.get("userId"), null, Json.write(input), binds));
        return this;
    }

    static String bound(String variable) {
        return AskScript.bound(variable);
    }
}
