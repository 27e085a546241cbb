package dev.or3.tck.reference.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.admin.Admin.Nothing;
import dev.or3.tck.api.config.Configuration.ConfigEvent;
import dev.or3.tck.api.config.Configuration.Health;
import dev.or3.tck.api.config.Configuration.HealthQuery;
import dev.or3.tck.api.config.Configuration.Reachability;
import dev.or3.tck.api.config.Configuration.Usage;
import dev.or3.tck.api.config.Configuration.UsageQuery;
import dev.or3.tck.reference.sqlite.ConfigRig.Played;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health on demand and on schedule, and usage (CFG-10, -11). */
class BackendHealthTest {
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
    void healthIsToldRecordedAndAlertedOfPerOrganization() {
        try (ConfigRig rig = new ConfigRig(directory, PLAYED); ConfigRig other = new ConfigRig(directory, PLAYED)) {
            rig.switchTo("a");
            other.switchTo("b");
            PLAYED.answer("b", 503);
            List<Health> all = rig.configuration.health(null, new HealthQuery(null));
            assertThat(all).extracting(Health::orgId).containsExactly(rig.org.orgId(), other.org.orgId());
            assertThat(all).extracting(Health::status).containsExactly(Reachability.ONLINE, Reachability.DEGRADED);
            assertThat(all).allSatisfy(health -> {
                assertThat(health.type()).isEqualTo("notion");
                assertThat(health.responseMillis()).isNotNegative();
                assertThat(health.configId()).isNotNull();
            });
            assertThat(rig.events("health_check")).singleElement().satisfies(event -> {
                assertThat(event.type()).isEqualTo("communication_event");
                assertThat(event.actorId()).isEqualTo("system");
                assertThat(event.metadata().text()).contains("\"status\":\"online\"", "\"httpStatus\":200");
            });
            assertThat(rig.events("alert")).isEmpty();
            assertThat(other.events("alert")).singleElement().extracting(ConfigEvent::metadata).asString()
                    .contains("health_check_failed", "503").doesNotContain(ConfigRig.CANARY);
            JsonNode details = rig.provider.admin().getStatus(null, new Nothing()).details().parse();
            assertThat(details.path("healthChecks").asInt()).isEqualTo(2);
            assertThat(details.path("failedHealthChecks").asInt()).isEqualTo(1);
            assertThat(details.path("configurations").asInt()).isEqualTo(2);
            assertThat(rig.configuration.health(rig.owner, new HealthQuery(null))).as("one's own alone")
                    .extracting(Health::orgId).containsExactly(rig.org.orgId());
            assertThat(rig.configuration.health(rig.stranger(), new HealthQuery(null))).extracting(Health::type)
                    .containsExactly("convex");
            assertThat(rig.configuration.health(rig.admin(), new HealthQuery(null))).extracting(Health::orgId)
                    .contains(rig.org.orgId(), other.org.orgId());
        }
    }

    @Test
    void theDefaultBackendIsCheckedWhereItIsUsed() {
        try (ConfigRig rig = new ConfigRig(directory, PLAYED)) {
            assertThat(rig.configuration.health(rig.owner, new HealthQuery(rig.org.orgId()))).singleElement()
                    .satisfies(health -> {
                        assertThat(health.configId()).isNull();
                        assertThat(health.type()).isEqualTo("convex");
                        assertThat(health.status()).isEqualTo(Reachability.ONLINE);
                    });
            assertThat(rig.events("health_check")).singleElement().extracting(ConfigEvent::actorId)
                    .isEqualTo(rig.owner.userId());
        }
    }

    @Test
    void whatCannotBeDecryptedIsOfflineAndKeepsNoOtherFromBeingChecked() {
        try (ConfigRig rig = new ConfigRig(directory, PLAYED); ConfigRig other = new ConfigRig(directory, PLAYED)) {
            rig.switchTo("a");
            other.switchTo("b");
            ConfigRig.script(directory, "UPDATE backend_configs SET iv = x'00' WHERE config_id = '"
                    + rig.active().configId() + "'");
            assertThat(other.configuration.health(null, new HealthQuery(null))).extracting(Health::status)
                    .containsExactly(Reachability.OFFLINE, Reachability.ONLINE);
            assertThat(rig.events("security")).hasSize(1);
        }
    }

