package dev.or3.tck.suites.engine;

import dev.or3.tck.suites.certify.Certification;
import dev.or3.tck.suites.certify.Progress;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver;

/**
 * Shows a certification as tests: {@code [engine:or3-tck]/[provider:sqlite]/[rule:PUSH-05]}. One campaign is run for each
 * {@link CertifiedProvider}, for the rules that selectors and filters left.
 */
public final class Or3TckEngine implements TestEngine {
    /** The id of the engine. */
    public static final String ID = "or3-tck";

    private final ProviderExecution.Campaign campaign;

    /** For the JUnit Platform, which finds engines as services. */
    public Or3TckEngine() {
        this((target, settings) -> Certification.run(target, settings, Progress.SILENT));
    }

    Or3TckEngine(ProviderExecution.Campaign campaign) {
        this.campaign = campaign;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
        EngineDescriptor engine = new EngineDescriptor(uniqueId, ID);
        EngineDiscoveryRequestResolver.<EngineDescriptor>builder()
                .addClassContainerSelectorResolver(Candidate::isCertified)
                .addSelectorResolver(new ProviderResolver(uniqueId, request.getConfigurationParameters()))
                .build()
                .resolve(request, engine);
        return engine;
    }

    @Override
    public void execute(ExecutionRequest request) {
        TestDescriptor engine = request.getRootTestDescriptor();
        request.getEngineExecutionListener().executionStarted(engine);
        for (TestDescriptor provider : engine.getChildren()) {
            new ProviderExecution(campaign, (ProviderDescriptor) provider, request.getEngineExecutionListener()).run();
        }
        request.getEngineExecutionListener().executionFinished(engine, TestExecutionResult.successful());
    }
}
