package dev.or3.tck.reference.sqlite.bench;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.bench.Benchmark;
import dev.or3.tck.api.bench.BenchmarkReport;
import dev.or3.tck.api.bench.Figure;
import dev.or3.tck.api.control.Controls.Provisioned;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.reference.sqlite.SqliteProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Push and pull of the SQLite provider: as a share of what the bare driver does, in changes a second, and by the size of
 * the log.
 */
public final class SqliteBenchmark implements Benchmark {
    private static final int BATCH = 100;
    private static final int CLIENTS = 8;
    private static final int PAGE = 1000;
    private static final int RECORDS = 5000;

    @Override
    public String id() {
        return "sqlite";
    }

    @Override
    public String describe() {
        return "push and pull of the SQLite provider, beside the bare driver and by the size of the log";
    }

    @Override
    public void run(BenchmarkReport report, Duration budget) throws Exception {
        Path directory = Files.createTempDirectory("or3-bench-sqlite");
        try {
            long slice = budget.toNanos() / 5;
            try (Bench bench = new Bench(directory)) {
                bench.pushByBatches(report, slice);
                bench.pushOneByOne(report, slice);
                bench.pushTogether(report, slice);
                bench.pull(report, slice / 2);
            }
            new Growth(directory).run(report, slice * 3 / 2);
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The provider and the yardstick, each on a file of its own. */
    private static final class Bench implements AutoCloseable {
        private final SqliteProvider provider;
        private final Scope scope;
        private final Caller caller;
        private final BareWriter bare;
        private final Workload work = new Workload(42, RECORDS);

        Bench(Path directory) throws Exception {
            provider = new SqliteProvider(ProviderConfig.in(Files.createDirectory(directory.resolve("provider"))));
            Provisioned made = provider.controls().provision(List.of(Role.OWNER));
            scope = new Scope(made.workspaceId());
            caller = Caller.of(made.userIds().get(0), made.workspaceId());
            Path second = Files.createDirectory(directory.resolve("bare"));
            try (SqliteProvider creator = new SqliteProvider(ProviderConfig.in(second))) {
                creator.controls().provision(List.of(Role.OWNER));
            }
            bare = new BareWriter(second.resolve("or3.sqlite"), 1);
        }

        void pushByBatches(BenchmarkReport report, long nanos) throws Exception {
            Turns turns = new Turns(nanos);
            while (turns.next()) {
                List<List<Operation>> batches = work.batches(50, BATCH);
                turns.measured(50 * BATCH, () -> push(batches));
                List<List<Operation>> others = work.batches(50, BATCH);
                turns.yardstick(50 * BATCH, () -> write(others));
            }
            turns.tell(report, "push by 100", 0.75);
        }

        void pushOneByOne(BenchmarkReport report, long nanos) throws Exception {
            Turns turns = new Turns(nanos);
            while (turns.next()) {
                List<List<Operation>> batches = work.batches(2000, 1);
                turns.measured(2000, () -> push(batches));
                List<List<Operation>> others = work.batches(2000, 1);
                turns.yardstick(2000, () -> write(others));
            }
            turns.tell(report, "push one by one", 0.60);
        }

        void pushTogether(BenchmarkReport report, long nanos) throws Exception {
            Turns turns = new Turns(nanos);
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            try {
                while (turns.next()) {
                    List<List<List<Operation>>> each = new ArrayList<>();
                    for (int client = 0; client < CLIENTS; client++) {
                        each.add(work.batches(500, 1));
                    }
                    turns.measured(CLIENTS * 500, () -> together(clients, each));
                    List<List<Operation>> others = work.batches(CLIENTS * 500 / BATCH, BATCH);
                    turns.yardstick(CLIENTS * 500, () -> write(others));
                }
            } finally {
                clients.shutdownNow();
            }
            turns.tell(report, "push one each by 8 clients, beside bare by 100", 0.60);
        }

        /** Reads the log from end to end, again and again. */
        void pull(BenchmarkReport report, long nanos) {
            List<Double> rates = new ArrayList<>();
            long began = System.nanoTime();
            while (rates.size() < 6 || System.nanoTime() - began < nanos) {
                long start = System.nanoTime();
                long pulled = 0;
                PullResponse page;
                long cursor = 0;
                do {
                    page = provider.sync().pull(caller, new PullRequest(scope, cursor, PAGE, null));
                    pulled += page.changes().size();
                    cursor = page.nextCursor();
                } while (page.hasMore());
                rates.add(pulled * 1e9 / (System.nanoTime() - start));
            }
            report.add(Figure.atLeast(300_000, "pull in pages of 1000, one client",
                    Turns.median(rates.subList(1, rates.size())), "changes/s"));
        }

        private void push(List<List<Operation>> batches) {
            for (List<Operation> batch : batches) {
                provider.sync().push(caller, new PushRequest(scope, batch));
            }
        }

        private void write(List<List<Operation>> batches) throws Exception {
            for (List<Operation> batch : batches) {
                bare.write(batch);
            }
        }

        private void together(ExecutorService clients, List<List<List<Operation>>> each) throws Exception {
            List<Future<?>> running = new ArrayList<>();
            for (List<List<Operation>> batches : each) {
                running.add(clients.submit(() -> push(batches)));
            }
            for (Future<?> client : running) {
                client.get(60, TimeUnit.SECONDS);
            }
        }

        @Override
        public void close() throws Exception {
            provider.close();
            bare.close();
        }
    }
}
