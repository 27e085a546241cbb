package dev.or3.tck.suites.run.bench;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.bench.Benchmark;
import dev.or3.tck.api.bench.BenchmarkReport;
import dev.or3.tck.api.bench.Figure;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import dev.or3.tck.suites.run.PlanRunner;
import dev.or3.tck.suites.run.RunnerOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast the kit drives a provider over HTTP, beside a bare load generator that makes the same calls over as many
 * connections, by turns; how long the calls take (PERF-02), and how that grows with the log (PERF-01). The kit's time is from
 * the first call to the last answer that it has read and taken in; what it does before and after a plan is not in it.
 */
public final class HttpBenchmark implements Benchmark {
    private static final int[] CONNECTIONS = {1, 4, 8};
    private static final double LEAST_SHARE = 0.8;
    private static final int ROUNDS_AT_LEAST = 3;
    private static final double ROUND_SECONDS = 0.2;
    private static final int FEWEST_CALLS = 10;
    private static final int MOST_CALLS = 1000;
    /** Changes and rows of a round at most, so that memory stays bounded. */
    private static final int MOST_CHANGES = 100_000;

    private final Target target;
    private final BareLoad bare;

    /**
     * @param target a provider that is reached at one address
     * @param base   that address
     */
    public HttpBenchmark(Target target, URI base) {
        this.target = target;
        this.bare = new BareLoad(base);
    }

    @Override
    public String id() {
        return "http";
    }

    @Override
    public String describe() {
        return "the kit over HTTP, beside plain sockets that send the same calls, encoded before, over as many connections";
    }

    @Override
    public void run(BenchmarkReport report, Duration budget) throws Exception {
        PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("bench"));
        long hardEnd = System.nanoTime() + budget.toNanos();
        long slice = budget.toNanos() * 3 / 5 / (HttpWork.values().length * CONNECTIONS.length);
        // A JVM's first calls are slow, and the kit has more code to warm than the bare load.
        for (HttpWork work : HttpWork.values()) {
            measure(runner, work, CONNECTIONS[0], slice / 2, hardEnd);
        }
        double logarithms = 0;
        for (HttpWork work : HttpWork.values()) {
            for (int connections : CONNECTIONS) {
                Measured measured = measure(runner, work, connections, slice, hardEnd);
                logarithms += Math.log(measured.tell(report, work.title() + ", " + connections
                        + (connections == 1 ? " connection" : " connections")));
            }
        }
        report.add(Figure.atLeast(LEAST_SHARE, "share of the bare load in all (geometric mean)",
                Math.exp(logarithms / (HttpWork.values().length * CONNECTIONS.length)), ""));
        new HttpGrowth(target, runner).run(report, budget.toNanos() / 5);
    }

    /** What the rounds of one kind of work came to: calls a second, and the kit's latencies in microseconds. */
    private record Measured(List<Double> bare, List<Double> kit, List<Double> latencies) {
        double tell(BenchmarkReport report, String title) {
            report.add(Figure.told(title + ": bare", Rounds.median(bare), "calls/s"));
            report.add(Figure.told(title + ": the kit", Rounds.median(kit), "calls/s"));
            report.add(Figure.told(title + ": the kit, p50", Rounds.percentile(latencies, 50), "µs"));
            report.add(Figure.told(title + ": the kit, p99", Rounds.percentile(latencies, 99), "µs"));
            // Rounds that follow each other share what else the machine did.
            List<Double> shares = new ArrayList<>();
            for (int i = 0; i < kit.size(); i++) {
                shares.add(kit.get(i) / bare.get(i));
            }
            double share = Rounds.median(shares);
            report.add(Figure.atLeast(LEAST_SHARE, title + ": share of bare", share, ""));
            return share;
        }
    }

    private Measured measure(PlanRunner runner, HttpWork work, int connections, long nanos, long hardEnd)
            throws Exception {
        Measured measured = new Measured(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        long end = System.nanoTime() + nanos;
        int calls = FEWEST_CALLS;
        for (int round = 0; round <= 1 || System.nanoTime() < (round <= ROUNDS_AT_LEAST ? hardEnd : end); round++) {
            History history = runner.run(work.plan(connections, calls));
            List<Event> load = load(history, connections * calls);
            double kit = load.size() / seconds(load);
            double without = load.size() / (bare(runner, work, connections, history, load) / 1e9);
            if (round > 0) {
                measured.kit().add(kit);
                measured.bare().add(without);
                load.forEach(event -> measured.latencies().add((double) event.returnedMicros() - event.invokedMicros()));
            }
            calls = (int) Math.max(FEWEST_CALLS, Math.min(Math.min(MOST_CALLS, MOST_CHANGES / work.size() / connections),
                    ROUND_SECONDS * kit / connections));
        }
        return measured;
    }

    /** The calls of the plan's last stage. */
    private static List<Event> load(History history, int count) {
        List<Event> events = history.events();
        List<Event> load = events.subList(Math.max(0, events.size() - count), events.size());
        load.stream().filter(event -> event.outcome() != Outcome.OK).findFirst().ifPresent(event -> {
            throw new IllegalStateException("a call of the benchmark was not answered ok: " + event.error());
        });
        return load;
    }

    private static double seconds(List<Event> load) {
        long first = load.stream().mapToLong(Event::invokedMicros).min().orElseThrow();
        long last = load.stream().mapToLong(Event::returnedMicros).max().orElseThrow();
        return (last - first) / 1e6;
    }

    /** The calls of a history once more, in a workspace of their own. */
    private long bare(PlanRunner runner, HttpWork work, int connections, History history, List<Event> load) throws Exception {
        Plan empty = work.plan(connections, 0);
        History.Space space = runner.run(empty).header().spaces().get(0);
        Scope scope = new Scope(space.workspaceId());
        Caller caller = Caller.of(space.members().get(0).userId(), space.workspaceId());
        Map<Integer, List<byte[]>> lanes = new LinkedHashMap<>();
        for (Event event : load) {
            lanes.computeIfAbsent(event.client(), none -> new ArrayList<>())
                    .add(bare.encode(request(event.call(), scope, caller, history)));
        }
        return bare.run(new ArrayList<>(lanes.values()));
    }

    private static byte[] request(Call call, Scope scope, Caller caller, History history) {
        if (call instanceof Call.Push push) {
            List<Operation> operations = Arrays.stream(push.operations())
                    .mapToObj(number -> history.operations().get(number).operation()).toList();
            return body("push", caller, new PushRequest(scope, operations));
        }
        Call.Pull pull = (Call.Pull) call;
        return body("pull", caller, new PullRequest(scope, pull.cursor(), pull.limit(), pull.tables()));
    }

    private static byte[] body(String method, Caller caller, Object input) {
        return Json.writeUtf8(Map.of("component", "sync", "method", method, "as", caller, "input", input));
    }
}
