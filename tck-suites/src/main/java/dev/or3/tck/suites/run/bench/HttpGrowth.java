package dev.or3.tck.suites.run.bench;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.bench.BenchmarkReport;
import dev.or3.tck.api.bench.Figure;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.PlanRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntConsumer;

/**
 * How the cost of a push and of a pull grows with the log of a workspace (PERF-01), from a thousand entries as far as the time
 * reaches: to a hundred thousand at most.
 */
final class HttpGrowth {
    private static final int[] SIZES = {1_000, 3_000, 10_000, 30_000, 100_000};
    private static final int SAMPLES = 40;
    private static final int BATCH = 100;
    private static final int RECORDS = 1000;
    private static final double MOST = 0.1;

    private final Sync sync;
    private final Scope scope;
    private final Caller caller;
    private final Random random = new Random(7);
    private int size;

    HttpGrowth(Target target, PlanRunner runner) {
        History.Space space = runner.run(HttpWork.PUSH_ONE.plan(1, 0)).header().spaces().get(0);
        this.sync = target.instance(0).sync();
        this.scope = new Scope(space.workspaceId());
        this.caller = Caller.of(space.members().get(0).userId(), space.workspaceId());
    }

    void run(BenchmarkReport report, long nanos) {
        long end = System.nanoTime() + nanos;
        List<Double> sizes = new ArrayList<>();
        List<Double> pushes = new ArrayList<>();
        List<Double> pulls = new ArrayList<>();
        sample(number -> push(20));
        for (int wanted : SIZES) {
            while (size < wanted && System.nanoTime() < end) {
                push(BATCH);
            }
            if (size < wanted) {
                break;
            }
            sizes.add((double) wanted);
            pushes.add(sample(number -> push(20)));
            pulls.add(sample(number -> sync.pull(caller, new PullRequest(scope, random.nextInt(size - BATCH), BATCH, null))));
            report.add(Figure.told("push of 20 over a log of " + wanted, pushes.get(pushes.size() - 1), "µs"));
            report.add(Figure.told("pull of 100 over a log of " + wanted, pulls.get(pulls.size() - 1), "µs"));
        }
        if (sizes.size() > 1) {
            report.add(Figure.atMost(MOST, "growth of push: exponent", Rounds.exponent(sizes, pushes), ""));
            report.add(Figure.atMost(MOST, "growth of pull: exponent", Rounds.exponent(sizes, pulls), ""));
        }
    }

    /** The median of some calls, in microseconds. */
    private static double sample(IntConsumer call) {
        List<Double> micros = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            long start = System.nanoTime();
            call.accept(i);
            micros.add((System.nanoTime() - start) / 1e3);
        }
        return Rounds.median(micros);
    }

    private void push(int count) {
        List<Operation> operations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String pk = "k" + random.nextInt(RECORDS);
            String opId = new UUID(random.nextLong(), random.nextLong()).toString();
            operations.add(new Operation(opId, "kv", "put", pk, new JsonText("{\"id\":\"" + pk + "\",\"name\":\"name " + size
                    + "\",\"created_at\":1760000000,\"updated_at\":1760000000,\"clock\":" + size + "}"),
                    new Stamp("device-a", opId, "0ks3n7x0g:000:abc12345", size), 1_760_000_000L, 0, "pending"));
            size++;
        }
        sync.push(caller, new PushRequest(scope, operations));
    }
}
