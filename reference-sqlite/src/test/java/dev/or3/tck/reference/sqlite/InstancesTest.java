package dev.or3.tck.reference.sqlite;

import static dev.or3.tck.reference.sqlite.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances on one file behave like one. */
class InstancesTest {
    @TempDir
    Path directory;

    @Test
    void concurrentPushesPullsAndCursorsOfTwoInstancesKeepOneLog() throws Exception {
        try (Rig rig = Rig.in(directory); SqliteProvider second = new SqliteProvider(ProviderConfig.in(directory))) {
            List<SqliteProvider> instances = List.of(rig.provider, second);
            List<Operation> shared = IntStream.range(0, 40).mapToObj(i -> put("shared", i)).toList();
            Map<String, Long> versions = new ConcurrentHashMap<>();
            AtomicBoolean pushing = new AtomicBoolean(true);
            ExecutorService threads = Executors.newFixedThreadPool(6);
            try {
                List<Future<?>> pushers = new ArrayList<>();
                for (int client = 0; client < 4; client++) {
                    SqliteProvider instance = instances.get(client % 2);
                    String name = "c" + client;
                    pushers.add(threads.submit(() -> push(instance, rig, name, shared, versions)));
                }
                List<Future<?>> others = new ArrayList<>();
                for (SqliteProvider instance : instances) {
                    others.add(threads.submit(() -> follow(instance, rig, pushing)));
                }
                for (Future<?> pusher : pushers) {
                    pusher.get(60, TimeUnit.SECONDS);
                }
                pushing.set(false);
                for (Future<?> other : others) {
                    other.get(60, TimeUnit.SECONDS);
                }
            } finally {
                threads.shutdownNow();
            }
            List<Change> log = rig.log(rig.owner);
            assertThat(log).extracting(Change::serverVersion)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, 4 * 40 * 3 + 40).boxed().toList());
            Map<String, Long> byId = new HashMap<>();
            log.forEach(change -> assertThat(byId.put(change.stamp().opId(), change.serverVersion())).isNull());
            assertThat(byId).isEqualTo(versions);
        }
    }

    /** Rounds of a batch of three with an operation that every client pushes. */
    private static void push(SqliteProvider instance, Rig rig, String name, List<Operation> shared,
            Map<String, Long> versions) {
        long before = 0;
        for (int round = 0; round < shared.size(); round++) {
            List<Operation> ops = List.of(put(name, round), put(name + "x", round), shared.get(round), put("all", round));
            for (OperationResult result : instance.sync().push(rig.owner, new PushRequest(rig.scope, ops)).results()) {
                Long first = versions.putIfAbsent(result.opId(), result.serverVersion());
                assertThat(first == null || first.equals(result.serverVersion())).as("one version per op id").isTrue();
            }
            long own = versions.get(ops.get(0).stamp().opId());
            assertThat(own).as("later pushes get higher versions").isGreaterThan(before);
            before = own;
        }
    }

    /** Pulls as the log grows: no version is skipped, and a batch is seen whole. */
    private static void follow(SqliteProvider instance, Rig rig, AtomicBoolean pushing) {
        long cursor = 0;
        boolean last;
        do {
            last = !pushing.get();
            PullResponse page = instance.sync().pull(rig.owner, new PullRequest(rig.scope, cursor, 1000, null));
            for (Change change : page.changes()) {
                assertThat(change.serverVersion()).isEqualTo(++cursor);
            }
            if (!page.changes().isEmpty()) {
                assertThat(page.changes().get(page.changes().size() - 1).pk()).as("the end of a batch").isEqualTo("all");
            }
            instance.sync().updateCursor(rig.owner, new CursorUpdate(rig.scope, "device", page.nextCursor()));
        } while (!last);
    }

    @Test
    void severalProcessesKeepOneLogAndNoneIsLockedOut() throws Exception {
        try (Rig rig = Rig.in(directory)) {
            List<Path> outputs = new ArrayList<>();
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                outputs.add(directory.resolve("output" + i));
                processes.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                        PushingProcess.class.getName(),
                        directory.toString(), rig.scope.workspaceId(), rig.owner.userId(), "p" + i, "150")
                        .redirectErrorStream(true).redirectOutput(outputs.get(i).toFile()).start());
            }
            Map<String, Long> versions = new HashMap<>();
            try {
                for (int i = 0; i < 150; i++) {
                    rig.push(put("here", i), put("all", i)).results()
                            .forEach(result -> versions.put(result.opId(), result.serverVersion()));
                }
                for (Process process : processes) {
                    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
                }
            } finally {
                processes.forEach(Process::destroyForcibly);
            }
            for (int i = 0; i < 3; i++) {
                List<String> lines = Files.readAllLines(outputs.get(i));
                assertThat(processes.get(i).exitValue()).as(lines.toString()).isZero();
                lines.forEach(line -> versions.put(line.split(" ")[0], Long.valueOf(line.split(" ")[1])));
            }
            Map<String, Long> log = new HashMap<>();
            rig.log(rig.owner).forEach(change -> log.put(change.stamp().opId(), change.serverVersion()));
            assertThat(log).isEqualTo(versions).hasSize(1200);
            assertThat(log.values()).containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 1200).boxed().toList());
        }
    }

    @Test
    void aRestartUnderLoadLosesNothing() throws Exception {
        try (Rig rig = Rig.in(directory)) {
            ExecutorService threads = Executors.newFixedThreadPool(3);
            try {
                List<Future<Integer>> pushers = new ArrayList<>();
                for (int client = 0; client < 3; client++) {
                    String name = "c" + client;
                    pushers.add(threads.submit(() -> {
                        for (int i = 0; i < 100; i++) {
                            assertThat(rig.pushOne(put(name, i)).success()).isTrue();
                        }
                        return 100;
                    }));
                }
                for (int i = 0; i < 10; i++) {
                    rig.provider.controls().restart();
                }
                for (Future<Integer> pusher : pushers) {
                    pusher.get(60, TimeUnit.SECONDS);
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(rig.log(rig.owner)).hasSize(300);
        }
    }

    @Test
    void aBackupMadeWhileOthersPushIsAWholeDatabase() throws Exception {
        Path copy = directory.resolve("copies");
        Files.createDirectory(copy);
        try (Rig rig = Rig.in(directory)) {
            rig.push(put("a", 1), put("b", 1));
            AtomicBoolean pushing = new AtomicBoolean(true);
            Thread pusher = new Thread(() -> {
                for (int i = 0; pushing.get(); i++) {
                    rig.push(put("x", i), put("y", i));
                }
            });
            pusher.start();
            rig.provider.backup(copy.resolve("or3.sqlite"));
            pushing.set(false);
            pusher.join(20_000);
            assertThatThrownBy(() -> rig.provider.backup(copy.resolve("or3.sqlite"))).hasMessageContaining("exists already");
            assertThatThrownBy(() -> rig.provider.backup(copy.resolve("no/where"))).hasMessageContaining("does not exist");

            try (SqliteProvider restored = new SqliteProvider(ProviderConfig.in(copy))) {
                List<Change> log = restored.sync().pull(rig.owner, new PullRequest(rig.scope, 0, 1000, null)).changes();
                assertThat(log).hasSizeGreaterThanOrEqualTo(2);
                assertThat(log.size() % 2).as("batches are whole").isZero();
                assertThat(log).extracting(Change::serverVersion)
                        .containsExactlyElementsOf(LongStream.rangeClosed(1, log.size()).boxed().toList());
            }
            assertThat(copy.toFile().list()).noneMatch(name -> name.endsWith(".partial"));
        }
    }

    @Test
    void closingEndsEveryThreadThatTheProviderStarted() {
        Thread[] before = live();
        try (Rig rig = Rig.in(directory)) {
            rig.push(put("a", 1));
            rig.log(rig.owner);
        }
        assertThat(live()).isSubsetOf(before);
    }

    private static Thread[] live() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> !thread.isDaemon()).toArray(Thread[]::new);
    }
}
