package dev.or3.tck.suites.plan;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.plan.Plan.Client;
import dev.or3.tck.suites.plan.Plan.Space;
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

    private final Stages stages = new Stages(CLIENTS);

    Plan plan(String name, long seed, int index, Set<Feature> features) {
        return new Plan(name, seed, index, features, SPACES, DEVICES, stages.all());
    }

    /** What follows is done by one client after the other. */
    AskScript then() {
        stages.then();
        return this;
    }

    /** What follows is done at the same time, by the clients it is given {@link #to}. */
    AskScript race() {
        stages.race();
        return this;
    }

    /** Who makes the calls that follow. */
    AskScript to(int thread) {
        stages.to(thread);
        return this;
    }

    /** The given clients wait for each other. */
    AskScript align(int threads) {
        stages.align(threads);
        return this;
    }

    AskScript restart() {
        stages.alone(new Action.Restart());
        return this;
    }

    /** Provider time goes on by so many seconds. */
    AskScript later(long seconds) {
        stages.alone(new Action.AdvanceClock(seconds));
        return this;
    }

    /** One client's action. */
    AskScript does(int by, Action action) {
        stages.does(by, action);
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
        stages.next(ask);
        return this;
    }

    static String session(String user) {
        return user == null ? null : user.equals(STRANGER) ? FOREIGN : SHARED;
    }

    static Map<String, Object> fields(Object... namesAndValues) {
        return Stages.fields(namesAndValues);
    }

    static String bound(String variable) {
        return "${var:" + variable + "}";
    }
}
