package dev.or3.tck.reference.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.config.Configuration.ActiveConfig;
import dev.or3.tck.api.config.Configuration.ConfigEvent;
import dev.or3.tck.api.config.Configuration.NewConfig;
import dev.or3.tck.reference.backends.BackendConfig;
import dev.or3.tck.reference.backends.BackendTypes;
import dev.or3.tck.reference.backends.Vault;
import dev.or3.tck.reference.sqlite.ConfigRig.Played;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A switch that fails at any of its steps, and a rollback too, leaves everything as it was (CFG-07, -08). */
class SwitchFailureTest {
    private static final Played PLAYED = new Played();
    private ConfigRig rig;
    private ActiveConfig before;
    private List<ConfigEvent> eventsBefore;

    @TempDir
    Path directory;

    @BeforeEach
    void open() {
        PLAYED.answerAll();
        rig = new ConfigRig(directory, PLAYED);
        rig.switchTo("a");
        rig.switchTo("b");
        before = rig.active();
        eventsBefore = rig.events();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @AfterAll
    static void stop() {
        PLAYED.close();
    }

    private void assertUntouched() {
        assertThat(rig.active()).isEqualTo(before);
        assertThat(rig.events()).isEqualTo(eventsBefore);
        assertThat(rig.answering()).isEqualTo("b");
        assertThat(Rig.count(directory, "backend_configs")).isEqualTo(2);
        assertThat(Rig.count(directory, "active_backends")).isEqualTo(1);
    }

    private void assertFails(Runnable change, int status) {
        assertThatThrownBy(change::run).isInstanceOfSatisfying(ProviderException.class,
                failed -> assertThat(failed.status()).as(failed.getMessage()).isEqualTo(status))
                .hasMessageNotContaining(ConfigRig.CANARY).hasMessageNotContaining("canary");
        assertUntouched();
    }

    private void failOn(String what) {
        ConfigRig.script(directory, "CREATE TRIGGER failure BEFORE " + what + " BEGIN SELECT RAISE(ABORT, 'failure'); END");
    }

    @Test
    void atValidation() {
        assertFails(() -> rig.configuration.switchProvider(rig.owner, new NewConfig(rig.org.orgId(), rig.owner.userId(),
                new JsonText("{\"type\":\"notion\",\"token\":\"canary\"}"))), 400);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 500, 503})
    void atTheTestOfTheConnection(int answer) {
        PLAYED.answer("c", answer);
        assertFails(() -> rig.switchTo("c"), 400);
    }

    @Test
    void whereNobodyAnswers() {
        String nowhere = rig.notion("c").text().replaceFirst(":[0-9]+/c", ":1/c");
        assertFails(() -> rig.configuration.switchProvider(rig.owner,
                new NewConfig(rig.org.orgId(), rig.owner.userId(), new JsonText(nowhere))), 400);
    }

    @Test
    void atTheEncryption() {
        SecureRandom broken = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                throw new IllegalStateException("no entropy");
            }
        };
        BackendTypes types = new BackendTypes();
        ProviderTime time = new ProviderTime();
        try (Store store = new Store(Settings.of(ProviderConfig.in(directory)));
                SqliteConfiguration failing = new SqliteConfiguration(store, time, types,
                        Vault.of(Map.of(Vault.KEY, ConfigRig.KEY), broken).orElseThrow(),
                        BackendConfig.of(rig.notion("a")), new HealthWatch(store, time, Duration.ZERO))) {
            assertThatThrownBy(() -> failing.switchProvider(rig.owner,
                    new NewConfig(rig.org.orgId(), rig.owner.userId(), rig.notion("a"))))
                    .hasMessage("no entropy");
        }
        assertUntouched();
    }

    @ParameterizedTest
    @CsvSource({"save, INSERT ON backend_configs", "activate, UPDATE ON active_backends",
        "first event, INSERT ON config_events WHEN NEW.type = 'entity_created'",
        "second event, INSERT ON config_events WHEN NEW.type = 'entity_archived'",
        "last event, INSERT ON config_events WHEN NEW.type = 'settings_updated'"})
    void whileItIsWritten(String step, String failure) {
        failOn(failure);
        assertFails(() -> rig.switchTo("a"), 500);
        ConfigRig.script(directory, "DROP TRIGGER failure");
        rig.switchTo("a");
        assertThat(rig.answering()).as("after the failure at " + step).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE ON active_backends", "INSERT ON config_events WHEN NEW.type = 'entity_archived'",
        "INSERT ON config_events WHEN NEW.type = 'settings_updated'"})
    void whileItIsRolledBack(String failure) {
        failOn(failure);
        assertFails(rig::rollback, 500);
    }
}
