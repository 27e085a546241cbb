package dev.or3.tck.matrix.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.result.Report;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.api.result.Status;
import dev.or3.tck.suites.certify.Effort;
import dev.or3.tck.suites.certify.Settings;
import dev.or3.tck.suites.connect.HostSurface.Rates;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kit against hosts that let in whom they should not. */
class HostFaultsTest {
    private static RunningHost sound;

    @BeforeAll
    static void start(@TempDir Path data) {
        sound = RunningHost.on(data, "memory");
    }

    @AfterAll
    static void end() {
        sound.close();
    }

    private static Report certify(RunningHost host, String rule) {
        return CertifiedHost.certify(host, Rates.NONE, Settings.of(Effort.STANDARD, 1).withRules(List.of(rule))
                .stoppingOnFailure().withoutMinimizing());
    }

    @ParameterizedTest
    @EnumSource(HostFault.class)
    void each_fault_breaks_its_rule(HostFault fault) {
        RunningHost faulty = sound.withFault(fault);
        try {
            RuleResult result = certify(faulty, fault.rule()).rules().get(0);
            assertThat(result.status()).as("%s: %s", fault, result.message()).isEqualTo(Status.FAILED);
            assertThat(result.counterexample().sentence()).contains("yet");
        } finally {
            faulty.server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void a_sound_host_breaks_none(String provider, @TempDir Path files) {
        try (RunningHost host = RunningHost.on(files, Map.of("OR3_SYNC_PROVIDER", provider, "OR3_STORAGE_ENABLED", "true",
                "NUXT_PUBLIC_STORAGE_PROVIDER", provider))) {
            assertThat(certify(host, "WIR-*").rules()).allSatisfy(result ->
                    assertThat(result.status()).as(result.message()).isEqualTo(Status.PASSED));
        }
    }

    @Test
    void each_rule_of_hosts_has_faults_that_break_it() {
        assertThat(Arrays.stream(HostFault.values()).map(HostFault::rule).collect(Collectors.toSet()))
                .containsAll(Catalogue.current().rules().stream().filter(rule -> rule.component().equals(Rule.HOST))
                        .map(Rule::id).toList());
    }
}