    @Test
    void healthIsCheckedOnScheduleByTheProvidersTime() {
        try (ConfigRig rig = new ConfigRig(directory, PLAYED, "OR3_HEALTH_INTERVAL_SECONDS", "300")) {
            rig.switchTo("a");
            rig.provider.controls().clock(301);
            await(() -> rig.events("health_check").size() == 1);
            rig.provider.controls().clock(602);
            await(() -> rig.events("health_check").size() == 2);
        }
    }

    @Test
    void aCheckThatIsDueIsMadeByOneOfSeveralInstances() {
        Duration interval = Duration.ofMinutes(5);
        ProviderTime time = new ProviderTime();
        try (ConfigRig rig = new ConfigRig(directory, PLAYED);
                Store store = new Store(Settings.of(ProviderConfig.in(directory)));
                Store another = new Store(Settings.of(ProviderConfig.in(directory)));
                HealthWatch one = new HealthWatch(store, time, interval);
                HealthWatch other = new HealthWatch(another, time, interval)) {
            rig.switchTo("a");
            assertThat(one.due()).as("it was tested a moment ago").isEmpty();
            time.ahead(interval.toSeconds() + 1);
            assertThat(one.due()).extracting(Organization::orgId).containsExactly(rig.org.orgId());
            assertThat(other.due()).isEmpty();
            assertThat(one.due()).isEmpty();
            time.ahead(2 * interval.toSeconds() + 2);
            assertThat(other.due()).hasSize(1);
            assertThat(one.due()).isEmpty();
        }
    }

    private static void await(BooleanSupplier condition) {
        Instant until = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("it does not happen").isBefore(until);
            Thread.onSpinWait();
        }
    }

    @Test
    void closingEndsTheSchedule() {
        ConfigRig rig = new ConfigRig(directory, PLAYED, "OR3_HEALTH_INTERVAL_SECONDS", "1");
        rig.switchTo("a");
        await(() -> healthThreads() > 0);
        rig.close();
        assertThat(healthThreads()).isZero();
    }

    private static long healthThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("or3-health")).count();
    }

    @Test
    void outcomesOfChecksAreForgottenAfterAWeekAndChangesAreNot() {
        try (ConfigRig rig = new ConfigRig(directory, PLAYED)) {
            rig.switchTo("a");
            rig.configuration.health(rig.owner, new HealthQuery(rig.org.orgId()));
            rig.provider.controls().clock(Duration.ofDays(8).toSeconds());
            rig.configuration.health(rig.owner, new HealthQuery(rig.org.orgId()));
            assertThat(rig.events("health_check")).hasSize(1);
            assertThat(rig.events("settings_updated")).hasSize(1);
        }
    }

    @Test
    void usageIsCountedPerOrganizationAcrossInstancesRestartsAndDays() {
        ConfigRig rig = new ConfigRig(directory, PLAYED);
        UsageQuery day = new UsageQuery(rig.org.orgId(), 1);
        try (ConfigRig other = new ConfigRig(directory, PLAYED)) {
            assertThat(rig.configuration.usage(rig.owner, day)).isEqualTo(new Usage(0, null, null, null, null));
            for (int i = 0; i < 5; i++) {
                rig.answering();
                other.configuration.query(rig.owner, rig.org);
            }
            assertThat(other.configuration.usage(other.owner, new UsageQuery(other.org.orgId(), 1)).operations()).isZero();
        } finally {
            rig.close();
        }
        try (ConfigRig again = new ConfigRig(directory, PLAYED)) {
            Usage usage = again.configuration.usage(rig.owner, day);
            assertThat(usage.operations()).isEqualTo(10);
            assertThat(usage.meanMillis()).isPositive();
            assertThat(usage.p50()).isPositive().isLessThanOrEqualTo(usage.p95());
            assertThat(usage.p95()).isLessThanOrEqualTo(usage.p99());
            again.provider.controls().clock(Duration.ofDays(3).toSeconds());
            assertThat(again.configuration.usage(rig.owner, day).operations()).isZero();
            assertThat(again.configuration.usage(rig.owner, new UsageQuery(rig.org.orgId(), 5))).isEqualTo(usage);
            assertThat(ConfigRig.status(() -> again.configuration.usage(rig.owner, new UsageQuery(rig.org.orgId(), 0))))
                    .isEqualTo(400);
        }
    }
}
