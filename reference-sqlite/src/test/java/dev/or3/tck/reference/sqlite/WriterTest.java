package dev.or3.tck.reference.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the writers of one group. */
class WriterTest {
    private static final String INSERT = "INSERT INTO sync_heads VALUES (?, 0, 0)";
    private static final long LIMIT = 30;

    @TempDir
    Path directory;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Writer writer;

    @BeforeEach
    void open() {
        DatabaseFile file = new DatabaseFile(Settings.of(ProviderConfig.in(directory)));
        writer = new Writer(file.open(), file::another);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        writer.close();
    }

    /** Queues the works while the writer is held up, so that they form one group, and returns what becomes of them. */
    private <T> List<Future<T>> together(List<Work<T>> works) throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Future<?> first = threads.submit(() -> writer.write(session -> {
            held.countDown();
            return await(release);
        }));
        assertThat(held.await(LIMIT, TimeUnit.SECONDS)).isTrue();
        List<Future<T>> queued = new ArrayList<>();
        for (Work<T> work : works) {
            queued.add(threads.submit(() -> writer.write(work)));
        }
        while (writer.queued() < works.size()) {
            Thread.onSpinWait();
        }
        release.countDown();
        first.get(LIMIT, TimeUnit.SECONDS);
        return queued;
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(LIMIT, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static Work<Integer> insert(int ws) {
        return session -> session.update(INSERT, ws);
    }

    private List<Integer> stored() {
        return writer.write(session -> {
            List<Integer> found = new ArrayList<>();
            try (ResultSet row = session.query("SELECT ws FROM sync_heads ORDER BY ws")) {
                while (row.next()) {
                    found.add(row.getInt(1));
                }
            }
            return found;
        });
    }

    @Test
    void writersThatWaitShareOneTransaction() throws Exception {
        List<Long> committedBefore = Collections.synchronizedList(new ArrayList<>());
        List<Work<Integer>> works = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            int ws = i;
            works.add(session -> {
                committedBefore.add(Rig.count(directory, "sync_heads"));
                return session.update(INSERT, ws);
            });
        }
        for (Future<Integer> done : together(works)) {
            assertThat(done.get(LIMIT, TimeUnit.SECONDS)).isEqualTo(1);
        }
        assertThat(committedBefore).as("rows that others saw when each of them ran").hasSize(8).containsOnly(0L);
        assertThat(stored()).hasSize(8);
    }

    @Test
    void aWriterThatFailsHalfWayHurtsNoOtherAndLeavesNoTrace() throws Exception {
        List<Work<Integer>> works = List.of(insert(1), insert(2), session -> {
            session.update(INSERT, 3);
            throw new IllegalStateException("half-way");
        }, session -> {
            session.update(INSERT, 4);
            return session.update(INSERT, 4);
        }, insert(5));

        List<Future<Integer>> done = together(works);

        for (int good : new int[] {0, 1, 4}) {
            assertThat(done.get(good).get(LIMIT, TimeUnit.SECONDS)).isEqualTo(1);
        }
        for (int bad : new int[] {2, 3}) {
            assertThatThrownBy(() -> done.get(bad).get(LIMIT, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
                    .cause().isInstanceOfSatisfying(ProviderException.class, failure -> {
                        assertThat(failure.status()).isEqualTo(500);
                        assertThat(failure.getMessage()).doesNotContain("INSERT", "half-way");
                    });
        }
        assertThat(stored()).containsExactly(1, 2, 5);
    }

    @Test
    void aRefusalIsTheRefusedWritersAlone() throws Exception {
        List<Future<Integer>> done = together(List.of(insert(1), session -> {
            throw ProviderException.forbidden("no");
        }, insert(2)));
        assertThatThrownBy(() -> done.get(1).get(LIMIT, TimeUnit.SECONDS)).hasRootCauseMessage("no");
        assertThat(done.get(2).get(LIMIT, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(stored()).containsExactly(1, 2);
    }

    @Test
    void anInterruptedWriterStillLearnsWhatBecameOfItsWork() throws Exception {
        Future<Boolean> interrupted = threads.submit(() -> {
            Thread.currentThread().interrupt();
            writer.write(insert(1));
            return Thread.interrupted();
        });
        assertThat(interrupted.get(LIMIT, TimeUnit.SECONDS)).as("and stays interrupted").isTrue();
        assertThat(stored()).containsExactly(1);
    }
}
