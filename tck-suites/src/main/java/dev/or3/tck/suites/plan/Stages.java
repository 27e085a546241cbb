package dev.or3.tck.suites.plan;

import dev.or3.tck.api.Json;
import dev.or3.tck.suites.plan.Plan.Stage;
import dev.or3.tck.suites.plan.Plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stages of calls as they are written down, one after the other or side by side. Clients are but threads here. */
final class Stages {
    private final int clients;
    private final List<Stage> closed = new ArrayList<>();
    private List<Step> steps = new ArrayList<>();
    private boolean parallel;
    private int client;
    private int barriers;

    Stages(int clients) {
        this.clients = clients;
    }

    /** What follows is done by one client after the other. */
    void then() {
        close(false);
    }

    /** What follows is done at the same time, by the clients it is given {@link #to}. */
    void race() {
        close(true);
    }

    private void close(boolean next) {
        if (!steps.isEmpty()) {
            closed.add(new Stage(parallel, steps));
            steps = new ArrayList<>();
        }
        parallel = next;
    }

    /** Who makes the calls that follow. */
    void to(int thread) {
        client = thread % clients;
    }

    /** The given number of clients wait for each other. */
    void align(int threads) {
        int number = barriers++;
        for (int thread = 0; thread < threads; thread++) {
            does(thread, new Action.Barrier(number));
        }
    }

    /** What stands in a stage of its own. */
    void alone(Action action) {
        then();
        does(0, action);
        then();
    }

    /** The next client's call; while a race is on, that of the one chosen. */
    void ask(String component, String method, String as, String in, Map<String, Object> input, Map<String, String> binds) {
        next(new Action.Ask(component, method, as, in, Json.write(input), binds));
    }

    /** The next client's action; while a race is on, that of the one chosen. */
    void next(Action action) {
        does(client, action);
        client = parallel ? client : (client + 1) % clients;
    }

    /** One client's action. */
    void does(int by, Action action) {
        steps.add(new Step(by, action));
    }

    List<Stage> all() {
        then();
        return List.copyOf(closed);
    }

    /** Names and values by turns; what is null is left out. */
    static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        return fields;
    }
}
