package dev.or3.tck.reference.sqlite.bench;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.bench.BenchmarkReport;
import dev.or3.tck.api.bench.Figure;
import dev.or3.tck.api.control.Controls.Provisioned;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.reference.sqlite.SqliteProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * How the cost of a push and of a pull grows from a log of a thousand entries to one of a million (PERF-01): the exponent
 * is the slope of the logarithm of the cost over the logarithm of the size.
 */
final class Growth {
    private static final int[] SIZES = {1_000, 10_000, 100_000, 1_000_000};
    private static final int PUSHES = 60;
    private static final int PULLS = 200;

    /** Ten changes to a record; ids in their final order where only that is fast. */
    private static final String FILL = """
            PRAGMA synchronous = OFF;
            PRAGMA cache_size = -262144;
            BEGIN;
            CREATE TEMP TABLE seed AS
                WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < :size)
                SELECT v, randomblob(16) AS id, v % (:size / 10) * 2654435761 % 4294967296 AS record FROM n;
            CREATE TEMP TABLE entry AS
                SELECT v, id, lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4)
                    || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) AS op_id,
                    printf('%08x-0000-4000-8000-000000000000', record) AS pk FROM seed;
            INSERT INTO changes SELECT 1, v, 'messages', pk, 'put',
                '{"id":"' || pk || '","role":"user","clock":' || v || ',"content":"' || printf('%.200c', 'x') || '"}',
                'device-1', op_id, '0ks3n7x0g:000:abc12345', v, 0, NULL FROM entry;
            INSERT INTO operations SELECT 1, id, v, NULL FROM entry ORDER BY id;
            INSERT INTO records (ws, table_name, pk, server_version, deleted, clock, hlc, op_id, changed_at)
                SELECT 1, 'messages', pk, v, 0, v, '0ks3n7x0g:000:abc12345', op_id, 0 FROM entry
                WHERE v > :size - :size / 10 ORDER BY pk;
            UPDATE sync_heads SET head = :size;
            COMMIT
            """;

    private final Path directory;

    Growth(Path directory) {
        this.directory = directory;
    }

    void run(BenchmarkReport report, long nanos) throws Exception {
        List<Sized> logs = new ArrayList<>();
        try {
            for (int size : SIZES) {
                logs.add(new Sized(Files.createDirectory(directory.resolve("log" + size)), size));
            }
            long began = System.nanoTime();
            for (int round = 0; round < 4 || System.nanoTime() - began < nanos / 2; round++) {
                for (Sized log : logs) {
                    log.round();
                }
            }
            for (Sized log : logs) {
                report.add(Figure.told("push of 20 over a log of " + log.size, log.push(), "µs"));
            }
            report.add(Figure.atMost(0.1, "growth of push: exponent", exponent(logs, Sized::push), ""));
            for (Sized log : logs) {
                report.add(Figure.told("pull of 100 over a log of " + log.size, log.pull(), "µs"));
            }
            report.add(Figure.atMost(0.1, "growth of pull: exponent", exponent(logs, Sized::pull), ""));
        } finally {
            for (Sized log : logs) {
                log.provider.close();
            }
        }
    }

    private static double exponent(List<Sized> logs, ToDoubleFunction<Sized> cost) {
        List<Double> costs = logs.stream().map(cost::applyAsDouble).toList();
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < SIZES.length; i++) {
            meanX += Math.log(SIZES[i]) / SIZES.length;
            meanY += Math.log(costs.get(i)) / SIZES.length;
        }
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < SIZES.length; i++) {
            double x = Math.log(SIZES[i]) - meanX;
            covariance += x * (Math.log(costs.get(i)) - meanY);
            variance += x * x;
        }
        return covariance / variance;
    }

    /** A provider over a log of a given size, and what its rounds took. */
    private static final class Sized {
        private final int size;
        private final SqliteProvider provider;
        private final Scope scope;
        private final Caller caller;
        private final Workload work;
        private final Random random = new Random(7);
        private final List<Double> pushes = new ArrayList<>();
        private final List<Double> pulls = new ArrayList<>();

        Sized(Path directory, int size) throws SQLException {
            this.size = size;
            this.work = new Workload(size, 1000);
            Provisioned made;
            try (SqliteProvider creator = new SqliteProvider(ProviderConfig.in(directory))) {
                made = creator.controls().provision(List.of(Role.OWNER));
            }
            fill(directory.resolve("or3.sqlite"), size);
            provider = new SqliteProvider(ProviderConfig.in(directory));
            scope = new Scope(made.workspaceId());
            caller = Caller.of(made.userIds().get(0), made.workspaceId());
        }

        /** Writes the log as pushes would have left it, without taking their time. */
        private static void fill(Path file, int size) throws SQLException {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate(FILL.replace(":size", Integer.toString(size)));
            }
        }

        void round() {
            List<List<Operation>> batches = work.batches(PUSHES, 20);
            long start = System.nanoTime();
            for (List<Operation> batch : batches) {
                provider.sync().push(caller, new PushRequest(scope, batch));
            }
            pushes.add((System.nanoTime() - start) / 1e3 / PUSHES);
            start = System.nanoTime();
            for (int i = 0; i < PULLS; i++) {
                provider.sync().pull(caller, new PullRequest(scope, random.nextInt(size - 100), 100, null));
            }
            pulls.add((System.nanoTime() - start) / 1e3 / PULLS);
        }

        /** The median of a push, in microseconds, without the first round. */
        double push() {
            return Turns.median(pushes.subList(1, pushes.size()));
        }

        double pull() {
            return Turns.median(pulls.subList(1, pulls.size()));
        }
    }
}
