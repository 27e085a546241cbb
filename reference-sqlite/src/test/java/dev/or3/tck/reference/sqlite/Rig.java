package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.control.Controls.Provisioned;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.api.workspaces.Role;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** An open provider with one workspace, its owner and a second member, and short ways to call it. */
final class Rig implements AutoCloseable {
    final SqliteProvider provider;
    final Scope scope;
    final Caller owner;
    final Caller editor;

    private Rig(SqliteProvider provider) {
        this.provider = provider;
        Provisioned made = provider.controls().provision(List.of(Role.OWNER, Role.EDITOR));
        this.scope = new Scope(made.workspaceId());
        this.owner = Caller.of(made.userIds().get(0), made.workspaceId());
        this.editor = Caller.of(made.userIds().get(1), made.workspaceId());
    }

    static Rig in(Path directory) {
        return new Rig(new SqliteProvider(ProviderConfig.in(directory)));
    }

    static Rig on(Provider provider) {
        return new Rig((SqliteProvider) provider);
    }

    PushResponse push(Operation... ops) {
        return push(owner, ops);
    }

    PushResponse push(Caller caller, Operation... ops) {
        return provider.sync().push(caller, new PushRequest(new Scope(caller.workspaceId()), Arrays.asList(ops)));
    }

    OperationResult pushOne(Operation op) {
        return push(op).results().get(0);
    }

    PullResponse pull(Caller caller, long cursor, int limit, String... tables) {
        return provider.sync().pull(caller, new PullRequest(new Scope(caller.workspaceId()), cursor, limit,
                tables.length == 0 ? null : List.of(tables)));
    }

    /** The whole log as a caller sees it. */
    List<Change> log(Caller caller, String... tables) {
        List<Change> all = new ArrayList<>();
        long cursor = 0;
        PullResponse page;
        do {
            page = pull(caller, cursor, 100, tables);
            all.addAll(page.changes());
            cursor = page.nextCursor();
        } while (page.hasMore());
        return all;
    }

    static Operation put(String table, String pk, long clock, String hlc, String payload) {
        return op(table, "put", pk, payload, new Stamp("device-1", UUID.randomUUID().toString(), hlc, clock));
    }

    static Operation put(String pk, long clock) {
        return put("kv", pk, clock, "0ks3n7x0g:000:abc12345", kv(pk, clock, "v" + clock));
    }

    /** So many puts, each of a record of its own. */
    static Operation[] puts(String table, int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> put(table, "r" + i, 1, "h", "{}"))
                .toArray(Operation[]::new);
    }

    static Operation delete(String pk, long clock) {
        return op("kv", "delete", pk, null,
                new Stamp("device-1", UUID.randomUUID().toString(), "0ks3n7x0g:000:abc12345", clock));
    }

    static Operation op(String table, String operation, String pk, String payload, Stamp stamp) {
        return new Operation(UUID.randomUUID().toString(), table, operation, pk,
                payload == null ? null : new JsonText(payload), stamp, 1, 0, "pending");
    }

    static String kv(String pk, long clock, String value) {
        return "{\"id\":\"" + pk + "\",\"name\":\"n\",\"value\":\"" + value
                + "\",\"created_at\":1,\"updated_at\":2,\"clock\":" + clock + "}";
    }

    static String notification(String pk, long clock, String userId, String title) {
        return "{\"id\":\"" + pk + "\",\"user_id\":\"" + userId + "\",\"type\":\"t\",\"title\":\"" + title
                + "\",\"deleted\":false,\"created_at\":1,\"updated_at\":2,\"clock\":" + clock + "}";
    }

    /** How many rows a table has, of all workspaces. */
    static long count(Path directory, String table) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("or3.sqlite"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        provider.close();
    }
}
