package dev.or3.tck.suites.plan;

import dev.or3.tck.suites.plan.Action.Base;
import dev.or3.tck.suites.plan.Action.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the groups of example plans share: plain values, and a table that every schema has. */
abstract class Examples {
    static final String KV = "kv";
    static final String POSTS = "posts";
    static final Position BEYOND = new Position(Base.HEAD, 1000);

    final PlanContext context;
    private final List<Plan> plans = new ArrayList<>();

    Examples(PlanContext context) {
        this.context = context;
    }

    /** Writes an example that needs the features named, if the provider has them. */
    final void example(String name, List<Feature> needed, Consumer<Draft> script) {
        if (needed.stream().allMatch(context::allows)) {
            Draft draft = new Draft("example/" + name, 0, -1, context, null);
            needed.forEach(draft::uses);
            script.accept(draft);
            plans.add(draft.finish());
        }
    }

    final void example(String name, Consumer<Draft> script) {
        example(name, List.of(), script);
    }

    abstract void write();

    final List<Plan> plans() {
        write();
        return plans;
    }

    /** So many plain puts of different records. */
    static PlannedOperation[] puts(Draft draft, int client, String table, int count) {
        PlannedOperation[] ops = new PlannedOperation[count];
        for (int i = 0; i < count; i++) {
            ops[i] = draft.put(client, table, i, 1);
        }
        return ops;
    }

    static Position version(long version) {
        return new Position(Base.ZERO, version);
    }
}
