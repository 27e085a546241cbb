package dev.or3.tck.suites.fault;

import dev.or3.tck.api.ProviderException;
import dev.or3.tck.suites.fault.Fault.Need;
import dev.or3.tck.suites.fault.Shelf.Intent;
import dev.or3.tck.suites.fault.Shelf.StoredFile;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Faults of what storage keeps: commits, collections, quotas. */
final class KeepingFaults {
    private static final FaultPart PART = new FaultPart("storage");

    private KeepingFaults() {
    }

    static List<Fault> all() {
        return List.of(
                PART.fault("O01", "STOR-05", "A commit does not look whether the object is there",
                        parts -> parts.use(new Blind(parts))),
                PART.fault("O02", "STOR-05", "Neither size nor digest of what was uploaded is compared",
                        parts -> parts.use(new Trusting(parts))),
                PART.fault("O05", "STOR-05", "An upload that is committed twice takes its room twice",
                        parts -> parts.use(new CountedTwice(parts))),
                PART.fault("B721", "STOR-05", "A commit that is repeated is a bad request",
                        parts -> parts.use(new NoRepeat(parts))),
                PART.fault("O06", "STOR-07", Set.of(Need.CONCURRENT),
                        "The quota is looked at when an upload begins, and its size added when it ends",
                        parts -> parts.use(new CheckThenAct(parts))),
                PART.fault("O10", "STOR-07", Set.of(Need.CLOCK), "An upload that never came holds its room for ever",
                        parts -> parts.use(new Hoarding(parts))),
                PART.fault("B722", "STOR-07", "There is no quota but on paper", parts -> parts.use(new NoQuota(parts))),
                PART.fault("O07", "STOR-06", Set.of(Need.CLOCK), "A collection takes whatever is old enough",
                        parts -> parts.use(new OldAge(parts))),
                PART.fault("O08", "STOR-06", "A collection takes uploads that are not committed yet, whatever their age",
                        parts -> parts.use(new Hasty(parts))),
                PART.fault("O09", "STOR-06 STOR-05", Set.of(Need.CLOCK), "Uploads that nobody commits are never collected",
                        parts -> parts.use(new Spared(parts))),
                PART.fault("B723", "STOR-06", Set.of(Need.CLOCK),
                "A collection takes old files that no row of file_meta names",
                        parts -> parts.use(new RowsOnly(parts))));
    }

    private static final class Blind extends Depot {
        Blind(Parts parts) {
            super(parts);
        }

        @Override
        StoredFile commit(Shelf shelf, Commit input) {
            return shelf.files.containsKey(input.hash()) ? super.commit(shelf, input) : null;
        }
    }

    private static final class Trusting extends Depot {
        Trusting(Parts parts) {
            super(parts);
        }

        @Override
        void checkBytes(FileUrl url, byte[] bytes) {
            // What comes is what was announced.
        }
    }

    /** What counts twice is an intent that nobody will fulfil. */
    private static final class CountedTwice extends Depot {
        CountedTwice(Parts parts) {
            super(parts);
        }

        @Override
        StoredFile commit(Shelf shelf, Commit input) {
            StoredFile before = super.commit(shelf, input);
            if (before.committed()) {
                shelf.intents.put(input.hash() + "-again",
                        new Intent(input.hash(), input.hash() + "-again", before.bytes().length, Long.MAX_VALUE));
            }
            return before;
        }
    }

    private static final class NoRepeat extends Depot {
        NoRepeat(Parts parts) {
            super(parts);
        }

        @Override
        StoredFile commit(Shelf shelf, Commit input) {
            StoredFile file = shelf.files.get(input.hash());
            if (file != null && file.isReadable()) {
                throw ProviderException.badRequest("this upload is unknown");
            }
            return super.commit(shelf, input);
        }
    }

    private static final class CheckThenAct extends Depot {
        CheckThenAct(Parts parts) {
            super(parts);
        }

        @Override
        void reserve(Shelf shelf, Intent intent, long now) {
            checkRoom(shelf, intent.hash(), intent.size());
            shelf.intents.put(intent.id(), intent);
        }

        @Override
        byte[] take(FileUrl url, Supplier<byte[]> body) {
            checkRoom(shelf(url.workspaceId()), url.hash(), url.size());
            return super.take(url, body);
        }

        @Override
        long used(Shelf shelf, String without) {
            return stored(shelf, without);
        }
    }

    private static final class Hoarding extends Depot {
        Hoarding(Parts parts) {
            super(parts);
        }

        @Override
        void reserve(Shelf shelf, Intent intent, long now) {
            transact(shelf, () -> {
                checkRoom(shelf, intent.hash(), intent.size());
                return shelf.intents.put(intent.id(), intent);
            });
        }
    }

    private static final class NoQuota extends Depot {
        NoQuota(Parts parts) {
            super(parts);
        }

        @Override
        void checkRoom(Shelf shelf, String hash, long size) {
            // There is always room.
        }
    }

    private static final class OldAge extends Depot {
        OldAge(Parts parts) {
            super(parts);
        }

        @Override
        boolean isUnreferenced(String workspaceId, StoredFile file) {
            return true;
        }
    }

    private static final class Hasty extends Depot {
        Hasty(Parts parts) {
            super(parts);
        }

        @Override
        boolean isOld(StoredFile file, long before) {
            return !file.committed() || super.isOld(file, before);
        }
    }

    private static final class Spared extends Depot {
        Spared(Parts parts) {
            super(parts);
        }

        @Override
        boolean isUnreferenced(String workspaceId, StoredFile file) {
            return file.deleted() && super.isUnreferenced(workspaceId, file);
        }
    }

    private static final class RowsOnly extends Depot {
        RowsOnly(Parts parts) {
            super(parts);
        }

        @Override
        boolean isUnreferenced(String workspaceId, StoredFile file) {
            return !isNamed(workspaceId, file.hash());
        }
    }
}
