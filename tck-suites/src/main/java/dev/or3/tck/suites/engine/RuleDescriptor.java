package dev.or3.tck.suites.engine;

import dev.or3.tck.api.catalogue.Rule;
import java.util.Set;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;

/** One rule, held against one provider: a test. */
final class RuleDescriptor extends AbstractTestDescriptor {
    static final String SEGMENT = "rule";

    private final Rule rule;

    RuleDescriptor(UniqueId id, Class<?> testClass, Rule rule) {
        // As if the rule were a method of the class: filters and reports know how to name those.
        super(id, rule.id() + ": " + rule.text(), MethodSource.from(testClass.getName(), rule.id()));
        this.rule = rule;
    }

    Rule rule() {
        return rule;
    }

    @Override
    public Set<TestTag> getTags() {
        return Set.of(TestTag.create(rule.group()), TestTag.create(rule.level().wireName()),
                TestTag.create(rule.component()));
    }

    @Override
    public Type getType() {
        return Type.TEST;
    }

    @Override
    public String getLegacyReportingName() {
        return rule.id();
    }
}
