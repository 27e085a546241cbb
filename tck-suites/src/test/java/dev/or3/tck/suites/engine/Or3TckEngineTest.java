package dev.or3.tck.suites.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;
import static org.junit.platform.launcher.TagFilter.includeTags;
import static org.junit.platform.testkit.engine.EventConditions.displayName;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.EventConditions.uniqueId;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.result.Conclusion;
import dev.or3.tck.api.result.Status;
import dev.or3.tck.suites.certify.Effort;
import dev.or3.tck.suites.certify.Settings;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import dev.or3.tck.suites.minimize.SavedCounterexample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.opentest4j.AssertionFailedError;

class Or3TckEngineTest {
    private static final int RULES = Catalogue.current().rules().size();

    @TempDir
    Path out;

    private final FakeCampaign campaign = new FakeCampaign();

    @Certify(level = Effort.SMOKE, seed = 7, instances = 2, clients = 3, budget = "90s", profile = "or3-sync/1.0")
    static final class Annotated implements CertifiedProvider {
        @Override
        public ProviderFactory provider() {
            return new MemoryProviderFactory();
        }
    }

    static final class Plain implements CertifiedProvider {
        @Override
        public ProviderFactory provider() {
            return new MemoryProviderFactory();
        }
    }

    @Certify(rules = {"PUSH-0*", "ERR-01"})
    static final class Narrow implements CertifiedProvider {
        @Override
        public ProviderFactory provider() {
            return new MemoryProviderFactory();
        }
    }

    static final class Broken implements CertifiedProvider {
        @Override
        public ProviderFactory provider() {
            throw new IllegalStateException("no licence");
        }
    }

    @Test
    void everyRuleIsATestOfTheClass() {
        TestDescriptor engine = new Or3TckEngine(campaign).discover(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(Plain.class)).build(), UniqueId.forEngine(Or3TckEngine.ID));
        TestDescriptor provider = engine.getChildren().iterator().next();
        assertThat(provider.getUniqueId()).hasToString("[engine:or3-tck]/[provider:memory]");
        assertThat(provider.getSource()).contains(ClassSource.from(Plain.class.getName()));
        assertThat(provider.getChildren()).extracting(TestDescriptor::getDisplayName).startsWith("PUSH", "ERR");

