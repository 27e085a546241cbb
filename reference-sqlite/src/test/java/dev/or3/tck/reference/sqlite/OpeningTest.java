package dev.or3.tck.reference.sqlite;

import static dev.or3.tck.reference.sqlite.Rig.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
    @TempDir
    Path directory;

    private SqliteProvider open(String... settings) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            given.put(settings[i], settings[i + 1]);
        }
        return new SqliteProvider(ProviderConfig.in(directory).with(given));
    }

    private SqliteProvider at(Path path) {
        return open(Settings.DB_PATH, path.toString(), Settings.STRICT, "true", Settings.BUSY_MILLIS, "200");
    }

    private void assertRefused(Path path, String... words) {
        assertThatThrownBy(() -> at(path).close()).isInstanceOf(ProviderException.class)
                .hasMessageContaining(Settings.DB_PATH).hasMessageContaining(path.toString()).hasMessageNotContaining("\n")
                .satisfies(refused -> assertThat(refused.getMessage()).contains(words));
    }

    private Connection bare(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    @Test
    void withoutASettingTheFileIsInTheDataDirectoryUnlessStrict() {
        open().close();
        assertThat(directory.resolve("or3.sqlite")).isRegularFile();
        assertThatThrownBy(() -> open(Settings.STRICT, "true")).isInstanceOf(ProviderException.class)
                .hasMessageContaining(Settings.DB_PATH + " is not set");
    }

    @Test
    void aPathWithStrangeCharactersIsTakenLiterally() {
        Path odd = directory.resolve("a b?mode=memory&x#%20é.db");
        try (Rig rig = Rig.on(at(odd))) {
            rig.push(put("a", 1));
            assertThat(odd).isRegularFile();
        }
    }

    @Test
    void aFolderIsRefused() {
        assertRefused(directory, "is a folder");
    }

    @Test
    void aMisspeltFolderIsRefusedAndNothingIsCreated() {
        Path path = directory.resolve("mispelt").resolve("or3.sqlite");
        assertRefused(path, "does not exist", "create");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void memoryIsRefusedUnlessAllowed() {
        assertThatThrownBy(() -> open(Settings.DB_PATH, ":memory:")).hasMessageContaining(Settings.ALLOW_IN_MEMORY);
        try (Rig rig = Rig.on(open(Settings.DB_PATH, ":memory:", Settings.ALLOW_IN_MEMORY, "true"))) {
            rig.push(put("a", 1));
            assertThat(rig.log(rig.owner)).hasSize(1);
            assertThat(rig.provider.manifest().hasControl("restart")).isFalse();
            assertThat(rig.provider.manifest().components().get("sync").scope()).isEqualTo("process");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void somethingElseThanADatabaseIsRefusedAndLeftAlone() throws IOException {
        String notes = "These are my notes, not a database at all. ".repeat(50);
        Path text = Files.writeString(directory.resolve("notes.txt"), notes);
        assertRefused(text, "is not an SQLite database");
        assertThat(text).hasContent(notes);
    }

    @Test
    void aDatabaseOfAnotherApplicationIsRefused() throws SQLException {
        Path file = directory.resolve("other.db");
        try (Connection other = bare(file)) {
            other.createStatement().executeUpdate("CREATE TABLE recipes (name TEXT)");
        }
        assertRefused(file, "another application");
    }

    @Test
    void aReadOnlyFileIsRefused() throws IOException {
        Path file = directory.resolve("or3.db");
        at(file).close();
        // Byte 18 of an SQLite file says who may write it; above 2 nobody may, not even root.
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(18);
            bytes.write(3);
        }
        assertRefused(file, "read-only");
    }

    @Test
    void aNewerSchemaIsRefused() throws SQLException {
        Path file = directory.resolve("or3.db");
        at(file).close();
        try (Connection newer = bare(file)) {
            newer.createStatement().executeUpdate("PRAGMA user_version = 99");
        }
        assertRefused(file, "schema version 99", "newer provider");
    }

    @Test
    void aFileLockedByAnotherIsRefusedAfterABoundedWait() throws SQLException {
        Path fresh = directory.resolve("fresh.db");
        Path known = directory.resolve("known.db");
        at(known).close();
        for (Path file : List.of(fresh, known)) {
            try (Connection holder = bare(file)) {
                holder.createStatement().executeUpdate("PRAGMA locking_mode = EXCLUSIVE");
                holder.createStatement().executeUpdate("BEGIN EXCLUSIVE");
                long began = System.nanoTime();
                assertRefused(file, "locked by another process", Settings.BUSY_MILLIS);
                assertThat(System.nanoTime() - began).isBetween(200_000_000L, 60_000_000_000L);
            }
            at(file).close();
        }
    }

    @Test
    void aWriteThatFindsTheFileLockedWaitsThenFailsAsBusyAndLeavesNoTrace() throws SQLException {
        Path file = directory.resolve("or3.db");
        try (Rig rig = Rig.on(at(file))) {
            try (Connection holder = bare(file)) {
                holder.createStatement().executeUpdate("BEGIN IMMEDIATE");
                assertThatThrownBy(() -> rig.push(put("a", 1))).isInstanceOfSatisfying(ProviderException.class,
                        busy -> assertThat(busy.status()).isEqualTo(503));
                assertThat(rig.log(rig.owner)).as("reads go on").isEmpty();
            }
            assertThat(rig.pushOne(put("a", 1)).serverVersion()).isEqualTo(1);
        }
    }

    @Test
    void wrongSettingsAreNamed() {
        for (String name : List.of(Settings.STRICT, Settings.ALLOW_IN_MEMORY, Settings.JOURNAL_MODE, Settings.SYNCHRONOUS,
                Settings.PROFILE, Settings.BUSY_MILLIS)) {
            assertThatThrownBy(() -> open(name, "maybe")).isInstanceOf(ProviderException.class)
                    .hasMessageContaining(name).hasMessageContaining("maybe").hasMessageNotContaining("\n");
        }
        assertThatThrownBy(() -> open(Settings.DB_PATH, "a\0b")).hasMessageContaining(Settings.DB_PATH);
    }

    @Test
    void aMisspeltSettingIsNamedWhenStrict() {
        assertThatThrownBy(() -> open("OR3_SQLITE_DBPATH", "x", Settings.DB_PATH, directory.resolve("x.db").toString(),
                Settings.STRICT, "true")).hasMessageContaining("OR3_SQLITE_DBPATH").hasMessageContaining(Settings.DB_PATH);
        open("OR3_SQLITE_DBPATH", "x").close();
    }

    @Test
    void aFileThatWasTakenAwayIsNotMadeAnewByARestart() throws IOException {
        Path file = directory.resolve("or3.db");
        try (SqliteProvider provider = at(file)) {
            for (Path gone : List.of(file, directory.resolve("or3.db-wal"), directory.resolve("or3.db-shm"))) {
                Files.deleteIfExists(gone);
            }
            assertThatThrownBy(() -> provider.controls().restart()).hasMessageContaining("taken away");
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void theRollbackJournalWorksToo() {
        try (Rig rig = Rig.on(open(Settings.JOURNAL_MODE, "delete", Settings.SYNCHRONOUS, "full"))) {
            rig.push(put("a", 1), put("b", 1));
            rig.provider.controls().restart();
            assertThat(rig.log(rig.owner)).hasSize(2);
        }
    }

    @Test
    void aClosedProviderSaysSo() {
        Rig rig = Rig.in(directory);
        rig.close();
        rig.close();
        assertThatThrownBy(() -> rig.push(put("a", 1))).hasMessageContaining("closed");
        assertThatThrownBy(() -> rig.log(rig.owner)).hasMessageContaining("closed");
        assertThat(directory.resolve("or3.sqlite-wal")).as("everything is in the one file").doesNotExist();
    }
}
