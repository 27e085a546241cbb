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
 * Writes down calls of components without a log, stage by stage. Two spaces are provisioned: an owner, an editor and a
 * viewer in the first, a stranger to it as owner of the second. Clients are but threads: each call names its acting user.
 */
final class AskScript {
    static final int CLIENTS = 4;
    static final String OWNER = "${user:0:0}";
    static final String EDITOR = "${user:0:1}";
    static final String VIEWER = "${user:0:2}";
    static final String STRANGER = "${user:1:0}";
    static final List<String> USERS = List.of(OWNER, EDITOR, VIEWER, STRANGER);
    static final String SHARED = "${workspace:0}";
    static final String FOREIGN = "${workspace:1}";

    private static final List<Space> SPACES =
            List.of(Space.of(Role.OWNER, Role.EDITOR, Role.VIEWER), Space.of(Role.OWNER));
    private static final List<Client> DEVICES = List.of(new Client(0, 0, "device-0"), new Client(0, 1, "device-1"),
            new Client(0, 2, "device-0"), new Client(1, 0, "device-1"));

    private final List<Stage> stages = new ArrayList<>();
    private List<Step> steps = new ArrayList<>();
    private boolean parallel;
    private int client;
    private int barriers;

    Plan plan(String name, long seed, int index, Set<Feature> features) {
        close(false);
        return new Plan(name, seed, index, features, SPACES, DEVICES, stages);
    }

    /** What follows is done by one client after the other. */
    AskScript then() {
        return close(false);
    }

    /** What follows is done at the same time, by the clients it is given {@link #to}. */
    AskScript race() {
        return close(true);
    }

    private AskScript close(boolean next) {
        if (!steps.isEmpty()) {
            stages.add(new Stage(parallel, steps));
            steps = new ArrayList<>();
        }
        parallel = next;
        return this;
    }

    /** Who makes the calls that follow. */
    AskScript to(int thread) {
        client = thread % CLIENTS;
        return this;
    }

    /** The given clients wait for each other. */
    AskScript align(int threads) {
        int number = barriers++;
        for (int thread = 0; thread < threads; thread++) {
            steps.add(new Step(thread, new Action.Barrier(number)));
        }
        return this;
    }

    AskScript restart() {
        return alone(new Action.Restart());
    }

    /** Provider time goes on by so many seconds. */
    AskScript later(long seconds) {
        return alone(new Action.AdvanceClock(seconds));
    }

    private AskScript alone(Action action) {
        then();
        steps.add(new Step(0, action));
        return then();
    }

    /** One client's action. */
    AskScript does(int by, Action action) {
        steps.add(new Step(by, action));
        return this;
    }

    /**
     * @param as    the acting user, whose session is in their own workspace; null for nobody
     * @param input its fields; those that are null are left out
     * @param bind  the variable that takes the answer, or null
     */
    AskScript ask(String component, String method, String as, Map<String, Object> input, String bind) {
        return ask(new Action.Ask(component, method, as, session(as), Json.write(input),
                bind == null ? Map.of() : Map.of(bind, "")));
    }

    AskScript ask(Action.Ask ask) {
        steps.add(new Step(client, ask));
        client = parallel ? client : (client + 1) % CLIENTS;
        return this;
    }

    static String session(String user) {
        return user == null ? null : user.equals(STRANGER) ? FOREIGN : SHARED;
    }

    static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        return fields;
    }

    static String bound(String variable) {
        return "${var:" + variable + "}";
    }
}
