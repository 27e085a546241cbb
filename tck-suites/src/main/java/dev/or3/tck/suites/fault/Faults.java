package dev.or3.tck.suites.fault;

import java.util.List;
import java.util.stream.Stream;

/** The faults of all parts. */
final class Faults {
    static final List<Fault> ALL = Stream.<List<Fault>>of(
            PushFaults.all(), IdempotencyFaults.all(), RetryFaults.all(), VersioningFaults.all(), LwwFaults.all(),
            TombstoneFaults.all(), PullFaults.all(), PageFaults.all(), CursorFaults.all(), GcFaults.all(),
            SnapshotFaults.all(), TenancyFaults.all(), EncodingFaults.all(), DurabilityFaults.all(), CrashFaults.all(),
            IdentityFaults.all(),
            WorkspaceFaults.all(),
            AdminFaults.all(),
            ConfigFaults.all(), SealingFaults.all(),
            LimitFaults.all(),
            TokenFaults.all(),
            JobFaults.all(),
            NoteFaults.all(),
            FileFaults.all(), KeepingFaults.all())
            .flatMap(List::stream).toList();

    private Faults() {
    }
}
