package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.suites.engine.CertifiedProvider;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The engine as the platform finds it, whatever the platform's version. */
class WhatAnAuthorSeesTest {

    /** Not run by the build: its provider logs an operation again when it is sent again. */
    static final class Forgetful implements CertifiedProvider {
        @Override
        public ProviderFactory provider() {
            return new MemoryProviderFactory();
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(MemoryProviderFactory.FAULT_SETTING, "I01");
        }
    }

    @Test
    void everyRuleIsATest() {
        TestPlan plan = LauncherFactory.create().discover(request(selectClass(Forgetful.class)));
        List<TestIdentifier> rules = plan.getRoots().stream().flatMap(root -> plan.getDescendants(root).stream())
                .filter(TestIdentifier::isTest).toList();
        assertThat(rules).extracting(TestIdentifier::getDisplayName).containsExactlyInAnyOrderElementsOf(
                Catalogue.current().rules().stream().map(rule -> rule.id() + ": " + rule.text()).toList());
        assertThat(rules).extracting(TestIdentifier::getUniqueId)
                .contains("[engine:or3-tck]/[provider:memory]/[rule:PUSH-02]");
    }

    @Test
    void aFaultFailsItsRuleWithACounterexample() {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request(selectUniqueId("[engine:or3-tck]/[provider:memory@"
                + Forgetful.class.getName() + "]/[rule:PUSH-02]")), summary);
        assertThat(summary.getSummary().getTestsFailedCount()).as(printed(summary)).isEqualTo(1);
        assertThat(summary.getSummary().getFailures().get(0).getException())
                .hasMessageContaining("PUSH-02").hasMessageContaining("expected: ").hasMessageContaining("push [a1 ")
                .hasMessageContaining("run again: -Dtest=Forgetful#PUSH-02");
    }

    @Test
    void theKitBringsNoJqwikOfItsOwnName() {
        assertThat(ServiceLoader.load(TestEngine.class)).extracting(TestEngine::getId)
                .containsExactlyInAnyOrder("junit-jupiter", "jqwik", "or3-tck");
        boolean fromJar = CertifiedProvider.class.getProtectionDomain().getCodeSource().getLocation().getPath()
                .endsWith(".jar");
        assertThat(ReflectionSupport.tryToLoadClass("dev.or3.tck.shaded.jqwik.api.Arbitraries").toOptional().isPresent())
                .isEqualTo(fromJar);
    }

    private static LauncherDiscoveryRequest request(DiscoverySelector selector) {
        return LauncherDiscoveryRequestBuilder.request().selectors(selector)
                .configurationParameter("or3-tck.budget", "10s").build();
    }

    private static String printed(SummaryGeneratingListener summary) {
        StringWriter text = new StringWriter();
        summary.getSummary().printFailuresTo(new PrintWriter(text));
        return text.toString();
    }
}
