package dev.or3.tck.reference.sqlite;

import static dev.or3.tck.reference.sqlite.ConfigRig.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.config.Configuration.ActiveConfig;
import dev.or3.tck.api.config.Configuration.Change;
import dev.or3.tck.api.config.Configuration.ConfigEvent;
import dev.or3.tck.api.config.Configuration.ConfigOnly;
import dev.or3.tck.api.config.Configuration.NewConfig;
import dev.or3.tck.api.config.Configuration.Org;
import dev.or3.tck.api.config.Configuration.OrgActor;
import dev.or3.tck.api.config.Configuration.Reachability;
import dev.or3.tck.api.config.Configuration.StepTime;
import dev.or3.tck.reference.sqlite.ConfigRig.Played;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
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

    private ConfigRig open(String... settings) {
        return new ConfigRig(directory, PLAYED, settings);
    }

    @Test
    void withoutAKeyThereIsNoSuchComponentAndAMalformedOneIsAnErrorThatLeavesNothing() {
        try (Provider bare = new SqliteProvider(ProviderConfig.in(directory.resolve("..")).with(
                Map.of("OR3_SQLITE_DB_PATH", directory.resolve("bare.sqlite").toString())))) {
            assertThat(bare.manifest().hasComponent("config")).isFalse();
            assertThat(status(bare::configuration)).isEqualTo(501);
        }
        try (ConfigRig rig = open()) {
            assertThat(rig.provider.manifest().hasComponent("config")).isTrue();
        }
        String[][] wrong = {{"ENCRYPTION_KEY", "abc"}, {"ENCRYPTION_KEY_PREVIOUS", "abc"}, {"BACKEND_PROVIDER", ""},
                {"CONVEX_DEPLOYMENT_NAME", "staging"}, {"OR3_HEALTH_INTERVAL_SECONDS", "often"}};
        for (String[] setting : wrong) {
            assertThatThrownBy(() -> open(setting).close()).isInstanceOf(ProviderException.class)
                    .hasMessageContaining(setting[0]).hasMessageNotContaining("staging");
        }
    }

    @Test
    void theEnvironmentCountsWhereNothingElseIsSet() {
        ProviderConfig config = ProviderConfig.in(directory)
                .with(Map.of("BACKEND_PROVIDER", "notion", "OR3_SQLITE_STRICT", "true"));
        assertThat(ConfigSettings.withEnvironment(config, Map.of("BACKEND_PROVIDER", "convex", "ENCRYPTION_KEY", "abc",
                "NOTION_TOKEN", "t", "PATH", "/bin", "OR3_SQLITE_DB_PATH", "/nowhere")).settings())
                .isEqualTo(Map.of("BACKEND_PROVIDER", "notion", "OR3_SQLITE_STRICT", "true", "ENCRYPTION_KEY", "abc",
                        "NOTION_TOKEN", "t"));
    }

    @Test
    void anOrganizationUsesTheDefaultUntilItSwitchesAndOverARestart() {
        ActiveConfig switched;
        OrgActor actor;
        Caller owner;
        try (ConfigRig rig = open()) {
            assertThat(rig.active()).satisfies(active -> {
                assertThat(active.configId()).isNull();
                assertThat(active.type()).isEqualTo("convex");
                assertThat(active.config().text()).contains(PLAYED.url("convex"));
            });
            assertThat(rig.answering()).isEqualTo("convex");
            Change change = rig.switchTo("a");
            assertThat(change.steps()).extracting(StepTime::name)
                    .containsExactly("validate", "test", "encrypt", "save", "activate", "event");
            assertThat(change.durationMillis()).isBetween(0L, 30_000L);
            assertThat(rig.answering()).isEqualTo("a");
            switched = rig.active();
            assertThat(switched.configId()).isEqualTo(change.configId());
            owner = rig.owner;
            actor = rig.as(owner);
        }
        try (ConfigRig again = open()) {
            assertThat(again.configuration.activeConfig(owner, actor)).isEqualTo(switched);
            assertThat(again.configuration.query(owner, new Org(actor.orgId())).type())
                    .isEqualTo("notion");
        }
    }

    @Test
    void aConfigurationThatIsOnlySavedChangesNothing() {
        try (ConfigRig rig = open()) {
            PLAYED.answer("a", 500);
            Change saved = rig.configuration.saveConfig(rig.owner,
                    new NewConfig(rig.org.orgId(), rig.owner.userId(), rig.notion("a")));
            assertThat(saved.steps()).extracting(StepTime::name).containsExactly("validate", "encrypt", "save", "event");
            assertThat(rig.answering()).isEqualTo("convex");
            assertThat(rig.active().configId()).isNull();
            assertThat(rig.events()).extracting(ConfigEvent::type).containsExactly("entity_created");
            assertThat(Rig.count(directory, "backend_configs")).isEqualTo(1);
        }
    }

    @Test
    void aRollbackGoesBackAndForthAndKeepsBothRecords() {
        try (ConfigRig rig = open()) {
            assertThat(status(rig::rollback)).as("nothing to go back to").isEqualTo(409);
            String first = rig.switchTo("a").configId();
            assertThat(status(rig::rollback)).as("nothing to go back to").isEqualTo(409);
            String second = rig.switchTo("b").configId();
            assertThat(rig.active().previous()).isEqualTo(first);
            Change back = rig.rollback();
            assertThat(back.configId()).isEqualTo(first);
            assertThat(rig.answering()).isEqualTo("a");
            assertThat(rig.active().previous()).isEqualTo(second);
            rig.rollback();
            assertThat(rig.answering()).isEqualTo("b");
            assertThat(Rig.count(directory, "backend_configs")).isEqualTo(2);
            JsonNode metadata = rig.events("settings_updated").get(2).metadata().parse();
            assertThat(metadata.get("settingType").asText()).isEqualTo("backend_provider_rollback");
            assertThat(metadata.get("configId").asText()).isEqualTo(first);
            assertThat(metadata.get("switchDuration").asLong()).isBetween(0L, 10_000L);
        }
    }

    @Test
    void everyChangeLeavesItsEventsWithOrganizationAndActor() {
        try (ConfigRig rig = open()) {
            String first = rig.switchTo("a").configId();
            String second = rig.switchTo("b").configId();
            assertThat(rig.events()).extracting(ConfigEvent::type).containsExactly("entity_created", "settings_updated",
                    "entity_created", "entity_archived", "settings_updated");
            assertThat(rig.events()).allSatisfy(event -> {
                assertThat(event.orgId()).isEqualTo(rig.org.orgId());
                assertThat(event.actorId()).isEqualTo(rig.owner.userId());
                assertThat(event.at()).isCloseTo(System.currentTimeMillis(), within(60_000L));
            });
            assertThat(rig.events().get(1).metadata().text()).contains("\"fromProvider\":\"convex\"",
                    "\"toProvider\":\"notion\"", "\"settingType\":\"backend_provider\"", "switchDuration");
            assertThat(rig.events().get(3).metadata().text()).contains("provider_switch", first, second);
        }
    }

    @Test
    void ownersAndAdminsChangeMembersSeeTheTypeAloneAndStrangersNothing() {
        try (ConfigRig rig = open()) {
            rig.switchTo("a");
            Caller admin = rig.admin();
            Caller stranger = rig.stranger();
            assertThat(status(() -> rig.switchTo(admin, "b"))).isEqualTo(200);
            assertThat(status(() -> rig.switchTo(rig.editor, "a"))).isEqualTo(403);
            assertThat(status(() -> rig.switchTo(stranger, "a"))).isEqualTo(403);
            for (Caller other : new Caller[] {rig.editor, stranger}) {
                assertThat(status(() -> rig.configuration.saveConfig(other,
                        new NewConfig(rig.org.orgId(), other.userId(), rig.notion("a"))))).isEqualTo(403);
                assertThat(status(() -> rig.configuration.rollbackProvider(other, rig.as(other)))).isEqualTo(403);
            }
            assertThat(rig.answering()).isEqualTo("b");
            assertThat(rig.configuration.activeConfig(admin, rig.as(admin)).config().text())
                    .contains("\"token\":\"***\"", "db-b").doesNotContain(ConfigRig.CANARY);
            assertThat(rig.configuration.activeConfig(rig.editor, rig.as(rig.editor)).config().text())
                    .isEqualTo("{\"type\":\"notion\"}");
            assertThat(status(() -> rig.configuration.activeConfig(stranger, rig.as(stranger)))).isEqualTo(403);
            assertThat(status(() -> rig.configuration.query(stranger, rig.org))).isEqualTo(403);
            assertThat(status(() -> rig.configuration.events(stranger, rig.org))).isEqualTo(403);
            assertThat(status(() -> rig.configuration.activeConfig(rig.owner, new OrgActor("nowhere", rig.owner.userId()))))
                    .isEqualTo(404);
            assertThat(Rig.count(directory, "backend_configs")).isEqualTo(2);
        }
    }

    @Test
    void theBackendOfOneOrganizationIsNobodyElses() {
        try (ConfigRig rig = open(); ConfigRig other = open()) {
            rig.switchTo("a");
            other.switchTo("b");
            PLAYED.answer("a", 500);
            assertThatThrownBy(rig::answering).hasMessage("the backend (notion) answered 500");
            assertThat(other.answering()).isEqualTo("b");
            assertThat(other.events()).noneMatch(event -> event.metadata().text().contains(rig.org.orgId()))
                    .extracting(ConfigEvent::orgId).containsOnly(other.org.orgId());
        }
    }

    @Test
    void aSwitchByAnotherInstanceCountsAtOnce() {
        try (ConfigRig one = open(); ConfigRig other = open()) {
            one.switchTo("a");
            assertThat(other.configuration.query(one.owner, one.org).result().text()).contains("\"a\"");
            one.switchTo("b");
            assertThat(other.configuration.query(one.owner, one.org).result().text()).contains("\"b\"");
            other.configuration.rollbackProvider(one.owner, one.as(one.owner));
            assertThat(one.answering()).isEqualTo("a");
        }
    }

    @Test
    void switchesAtOnceOverTwoInstancesFormOneChain() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (ConfigRig one = open(); ConfigRig other = open()) {
            List<Callable<Change>> calls = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                ConfigRig at = i % 2 == 0 ? one : other;
                JsonText config = one.notion(i % 3 == 0 ? "a" : "b");
                calls.add(() -> at.configuration.switchProvider(one.owner,
                        new NewConfig(one.org.orgId(), one.owner.userId(), config)));
            }
            Set<String> switched = new HashSet<>();
            for (Future<Change> change : threads.invokeAll(calls)) {
                switched.add(change.get().configId());
            }
            assertThat(switched).hasSize(12).contains(one.active().configId(), one.active().previous());
            assertThat(one.active()).isEqualTo(other.configuration.activeConfig(one.owner, one.as(one.owner)));
            Set<String> archived = new HashSet<>();
            one.events("entity_archived").forEach(event ->
                    assertThat(archived.add(event.metadata().parse().get("configId").asText())).isTrue());
            switched.removeAll(archived);
            assertThat(switched).as("all but the last were archived, each once").containsExactly(one.active().configId());
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aConnectionIsTriedAndNothingKept() {
        try (ConfigRig rig = open()) {
            PLAYED.answer("b", 401);
            assertThat(rig.configuration.testConnection(null, new ConfigOnly(rig.notion("a"))).status())
                    .isEqualTo(Reachability.ONLINE);
            assertThat(rig.configuration.testConnection(null, new ConfigOnly(rig.notion("b")))).satisfies(tried -> {
                assertThat(tried.status()).isEqualTo(Reachability.OFFLINE);
                assertThat(tried.httpStatus()).isEqualTo(401);
            });
            ConfigOnly unknown = new ConfigOnly(new JsonText("{\"type\":\"mysql\"}"));
            assertThat(status(() -> rig.configuration.testConnection(null, unknown))).isEqualTo(400);
            assertThat(Rig.count(directory, "backend_configs")).isZero();
            assertThat(rig.events()).isEmpty();
        }
    }
}
