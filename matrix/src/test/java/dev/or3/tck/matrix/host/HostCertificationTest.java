package dev.or3.tck.matrix.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.catalogue.Level;
import dev.or3.tck.api.result.Conclusion;
import dev.or3.tck.api.result.Report;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.api.result.Status;
import dev.or3.tck.suites.certify.Effort;
import dev.or3.tck.suites.certify.Settings;
import dev.or3.tck.suites.connect.HostSurface.Rates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCertificationTest {
    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void the_host_is_certified_over_each_sync_provider(String sync) {
        Settings settings = Settings.of(Effort.SMOKE, 1).withBudget(Duration.ofSeconds(20));
        try (RunningHost host = RunningHost.on(data, sync)) {
            Report report = CertifiedHost.certify(host, Rates.NONE, settings);
            Set<Status> bad = Set.of(Status.FAILED, Status.ERROR);
            assertThat(report.rules().stream().filter(rule -> bad.contains(rule.status()))
                    .map(rule -> rule.id() + ": " + rule.message())).isEmpty();
            assertThat(report.verdict()).as(report.reason()).isEqualTo(Conclusion.CERTIFIED);
            for (String must : List.of("WIR-06", "WIR-07", "PUSH-19", "PULL-15", "CUR-05", "ISO-01")) {
                RuleResult result = report.rules().stream().filter(rule -> rule.id().equals(must)).findFirst().orElseThrow();
                assertThat(result.level()).as(must).isEqualTo(Level.MUST);
                assertThat(result.status()).as(must + " " + result.message()).isEqualTo(Status.PASSED);
            }
        }
    }
}
