package dev.or3.tck.reference.sqlite;

import static dev.or3.tck.reference.sqlite.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.Stamp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    @TempDir
    Path directory;

    /** A file as the first version of the schema left it, with a log, a tombstone, a private row and a cursor. */
    private void writeFirstVersion() throws SQLException {
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("or3.sqlite"));
                Statement statement = old.createStatement()) {
            statement.executeUpdate(Migrations.file(1));
            statement.executeUpdate("""
                    PRAGMA user_version = 1;
                    PRAGMA application_id = 0x6f723373;
                    INSERT INTO users VALUES ('u1', 'clerk', 'one', 'one@example.org', NULL, 1, 1),
                        ('u2', 'clerk', 'two', NULL, NULL, NULL, 1);
                    INSERT INTO workspaces VALUES (1, 'w1', 'Old', NULL, 1, NULL);
                    INSERT INTO memberships VALUES ('u1', 1, 'owner'), ('u2', 1, 'editor');
                    INSERT INTO sync_heads VALUES (1, 4, 1);
                    INSERT INTO changes VALUES
                        (1, 2, 'kv', 'b', 'delete', NULL, 'd', '00000000-0000-4000-8000-000000000002', 'h', 1, 5),
                        (1, 3, 'notifications', 'n', 'put', '{"id":"n","user_id":"u1"}', 'd',
                            '00000000-0000-4000-8000-000000000003', 'h', 1, 5),
                        (1, 4, 'notifications', 'n', 'delete', NULL, 'd', '00000000-0000-4000-8000-000000000004', 'h', 2, 5);
                    INSERT INTO operations VALUES (1, x'00000000000040008000000000000001', 1),
                        (1, x'00000000000040008000000000000002', 2), (1, x'00000000000040008000000000000003', 3),
                        (1, x'00000000000040008000000000000004', 4);
                    INSERT INTO records VALUES
                        (1, 'kv', 'a', 1, 0, 7, 'h', '00000000-0000-4000-8000-000000000001', 5, '{"id":"a"}'),
                        (1, 'kv', 'b', 2, 1, 1, 'h', '00000000-0000-4000-8000-000000000002', 5, NULL),
                        (1, 'notifications', 'n', 4, 1, 2, 'h', '00000000-0000-4000-8000-000000000004', 5, NULL);
                    INSERT INTO cursors VALUES (1, 'd', 3, 5);
                    """);
        }
    }

    @Test
    void anOlderFileIsUpgradedWithoutLoss() throws SQLException {
        writeFirstVersion();
        Caller one = Caller.of("u1", "w1");
        Caller two = Caller.of("u2", "w1");
        Scope scope = new Scope("w1");
        try (SqliteProvider provider = new SqliteProvider(ProviderConfig.in(directory))) {
            assertThat(pull(provider, one)).extracting(Change::serverVersion).containsExactly(2L, 3L, 4L);
            assertThat(pull(provider, two)).as("a private row stays private, its delete too")
                    .extracting(Change::serverVersion).containsExactly(2L);
            assertThat(provider.controls().inspect("w1", "kv", "a").record().payload().text()).isEqualTo("{\"id\":\"a\"}");
            assertThat(provider.controls().inspect("w1", "kv", "b").tombstones()).hasSize(1);
            assertThat(Rig.count(directory, "cursors")).isEqualTo(1);
            Operation replay = Rig.op("kv", "put", "a", "{\"id\":\"a\"}",
                    new Stamp("d", "00000000-0000-4000-8000-000000000001", "h", 7));
            Operation older = put("kv", "b", 0, "h", "{\"id\":\"b\"}");
            var results = provider.sync().push(one, new PushRequest(scope, List.of(replay, older))).results();
            assertThat(results.get(0).serverVersion()).isEqualTo(1);
            assertThat(results.get(1).serverVersion()).isEqualTo(5);
            assertThat(results.get(1).applied()).isFalse();
            provider.sync().updateCursor(one, new CursorUpdate(scope, "d", 5));
        }
        try (SqliteProvider again = new SqliteProvider(ProviderConfig.in(directory))) {
            assertThat(pull(again, one)).hasSize(4);
        }
    }

    private static List<Change> pull(SqliteProvider provider, Caller caller) {
        return provider.sync().pull(caller, new PullRequest(new Scope(caller.workspaceId()), 0, 100, null)).changes();
    }

    @Test
    void theStarterQueriesOfTheReadmeRun() throws Exception {
        new SqliteProvider(ProviderConfig.in(directory)).close();
        String readme = Files.readString(Path.of("README.md"));
        String sql = readme.substring(readme.indexOf("```sql") + 6, readme.indexOf("```", readme.indexOf("```sql") + 6));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("or3.sqlite"))) {
            int queries = 0;
            for (String query : sql.split(";")) {
                if (!query.isBlank()) {
                    connection.prepareStatement(query).executeQuery().close();
                    queries++;
                }
            }
            assertThat(queries).isGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void twoInstancesMayOpenAFreshFileAtOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            Path fresh = directory.resolve(UUID.randomUUID().toString());
            Files.createDirectory(fresh);
            Thread[] threads = new Thread[4];
            var failures = new ConcurrentLinkedQueue<Throwable>();
            for (int i = 0; i < threads.length; i++) {
                threads[i] = new Thread(() -> {
                    try (Rig rig = Rig.in(fresh)) {
                        rig.push(put("a", 1));
                    } catch (RuntimeException e) {
                        failures.add(e);
                    }
                });
                threads[i].start();
            }
            for (Thread thread : threads) {
                thread.join(20_000);
            }
            assertThat(failures).isEmpty();
        }
    }

    @Test
    void recordsOfAnEarlierWireSchemaAreServedAfterItGrew() {
        WireSchema first = WireSchema.current().asOf(1);
        Caller owner;
        try (Rig rig = Rig.on(new SqliteProvider(ProviderConfig.in(directory).with(first)))) {
            owner = rig.owner;
            rig.push(put("threads", "t", 1, "h", "{\"id\":\"t\",\"clock\":1}"));
            assertThat(rig.pushOne(put("notifications", "n", 1, "h", "{\"id\":\"n\"}")).success()).isFalse();
        }
        try (SqliteProvider grown = new SqliteProvider(ProviderConfig.in(directory))) {
            assertThat(pull(grown, owner)).extracting(Change::pk).containsExactly("t");
            assertThat(grown.sync().push(owner, new PushRequest(new Scope(owner.workspaceId()),
                    List.of(put("notifications", "n", 1, "h", "{\"id\":\"n\"}")))).serverVersion()).isEqualTo(2);
        }
    }
}
