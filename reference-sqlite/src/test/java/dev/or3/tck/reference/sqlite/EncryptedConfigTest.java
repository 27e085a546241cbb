package dev.or3.tck.reference.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.admin.Admin.ActionRun;
import dev.or3.tck.api.admin.Admin.Nothing;
import dev.or3.tck.api.config.Configuration.ConfigEvent;
import dev.or3.tck.api.config.Configuration.NewConfig;
import dev.or3.tck.api.config.Configuration.OrgActor;
import dev.or3.tck.reference.backends.EncryptionKey;
import dev.or3.tck.reference.sqlite.ConfigRig.Played;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on disk is encrypted, can be rotated, and fails loudly where it cannot be read (CFG-03, -04). */
class EncryptedConfigTest {
    private static final Played PLAYED = new Played();

    @TempDir
    Path directory;

    @BeforeEach
    void allIsWell() {
        PLAYED.answerAll();
    }

    @AfterAll
    static void end() {
        PLAYED.close();
    }

    @Test
    void noSecretIsInAnyFileNorInWhatIsTold() throws IOException {
        try (ConfigRig rig = new ConfigRig(directory, PLAYED)) {
            rig.switchTo("a");
            rig.switchTo("a");
            rig.rollback();
            PLAYED.answer("b", 401);
            assertThatThrownBy(() -> rig.switchTo("b")).hasMessageNotContaining(ConfigRig.CANARY);
            PLAYED.answer("a", 500);
            assertThatThrownBy(rig::answering).hasMessageNotContaining(ConfigRig.CANARY);
            assertThat(rig.events().toString() + rig.active()).doesNotContain(ConfigRig.CANARY);
            ConfigRig.script(directory, "DELETE FROM backend_configs");
            assertNotInAnyFile();
        }
        assertNotInAnyFile();
    }

    private void assertNotInAnyFile() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(content.contains("canaryThat")).as(file.toString()).isFalse();
                assertThat(content.contains(ConfigRig.KEY)).as("the key in " + file).isFalse();
            }
        }
    }

    @Test
    void theSameConfigurationIsNeverStoredInTheSameBytes() {
        try (ConfigRig rig = new ConfigRig(directory, PLAYED)) {
            for (int i = 0; i < 5; i++) {
                rig.configuration.saveConfig(rig.owner, new NewConfig(rig.org.orgId(), rig.owner.userId(), rig.notion("a")));
            }
            assertThat(Rig.count(directory, "(SELECT DISTINCT iv FROM backend_configs)")).isEqualTo(5);
            assertThat(Rig.count(directory, "(SELECT DISTINCT ciphertext FROM backend_configs)")).isEqualTo(5);
            assertThat(Rig.count(directory, "backend_configs WHERE length(iv) = 12")).isEqualTo(5);
        }
    }

    @Test
    void whatWasTamperedWithIsNeverUsedAndLeavesASecurityEvent() {
        try (ConfigRig rig = new ConfigRig(directory, PLAYED)) {
            String first = rig.switchTo("a").configId();
            rig.switchTo("b");
            ConfigRig.script(directory, "UPDATE backend_configs SET ciphertext = zeroblob(length(ciphertext))"
                    + " WHERE config_id = '" + first + "'");
            assertThatThrownBy(rig::rollback).hasMessageContaining("was changed since it was saved");
            assertThat(rig.answering()).isEqualTo("b");
            ConfigRig.script(directory, "UPDATE backend_configs SET ciphertext = (SELECT ciphertext FROM backend_configs"
                    + " WHERE config_id = '" + first + "')");
            assertThatThrownBy(rig::active).hasMessageContaining("cannot be decrypted");
            assertThat(rig.events("security")).hasSize(2).allSatisfy(event -> {
                assertThat(event.type()).isEqualTo("communication_event");
                assertThat(event.actorId()).isEqualTo(rig.owner.userId());
                assertThat(event.metadata().text()).contains("decryption_failed", "tampered");
            });
        }
    }

    @Test
    void aConfigurationMovedToAnotherOrganizationDoesNotOpenThere() {
        try (ConfigRig rig = new ConfigRig(directory, PLAYED); ConfigRig other = new ConfigRig(directory, PLAYED)) {
            rig.switchTo("a");
            other.switchTo("b");
            ConfigRig.script(directory, "UPDATE backend_configs SET (key_id, iv, ciphertext) = (SELECT c.key_id, c.iv,"
                    + " c.ciphertext FROM backend_configs c WHERE c.config_id = '" + rig.active().configId() + "')"
                    + " WHERE config_id = '" + other.active().configId() + "'");
            assertThatThrownBy(other::answering).hasMessageContaining("cannot be decrypted");
            assertThat(rig.answering()).isEqualTo("a");
        }
    }

    @Test
    void anotherKeyFailsLoudlyAndNeverFallsBackToTheDefault() {
        ConfigRig first = new ConfigRig(directory, PLAYED);
        first.switchTo("a");
        first.close();
        OrgActor actor = first.as(first.owner);
        try (ConfigRig wrong = new ConfigRig(directory, PLAYED, "ENCRYPTION_KEY", EncryptionKey.generate())) {
            assertThatThrownBy(() -> wrong.configuration.query(first.owner, first.org))
                    .hasMessageContaining("which is neither ENCRYPTION_KEY nor ENCRYPTION_KEY_PREVIOUS");
            assertThatThrownBy(() -> wrong.configuration.activeConfig(first.owner, actor))
                    .hasMessageContaining("cannot be decrypted");
            assertThat(wrong.configuration.events(first.owner, first.org)).extracting(ConfigEvent::metadata)
                    .anyMatch(metadata -> metadata.text().contains("unknown_key"));
            assertThat(wrong.provider.admin().getStatus(null, new Nothing()).warnings())
                    .anyMatch(warning -> warning.message().contains("1 configurations are encrypted with another key"));
        }
        try (ConfigRig again = new ConfigRig(directory, PLAYED)) {
            assertThat(again.configuration.activeConfig(first.owner, actor).type()).isEqualTo("notion");
        }
    }

    @Test
    void aKeyIsRotatedWhileEverythingStaysReadable() {
        String next = EncryptionKey.generate();
        ConfigRig first = new ConfigRig(directory, PLAYED);
        first.switchTo("a");
        first.switchTo("b");
        first.close();
        OrgActor actor = first.as(first.owner);
        try (ConfigRig between = new ConfigRig(directory, PLAYED, "ENCRYPTION_KEY", next,
                "ENCRYPTION_KEY_PREVIOUS", ConfigRig.KEY)) {
            assertThat(between.configuration.query(first.owner, first.org).result().text()).contains("\"b\"");
            ActionRun run = new ActionRun("reencrypt-configurations", null);
            assertThat(between.provider.admin().runAction(null, run).parse().toString())
                    .contains("\"renewed\":2", "\"failed\":0");
            assertThat(between.provider.admin().runAction(null, run).parse().get("renewed").asInt()).isZero();
            assertThat(between.configuration.events(first.owner, first.org)).filteredOn(event ->
                    event.metadata().text().contains("encryption_key")).hasSize(2)
                    .extracting(ConfigEvent::type).containsOnly("settings_updated");
        }
        try (ConfigRig after = new ConfigRig(directory, PLAYED, "ENCRYPTION_KEY", next)) {
            assertThat(after.configuration.activeConfig(first.owner, actor).config().text()).contains("db-b");
            after.configuration.rollbackProvider(first.owner, actor);
            assertThat(after.configuration.query(first.owner, first.org).result().text()).contains("\"a\"");
        }
    }
}