        TestDescriptor rule = engine.findByUniqueId(
                UniqueId.parse("[engine:or3-tck]/[provider:memory]/[rule:PUSH-05]")).orElseThrow();
        assertThat(rule.getDisplayName()).isEqualTo("PUSH-05: " + Catalogue.current().rule("PUSH-05").text());
        assertThat(rule.getSource()).contains(MethodSource.from(Plain.class.getName(), "PUSH-05"));
        assertThat(rule.getTags()).extracting(TestTag::getName).containsExactlyInAnyOrder("PUSH", "must", "sync");
        assertThat(engine.getDescendants().stream().filter(TestDescriptor::isTest)).hasSize(RULES);
    }

    @Test
    void verdictsArePublishedWithTheirReasons() {
        campaign.becomes("PUSH-05", Status.FAILED).becomes("GC-01", Status.NOT_APPLICABLE)
                .becomes("DUR-01", Status.NOT_VERIFIABLE).becomes("PULL-01", Status.ERROR);

        Events tests = run(kit().selectors(selectClass(Plain.class)));

        tests.assertStatistics(count -> count.started(RULES - 2).succeeded(RULES - 4).failed(2).skipped(2));
        tests.assertThatEvents().haveExactly(1, event(test("PUSH-05"), displayName(sentence("PUSH-05")),
                finishedWithFailure(instanceOf(AssertionFailedError.class), message(text -> text.startsWith("because a1")
                        && text.contains("expected: 1, 2, 3") && text.contains("push [a1 put]")
                        && text.contains("-Dtest=Plain#PUSH-05 -Dor3-tck.seed=42")))));
        tests.assertThatEvents().haveExactly(1, event(test("GC-01"), skippedWithReason("not applicable: GC-01 is so")));
        tests.assertThatEvents().haveExactly(1, event(test("DUR-01"), skippedWithReason("not verifiable: DUR-01 is so")));
        tests.assertThatEvents().haveExactly(1, event(test("PULL-01"),
                finishedWithFailure(message(text -> text.startsWith("the kit could not decide: PULL-01 is so")))));
    }

    @Test
    void aFailureComparesExpectedAndActual() {
        campaign.becomes("PUSH-05", Status.FAILED);
        AssertionFailedError error = (AssertionFailedError) run(kit().selectors(selectClass(Plain.class))).failed().stream()
                .findFirst().orElseThrow().getRequiredPayload(TestExecutionResult.class)
                .getThrowable().orElseThrow();

        assertThat(error.getExpected().getValue()).isEqualTo("1, 2, 3");
        assertThat(error.getActual().getValue()).isEqualTo("1, 3");
        assertThat(error.getStackTrace()).hasSize(1);
    }

    @Test
    void aMethodSelectorNarrowsTheCampaign() {
        Events tests = run(kit().selectors(selectMethod(Plain.class.getName() + "#PUSH-05")));
        tests.assertStatistics(count -> count.started(1).succeeded(1));
        assertThat(campaign.settings().rules()).containsExactly("PUSH-05");
    }

    @Test
    void aUniqueIdNarrowsTheCampaignAndFindsTheClass() {
        Events tests = run(kit().selectors(selectClass(Plain.class),
                selectUniqueId("[engine:or3-tck]/[provider:memory]/[rule:LWW-03]")));
        tests.assertStatistics(count -> count.started(RULES));

        run(kit().selectors(selectUniqueId("[engine:or3-tck]/[provider:memory@" + Narrow.class.getName()
                + "]/[rule:PUSH-01]"))).assertStatistics(count -> count.started(1));
        assertThat(campaign.settings().rules()).containsExactly("PUSH-01");
    }

    @Test
    void aUniqueIdAloneIsLookedForOnTheClassPath() {
        run(kit().selectors(selectUniqueId("[engine:or3-tck]/[provider:memory]/[group:LWW]")))
                .assertStatistics(count -> count.started(Catalogue.current().matching("LWW-*").size()));
    }

    @Test
    void filtersOnTagsNarrowTheCampaign() {
        run(kit().selectors(selectClass(Plain.class)).filters(includeTags("PUSH & must")));
        assertThat(campaign.settings().rules()).contains("PUSH-01").doesNotContain("PUSH-16", "PULL-01");
    }

    @Test
    void theAnnotationNarrowsTheTests() {
        run(kit().selectors(selectClass(Narrow.class))).assertThatEvents()
                .haveExactly(1, event(test("ERR-01"), displayName(sentence("ERR-01")), finishedSuccessfully()))
                .doNotHave(event(test("PUSH-11")));
        assertThat(campaign.settings().rules()).hasSize(10);
    }

    @Test
    void theAnnotationSaysHowMuchIsTried() {
        run(kit().selectors(selectClass(Annotated.class)));
        Settings settings = campaign.settings();
        assertThat(settings.effort()).isEqualTo(Effort.SMOKE);
        assertThat(settings.seed()).isEqualTo(7);
        assertThat(settings.clients()).isEqualTo(3);
        assertThat(settings.budget()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.profile().wireName()).isEqualTo("or3-sync/1.0");
        assertThat(settings.rules()).isEmpty();
        assertThat(campaign.instances()).isEqualTo(2);
    }

    @Test
    void parametersOverrideTheAnnotation() {
        run(kit().selectors(selectClass(Annotated.class)).configurationParameter("or3-tck.level", "deep")
                .configurationParameter("or3-tck.seed", "-1").configurationParameter("or3-tck.budget", "2m")
                .configurationParameter("or3-tck.rules", "PULL-*, GC-01").configurationParameter("or3-tck.instances", "1"));
        assertThat(campaign.settings().effort()).isEqualTo(Effort.DEEP);
        assertThat(campaign.settings().seed()).isEqualTo(-1);
        assertThat(campaign.settings().budget()).isEqualTo(Duration.ofMinutes(2));
        assertThat(campaign.settings().rules()).contains("GC-01", "PULL-01").doesNotContain("GC-02");
        assertThat(campaign.instances()).isEqualTo(1);
    }

    @Test
    void nonsenseInAParameterIsSaidWhereItHurts() {
        containers(kit().selectors(selectClass(Plain.class)).configurationParameter("or3-tck.level", "fast"))
                .assertThatEvents().haveExactly(1, event(uniqueId("[engine:or3-tck]/[provider:Plain]"),
                        finishedWithFailure(message(Plain.class.getName() + " cannot be certified: or3-tck.level=fast makes "
                                + "no sense: known are smoke, standard, deep"))));
    }

    @Test
    void aClassThatCannotNameItsProviderFailsAlone() {
        var results = kit().selectors(selectClass(Broken.class), selectClass(Plain.class)).execute();
        results.containerEvents().assertThatEvents().haveExactly(1, event(finishedWithFailure(
                message(Broken.class.getName() + " cannot be certified: no licence"))));
        results.testEvents().assertStatistics(count -> count.succeeded(RULES));
    }

    @Test
    void aCampaignThatBreaksFailsItsProvider() {
        campaign.breaks(new IllegalStateException("the provider went away"));
        containers(kit().selectors(selectClass(Plain.class))).assertThatEvents()
                .haveExactly(1, event(finishedWithFailure(message("the provider went away"))));
    }

    @Test
    void nothingFailingIsNotEnoughToBeCertified() {
        campaign.concludes(Conclusion.INCONCLUSIVE);
        containers(kit().selectors(selectClass(Plain.class))).assertThatEvents()
                .haveExactly(1, event(finishedWithFailure(message("memory is not certified: too little was seen"))));
        containers(kit().selectors(selectClass(Narrow.class))).assertStatistics(count -> count.failed(0));
    }

    @Test
    void twoClassesOfOneProviderStayApart() {
        var results = kit().selectors(selectClass(Plain.class), selectClass(Narrow.class)).execute();
        results.testEvents().assertStatistics(count -> count.succeeded(RULES + 10));
        results.containerEvents().assertThatEvents().haveAtLeastOne(event(uniqueId("[engine:or3-tck]/[provider:memory]")))
                .haveAtLeastOne(event(uniqueId("[engine:or3-tck]/[provider:memory@" + Narrow.class.getName() + "]")));
    }

    @Test
    void packagesAreScanned() {
        TestDescriptor engine = new Or3TckEngine(campaign).discover(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectPackage("dev.or3.tck.suites.engine"))
                        .filters(includeClassNamePatterns(".*Plain")).build(), UniqueId.forEngine(Or3TckEngine.ID));
        assertThat(engine.getChildren()).hasSize(1);
    }

    @Certify(rules = "PUSH-02", level = Effort.SMOKE)
    static final class Faulty implements CertifiedProvider {
        @Override
        public ProviderFactory provider() {
            return new MemoryProviderFactory();
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(MemoryProviderFactory.FAULT_SETTING, "I01", "MY_TOKEN", "canary");
        }
    }

    @Test
    void savedCounterexamplesCarryTheSettingsOfTheProviderButNoSecrets() throws Exception {
        EngineTestKit.engine(new Or3TckEngine()).configurationParameter("or3-tck.out", out.toString())
                .selectors(selectClass(Faulty.class)).execute().testEvents().assertStatistics(count -> count.failed(1));

        SavedCounterexample saved = SavedCounterexample.read(out.resolve(Faulty.class.getName()).resolve("PUSH-02.json"));
        assertThat(SavedCounterexample.settings(saved.target()))
                .containsExactlyEntriesOf(Map.of(MemoryProviderFactory.FAULT_SETTING, "I01"));
    }

    private EngineTestKit.Builder kit() {
        return EngineTestKit.engine(new Or3TckEngine(campaign)).configurationParameter("or3-tck.out", out.toString());
    }

    private static Events run(EngineTestKit.Builder kit) {
        return kit.execute().testEvents();
    }

    private static Events containers(EngineTestKit.Builder kit) {
        return kit.execute().containerEvents();
    }

    private static String sentence(String id) {
        Rule rule = Catalogue.current().rule(id);
        return id + ": " + rule.text();
    }
}
