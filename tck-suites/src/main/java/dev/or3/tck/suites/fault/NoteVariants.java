package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import java.util.List;

/** Permitted differences in notifications. */
final class NoteVariants {
    private NoteVariants() {
    }

    static List<Variant> all() {
        return List.of(
                new Variant("errors-untold", "Nobody is told of a job that failed: nothing is written, and null answered",
                        parts -> parts.use(new Emission(parts) {
                            @Override
                            String emit(Caller caller, String workspaceId, String userId, String type, String title) {
                                return type.equals("job.error") ? null
                                        : super.emit(caller, workspaceId, userId, type, title);
                            }
                        })));
    }
}
