package dev.or3.tck.suites.run.bench;

import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.plan.Action;
import dev.or3.tck.suites.plan.Action.Position;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.PlannedOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is asked of a provider over HTTP: the same calls of a plan for the kit and, encoded before, for the bare load. */
enum HttpWork {
    PUSH_ONE("push by 1", 1) {
        @Override
        Action step(Ids ids, int number) {
            return ids.push(1);
        }
    },
    PUSH_MANY("push by 100", 100) {
        @Override
        Action step(Ids ids, int number) {
            return ids.push(100);
        }
    },
    PULL("pull by 1000", 1000) {
        @Override
        Action step(Ids ids, int number) {
            return new Action.Pull(0, Position.START, 1000, null);
        }
    },
    MIXED("push by 10 and pull by 100 in turns", 10) {
        @Override
        Action step(Ids ids, int number) {
            return number % 2 == 0 ? ids.push(10) : new Action.Pull(0, Position.OWN, 100, null);
        }
    };

    private static final int RECORDS = 500;
    private static final int BATCH = 100;

    private final String title;
    /** Changes that a call is about, roughly. */
    private final int size;

    HttpWork(String title, int size) {
        this.title = title;
        this.size = size;
    }

    abstract Action step(Ids ids, int number);

    String title() {
        return title;
    }

    int size() {
        return size;
    }

    /** A plan that fills a page and then, at the same time on each connection, makes some calls. */
    Plan plan(int connections, int calls) {
        Ids ids = new Ids();
        List<Plan.Client> clients = new ArrayList<>();
        List<Plan.Step> fill = new ArrayList<>();
        List<Plan.Step> load = new ArrayList<>();
        for (int i = 0; i < (this == PULL ? PULL.size / BATCH : 1); i++) {
            fill.add(new Plan.Step(0, ids.push(BATCH)));
        }
        for (int client = 0; client < connections; client++) {
            clients.add(new Plan.Client(0, 0, "device-" + client));
            for (int call = 0; call < calls; call++) {
                load.add(new Plan.Step(client, step(ids, call)));
            }
        }
        return new Plan("bench/http", 0, -1, Set.of(), List.of(Plan.Space.of(Role.OWNER)), clients,
                List.of(new Plan.Stage(false, fill), new Plan.Stage(true, load)));
    }

    /** Operations with ids that no other of the plan has. */
    static final class Ids {
        private int next;

        Action.Push push(int size) {
            List<PlannedOperation> operations = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                int number = next++;
                String pk = "k" + number % RECORDS;
                operations.add(new PlannedOperation(String.format("%08x-xxxx-4xxx-8xxx-xxxxxxxxxxxx", number), "kv", "put", pk,
                        "{\"id\":\"" + pk + "\",\"name\":\"name " + number + "\",\"value\":\"" + "It depends on the size. ".repeat(4)
                                + "\",\"created_at\":1760000000,\"updated_at\":1760000000,\"clock\":" + number + "}",
                        "device-a", "0ks3n7x0g:000:abc12345", number));
            }
            return new Action.Push(0, operations, false);
        }
    }
}
