package dev.or3.tck.suites.engine;

import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;

/** The rules of one group, such as {@code PUSH}. */
final class GroupDescriptor extends AbstractTestDescriptor {
    static final String SEGMENT = "group";

    GroupDescriptor(UniqueId id, String group) {
        super(id, group);
    }

    @Override
    public Type getType() {
        return Type.CONTAINER;
    }
}
