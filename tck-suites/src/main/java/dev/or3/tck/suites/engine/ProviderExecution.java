package dev.or3.tck.suites.engine;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.result.Conclusion;
import dev.or3.tck.api.result.Report;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.certify.Certified;
import dev.or3.tck.suites.certify.Settings;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.opentest4j.AssertionFailedError;

/** Runs one campaign and publishes what became of each rule. */
final class ProviderExecution {
    /** What certifies. */
    interface Campaign {
        Certified run(Target target, Settings settings);
    }

    private final Campaign campaign;
    private final ProviderDescriptor provider;
    private final Candidate candidate;
    private final EngineExecutionListener listener;

    ProviderExecution(Campaign campaign, ProviderDescriptor provider, EngineExecutionListener listener) {
        this.campaign = campaign;
        this.provider = provider;
        this.candidate = provider.candidate();
        this.listener = listener;
    }

    void run() {
        listener.executionStarted(provider);
        listener.executionFinished(provider, outcome());
    }

    private TestExecutionResult outcome() {
        if (candidate.trouble().isPresent()) {
            return TestExecutionResult.failed(candidate.trouble().get());
        }
        Configuration configuration = candidate.configuration();
        Settings settings = configuration.settings(isWhole() ? List.of() : rules());
        // Published before the target is closed, for a provider that cannot be closed has been certified all the same.
        try (Target target = InProcessTarget.temporary(candidate.factory(), candidate.settings(), WireSchema.current(),
                configuration.instances())) {
            Certified certified = campaign.run(target, settings);
            publish(certified);
            return conclude(certified.report());
        } catch (RuntimeException | LinkageError broken) {
            return TestExecutionResult.failed(broken);
        }
    }

    /** The rules that selectors and filters left: what nobody will see is not tried. */
    private List<String> rules() {
        return provider.getDescendants().stream().filter(RuleDescriptor.class::isInstance)
                .map(descriptor -> ((RuleDescriptor) descriptor).rule().id()).toList();
    }

    private boolean isWhole() {
        return rules().size() == Catalogue.current().rules().size();
    }

    private void publish(Certified certified) {
        Report report = certified.report();
        listener.reportingEntryPublished(provider, ReportEntry.from(Map.of("verdict", report.verdict().wireName(),
                "seed", String.valueOf(report.seed()), "level", report.level(), "plans", String.valueOf(report.plans()),
                "operations", String.valueOf(report.operations()))));
        Map<String, RuleResult> results = new LinkedHashMap<>();
        report.rules().forEach(result -> results.put(result.id(), result));
        Evidence evidence = new Evidence(candidate, certified);
        for (TestDescriptor group : List.copyOf(provider.getChildren())) {
            listener.executionStarted(group);
            for (TestDescriptor descriptor : List.copyOf(group.getChildren())) {
                RuleDescriptor rule = (RuleDescriptor) descriptor;
                publish(rule, results.get(rule.rule().id()), evidence);
            }
            listener.executionFinished(group, TestExecutionResult.successful());
        }
    }

    private void publish(RuleDescriptor rule, RuleResult result, Evidence evidence) {
        if (result == null) {
            listener.executionSkipped(rule, "not checked: it is about a component that was not asked for");
            return;
        }
        switch (result.status()) {
            case NOT_APPLICABLE -> listener.executionSkipped(rule, "not applicable: " + result.message());
            case NOT_VERIFIABLE -> listener.executionSkipped(rule, "not verifiable: " + result.message());
            case PASSED -> {
                listener.executionStarted(rule);
                listener.executionFinished(rule, TestExecutionResult.successful());
            }
            default -> {
                listener.executionStarted(rule);
                listener.executionFinished(rule, failed(rule, result, evidence));
            }
        }
    }

    private TestExecutionResult failed(RuleDescriptor rule, RuleResult result, Evidence evidence) {
        String text = new FailureText(rule.rule(), result, evidence.save(result.id()), again(rule)).toString();
        AllureAttachment.add("counterexample", text);
        if (rule.rule().scored() > Catalogue.current().version()) {
            return TestExecutionResult.aborted(named(rule, new AssertionFailedError("does not count yet: " + text)));
        }
        return TestExecutionResult.failed(named(rule, result.counterexample() == null ? new AssertionFailedError(text)
                : new AssertionFailedError(text, result.counterexample().expected(), result.counterexample().actual())));
    }

    private String again(RuleDescriptor rule) {
        return "run again: -Dtest=" + candidate.testClass().getSimpleName() + "#" + rule.rule().id() + " -Dor3-tck.seed="
                + candidate.configuration().settings(List.of()).seed();
    }

    /** Whose failure it is, for those who look at stack traces; how the kit came to say so is of no use to an author. */
    private AssertionFailedError named(RuleDescriptor rule, AssertionFailedError error) {
        error.setStackTrace(new StackTraceElement[] {
            new StackTraceElement(candidate.testClass().getName(), rule.rule().id(), null, -1)});
        return error;
    }

    /** A failed rule speaks for itself; that nothing failed because too little was tried has to be said. */
    private TestExecutionResult conclude(Report report) {
        boolean silent = report.verdict() == Conclusion.INCONCLUSIVE && isWhole() && report.totals().error() == 0;
        return silent ? TestExecutionResult.failed(new IllegalStateException(
                candidate.providerId() + " is not certified: " + report.reason())) : TestExecutionResult.successful();
    }
}
