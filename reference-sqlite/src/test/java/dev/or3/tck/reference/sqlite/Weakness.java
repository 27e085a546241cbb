package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Ways in which the reference would not survive the death of its process, and the reference as it is. */
enum Weakness {
    NONE,

    /** Calls are answered from a copy of the storage, and written to it every few moments. */
    ACKNOWLEDGED_BEFORE_COMMIT {
        @Override
        Provider open(Path directory) throws IOException {
            Path stored = directory.resolve(FILE);
            Path copy = Files.createTempDirectory("copy");
            if (Files.exists(stored)) {
                Files.copy(stored, copy.resolve(FILE));
            }
            SqliteProvider provider = new SqliteProvider(ProviderConfig.in(copy));
            Executors.newSingleThreadScheduledExecutor().scheduleWithFixedDelay(
                    () -> write(provider, copy.resolve("written"), stored), 0, 20, TimeUnit.MILLISECONDS);
            return provider;
        }

        private void write(SqliteProvider provider, Path written, Path stored) {
            provider.backup(written);
            try {
                Files.move(written, stored, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },

    /** Versions are reserved ten at a time; those that are left over are lost with the process. */
    COUNTER_PERSISTED_AHEAD {
        @Override
        Provider open(Path directory) throws IOException {
            return changed(directory, "UPDATE sync_heads SET head = head + 10 - head % 10 WHERE head > 0");
        }
    },

    /** The counter is persisted at every tenth version only. */
    COUNTER_PERSISTED_LATE {
        @Override
        Provider open(Path directory) throws IOException {
            return changed(directory, "UPDATE sync_heads SET head = head - head % 10");
        }
    },

    /** Op ids are remembered as long as the process lives. */
    DEDUPLICATION_IN_MEMORY {
        @Override
        Provider open(Path directory) throws IOException {
            return changed(directory, "DELETE FROM operations");
        }
    },

    /** Records are written to their table when the process ends in peace. */
    RECORDS_IN_MEMORY {
        @Override
        Provider open(Path directory) throws IOException {
            return changed(directory, "DELETE FROM records");
        }
    },

    /** Each operation of a batch is a transaction of its own. */
    BATCH_IN_SEVERAL_TRANSACTIONS {
        @Override
        Provider open(Path directory) throws IOException {
            return new PushTwin(super.open(directory), (sync, caller, request) -> {
                List<OperationResult> results = new ArrayList<>();
                PushResponse last = sync.push(caller, new PushRequest(request.scope(), List.of()));
                for (Operation operation : request.ops()) {
                    last = sync.push(caller, new PushRequest(request.scope(), List.of(operation)));
                    results.addAll(last.results());
                }
                return new PushResponse(results, last.serverVersion());
            });
        }
    };

    private static final String FILE = "or3.sqlite";

    /** Starts the provider over what its last process has left. */
    Provider open(Path directory) throws IOException {
        return new SqliteProvider(ProviderConfig.in(directory));
    }

    /** What a process has never written is not there when the next one starts. */
    private static Provider changed(Path directory, String sql) throws IOException {
        if (Files.exists(directory.resolve(FILE))) {
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(FILE));
                    var statement = connection.createStatement()) {
                statement.executeUpdate(sql);
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
        return NONE.open(directory);
    }
}
