package dev.or3.tck.suites.run.bench;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.bench.Benchmark;
import dev.or3.tck.api.bench.BenchmarkReport;
import dev.or3.tck.api.bench.Figure;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import dev.or3.tck.suites.plan.Action;
import dev.or3.tck.suites.plan.Action.Position;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.PlannedOperation;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.PlanRunner;
import dev.or3.tck.suites.run.RunnerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a plan costs beyond the calls it makes, with one client: the whole of a run, from fresh workspaces to the finished
 * history, beside the same calls made bare, in turns.
 */
public final class RecordingBenchmark implements Benchmark {
    private static final int PAIRS = 500;
    private static final int PAGE = 10;
    private static final int WARM_UP = 30;
    private static final int ROUNDS_AT_LEAST = 5;
    private static final double MOST_MICROS = 10;

    @Override
    public String id() {
        return "recording";
    }

    @Override
    public String describe() {
        return "running and recording a plan: microseconds added to a call with one client, beside the bare calls";
    }

    @Override
    public void run(BenchmarkReport report, Duration budget) {
        long end = System.nanoTime() + budget.toNanos();
        Plan plan = plan();
        try (Target target = InProcessTarget.temporary(new MemoryProviderFactory(), Map.of(), WireSchema.current(), 1)) {
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("bench"));
            List<Double> bare = new ArrayList<>();
            List<Double> ran = new ArrayList<>();
            for (int round = 0; round < WARM_UP + ROUNDS_AT_LEAST || System.nanoTime() < end; round++) {
                long start = System.nanoTime();
                History history = runner.run(plan);
                double run = micros(start, history.events().size());
                double calls = bare(target, history);
                if (round >= WARM_UP) {
                    ran.add(run);
                    bare.add(calls);
                }
            }
            double without = median(bare);
            double with = median(ran);
            report.add(Figure.told("a bare call to the memory provider", without, "µs"));
            report.add(Figure.told("a call of a plan that is run and recorded", with, "µs"));
            report.add(Figure.atMost(MOST_MICROS, "added to a call by running and recording, one client", with - without,
                    "µs"));
        }
    }

    /** One client that pushes and pulls in turns. */
    private static Plan plan() {
        List<Plan.Step> steps = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            String pk = "k" + i % 50;
            PlannedOperation op = new PlannedOperation(String.format("%08x-xxxx-4xxx-8xxx-xxxxxxxxxxxx", i), "kv", "put", pk,
                    "{\"id\":\"" + pk + "\",\"name\":\"n" + i + "\",\"created_at\":1,\"updated_at\":" + i + ",\"clock\":" + i
                            + "}", "device-a", "0ks3n7x0g:000:abc12345", i);
            steps.add(new Plan.Step(0, new Action.Push(0, List.of(op), false)));
            steps.add(new Plan.Step(0, new Action.Pull(0, Position.OWN, PAGE, null)));
        }
        return new Plan("bench/recording", 0, -1, Set.of(), List.of(Plan.Space.of(Role.OWNER)),
                List.of(new Plan.Client(0, 0, "device-a")), List.of(new Plan.Stage(false, steps)));
    }

    /** The calls of a history once more, in a workspace of their own, without the kit around them. */
    private static double bare(Target target, History history) {
        Provider provider = target.instance(0);
        Controls.Provisioned fresh = provider.controls().provision(List.of(Role.OWNER));
        Caller caller = Caller.of(fresh.userIds().get(0), fresh.workspaceId());
        Scope scope = new Scope(fresh.workspaceId());
        List<Object> requests = new ArrayList<>();
        for (Event event : history.events()) {
            if (event.call() instanceof Call.Push push) {
                List<Operation> ops = Arrays.stream(push.operations())
                        .mapToObj(number -> history.operations().get(number).operation()).toList();
                requests.add(new PushRequest(scope, ops));
            } else if (event.call() instanceof Call.Pull pull) {
                requests.add(new PullRequest(scope, pull.cursor(), pull.limit(), pull.tables()));
            }
        }
        Sync sync = provider.sync();
        long answered = 0;
        long start = System.nanoTime();
        for (Object request : requests) {
            if (request instanceof PushRequest push) {
                answered += sync.push(caller, push).results().size();
            } else {
                answered += sync.pull(caller, (PullRequest) request).changes().size();
            }
        }
        double micros = micros(start, requests.size());
        if (answered != 2L * PAIRS) {
            throw new IllegalStateException("the bare calls answered " + answered + " rows, not " + 2 * PAIRS);
        }
        return micros;
    }

    private static double micros(long start, int calls) {
        return (System.nanoTime() - start) / 1e3 / calls;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
