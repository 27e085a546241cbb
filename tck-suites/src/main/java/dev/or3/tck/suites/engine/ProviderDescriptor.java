package dev.or3.tck.suites.engine;

import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;

/** A provider under certification: the container of its rules. */
final class ProviderDescriptor extends AbstractTestDescriptor {
    static final String SEGMENT = "provider";

    private final Candidate candidate;

    ProviderDescriptor(UniqueId id, Candidate candidate) {
        // A name, not the class: surefire drops descriptors without such a source.
        super(id, candidate.testClass().getSimpleName() + ": " + candidate.providerId(),
                ClassSource.from(candidate.testClass().getName()));
        this.candidate = candidate;
    }

    Candidate candidate() {
        return candidate;
    }

    @Override
    public Type getType() {
        return Type.CONTAINER;
    }

    @Override
    public String getLegacyReportingName() {
        return candidate.testClass().getName();
    }
}
