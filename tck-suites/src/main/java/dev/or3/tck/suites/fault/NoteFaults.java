package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.suites.fault.Fault.Need;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Faults of notifications, and of private rows at all. */
final class NoteFaults {
    private static final FaultPart PART = new FaultPart("notifications");

    private NoteFaults() {
    }

    static List<Fault> all() {
        return List.of(
                PART.fault("T05", "NOTE-01 NOTE-02", "Private rows show in other users' pulls and snapshots",
                        parts -> parts.use(new Public(parts))),
                PART.fault("B350", "NOTE-01", "An id is answered, but no row is written",
                        parts -> parts.use(new Unwritten(parts))),
                PART.fault("B351", "NOTE-01", "A notification goes into the table, but not into the log",
                        parts -> parts.use(new Unlogged(parts))),
                PART.fault("B352", "NOTE-01", Set.of(Need.CONCURRENT),
                        "Whose notification it is goes through a field of the instance",
                        parts -> parts.use(new SharedField(parts))),
                PART.fault("B353", "NOTE-01", "The id answered is that of the job, not of the row",
                        parts -> parts.use(new OtherId(parts))),
                PART.fault("B354", "NOTE-02", "Private rows are found by their key alone: another member takes them over",
                        parts -> parts.use(new Unowned(parts))),
                PART.fault("B355", "NOTE-02", "A delete of a private row is nobody's, and reaches no device",
                        parts -> parts.use(new DeletesOfNobody(parts))),
                PART.fault("B356", "NOTE-02", "The snapshot shows private rows to everyone",
                        parts -> parts.use(new PublicSnapshots(parts))),
                PART.fault("B357", "NOTE-03", "Notifications are written for whatever user and job is named",
                        parts -> parts.use(new Believing(parts))),
                PART.fault("B358", "NOTE-03", "The shape of a notification is not looked at",
                        parts -> parts.use(new Unchecked(parts))));
    }

    private static final class Public extends Privacy {
        Public(Parts parts) {
            super(parts);
        }

        @Override
        boolean visible(Caller caller, String owner) {
            return true;
        }
    }

    private static final class Unwritten extends Emission {
        Unwritten(Parts parts) {
            super(parts);
        }

        @Override
        String emit(Caller caller, String workspaceId, String userId, String type, String title) {
            return row(userId, type, title).pk();
        }
    }

    private static final class Unlogged extends Emission {
        Unlogged(Parts parts) {
            super(parts);
        }

        @Override
        String emit(Caller caller, String workspaceId, String userId, String type, String title) {
            Space space = parts.disk.space(workspaceId);
            Operation row = row(userId, type, title);
            return parts.transact(space, () -> {
                Admitted admitted = parts.admission.admit(caller, space, row);
                parts.resolution.apply(space, new Entry(parts.numbering.head(space), admitted, parts.clock.millis()));
                return row.pk();
            });
        }
    }

    private static final class SharedField extends Emission {
        private final AtomicReference<Caller> latest = new AtomicReference<>();

        SharedField(Parts parts) {
            super(parts);
        }

        @Override
        String emit(Caller caller, String workspaceId, String userId, String type, String title) {
            latest.set(caller);
            return super.emit(caller, workspaceId, userId, type, title);
        }

        @Override
        Caller emitter(Caller caller) {
            return latest.get();
        }
    }

    private static final class OtherId extends Emission {
        OtherId(Parts parts) {
            super(parts);
        }

        @Override
        String emit(Caller caller, String workspaceId, String userId, String type, String title) {
            super.emit(caller, workspaceId, userId, type, title);
            return type;
        }
    }

    private static final class Unowned extends Privacy {
        Unowned(Parts parts) {
            super(parts);
        }

        @Override
        boolean mayWrite(Space space, Admitted admitted) {
            return true;
        }
    }

    private static final class DeletesOfNobody extends Pushing {
        DeletesOfNobody(Parts parts) {
            super(parts);
        }

        @Override
        void log(Space space, Entry entry) {
            Admitted admitted = entry.admitted();
            super.log(space, admitted.isDelete() && admitted.owner() != null
                    ? entry.with(new Admitted(admitted.operation(), admitted.fingerprint(), "nobody")) : entry);
        }
    }

    private static final class PublicSnapshots extends Snapshots {
        PublicSnapshots(Parts parts) {
            super(parts);
        }

        @Override
        Disk.OwnedItem owned(Row row) {
            return new Disk.OwnedItem(item(row), null);
        }
    }

    private static final class Believing extends Emission {
        Believing(Parts parts) {
            super(parts);
        }

        @Override
        void admit(Caller caller, Record input) {
            String user = input instanceof JobDone done ? done.userId() : ((JobFailed) input).userId();
            super.admit(user == null ? caller : Caller.of(user, null), input);
        }
    }

    private static final class Unchecked extends Emission {
        Unchecked(Parts parts) {
            super(parts);
        }

        @Override
        void admit(Caller caller, Record input) {
            // Whatever comes is written.
        }
    }
}
