package dev.or3.tck.suites.plan;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.plan.Plan.Client;
import dev.or3.tck.suites.plan.Plan.Space;
import dev.or3.tck.suites.plan.Plan.Stage;
import dev.or3.tck.suites.plan.Plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes down calls of the workspaces component, stage by stage. Two spaces are provisioned: an owner, an editor and a
 * viewer in the first, a stranger to it as owner of the second. Clients are but threads: each call names its acting user.
 */
final class StoreScript {
    static final int CLIENTS = 4;
    static final String OWNER = "${user:0:0}";
    static final String EDITOR = "${user:0:1}";
    static final String VIEWER = "${user:0:2}";
    static final String STRANGER = "${user:1:0}";
    static final List<String> MEMBERS = List.of(OWNER, EDITOR, VIEWER);
    static final List<String> PROVISIONED = List.of(OWNER, EDITOR, VIEWER, STRANGER);
    static final String SHARED = "${workspace:0}";
    static final String FOREIGN = "${workspace:1}";
    static final String NO_USER = "no-user-${run}";
    static final String NO_WORKSPACE = "no-workspace-${run}";

    private static final List<Space> SPACES =
            List.of(Space.of(Role.OWNER, Role.EDITOR, Role.VIEWER), Space.of(Role.OWNER));
    private static final List<Client> DEVICES = List.of(new Client(0, 0, "device-0"), new Client(0, 1, "device-1"),
            new Client(0, 2, "device-0"), new Client(1, 0, "device-1"));

    private final List<Stage> stages = new ArrayList<>();
    private List<Step> steps = new ArrayList<>();
    private boolean parallel;
    private int client;
    private int names;
    private int barriers;

    Plan plan(String name, long seed, int index, Set<Feature> features) {
        close(false);
        return new Plan(name, seed, index, features, SPACES, DEVICES, stages);
    }

    /** What follows is done by one client after the other. */
    StoreScript then() {
        return close(false);
    }

    /** What follows is done at the same time, by the clients it is given {@link #to}. */
    StoreScript race() {
        return close(true);
    }

    private StoreScript close(boolean next) {
        if (!steps.isEmpty()) {
            stages.add(new Stage(parallel, steps));
            steps = new ArrayList<>();
        }
        parallel = next;
        return this;
    }

    /** Who makes the calls that follow. */
    StoreScript to(int thread) {
        client = thread % CLIENTS;
        return this;
    }

    /** The given clients wait for each other. */
    StoreScript align(int threads) {
        int number = barriers++;
        for (int thread = 0; thread < threads; thread++) {
            steps.add(new Step(thread, new Action.Barrier(number)));
        }
        return this;
    }

    StoreScript restart() {
        then();
        steps.add(new Step(0, new Action.Restart()));
        return then();
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
        steps.add(new Step(client,
                new Action.Ask("workspaces", method, (String) input.get("userId"), null, Json.write(input), binds)));
        client = parallel ? client : (client + 1) % CLIENTS;
        return this;
    }

    private static Map<String, Object> fields(String... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                fields.put(namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        return fields;
    }

    static String bound(String variable) {
        return "${var:" + variable + "}";
    }
}
