package dev.or3.tck.suites.fault;

import java.util.List;
import java.util.stream.Stream;

/** The variants of all parts. */
final class Variants {
    static final List<Variant> ALL = Stream.of(
            PushVariants.all(), PullVariants.all(), CollectionVariants.all(), WorkspaceVariants.all(),
            LimitVariants.all(), TokenVariants.all(), JobVariants.all(), NoteVariants.all(),
            FileVariants.all(), ConfigVariants.all())
            .flatMap(List::stream).toList();

    private Variants() {
    }
}
