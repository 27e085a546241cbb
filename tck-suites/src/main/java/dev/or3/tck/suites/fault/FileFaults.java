package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.suites.fault.Fault.Need;
import dev.or3.tck.suites.fault.Shelf.StoredFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Faults of storage: what comes in and goes out, and who may have it. Those of what is kept are {@link KeepingFaults}. */
final class FileFaults {
    private static final FaultPart PART = new FaultPart("storage");

    private FileFaults() {
    }

    static List<Fault> all() {
        return List.of(
                PART.fault("B701", "STOR-01", "Files end at the second buffer of 64 KiB",
                        parts -> parts.use(new Cut(parts))),
                PART.fault("B702", "STOR-01", "Bytes are read as text on their way out",
                        parts -> parts.use(new AsText(parts))),
                PART.fault("O04", "STOR-02", Set.of(Need.CLOCK), "The expiry of URLs is not looked at",
                        parts -> parts.use(new Endless(parts))),
                PART.fault("B703", "STOR-02", Set.of(Need.CLOCK), "The life of a URL is a thousand times too long",
                        parts -> parts.use(new OtherLife(parts, 1000))),
                PART.fault("B704", "STOR-02", Set.of(Need.CLOCK), "A URL lives as long as is asked for",
                        parts -> parts.use(new AsAsked(parts))),
                PART.fault("O03", "STOR-03 STOR-05", "The signature of a URL covers neither workspace nor hash",
                        parts -> parts.use(new Unbound(parts))),
                PART.fault("B705", "STOR-03 STOR-05", "Files are kept by their hash alone, for all workspaces",
                        parts -> parts.use(new OneShelf(parts))),
                PART.fault("B706", "STOR-03", "The workspace asked for is not compared with that of the session",
                        parts -> parts.use(new Open(parts))),
                PART.fault("B707", "STOR-04", "An unknown file is an empty one", parts -> parts.use(new EmptyFile(parts))),
                PART.fault("B708", "STOR-04", "Any text passes for a hash", parts -> parts.use(new AnyHash(parts))),
                PART.fault("B709", "STOR-04", "An unknown file is a bad request", parts -> parts.use(new BadRequest(parts))),
                PART.fault("B710", "STOR-09", "A part that is missing ends in an error of the server",
                        parts -> parts.use(new Failing(parts))),
                PART.fault("B711", "STOR-09", "Numbers below zero are numbers like others",
                        parts -> parts.use(new Negative(parts))),
                PART.fault("B712", "STOR-08", Set.of(Need.RESTART), "The index of files is lost with the process",
                        parts -> parts.use(new OwnIndex(parts))),
                PART.fault("B713", "STOR-08", Set.of(Need.RESTART), "That a file is committed is lost with the process",
                        parts -> parts.use(new OwnFlags(parts))));
    }

    private static final class Cut extends Depot {
        private static final int BUFFERS = 2 * 64 * 1024;

        Cut(Parts parts) {
            super(parts);
        }

        @Override
        byte[] give(FileUrl url) {
            byte[] bytes = super.give(url);
            return bytes.length > BUFFERS ? Arrays.copyOf(bytes, BUFFERS) : bytes;
        }
    }

    private static final class AsText extends Depot {
        AsText(Parts parts) {
            super(parts);
        }

        @Override
        byte[] give(FileUrl url) {
            return new String(super.give(url), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static final class Endless extends Depot {
        Endless(Parts parts) {
            super(parts);
        }

        @Override
        void checkExpiry(FileUrl url) {
            // Nothing is looked at.
        }
    }

    private static final class OtherLife extends Depot {
        private final long times;

        OtherLife(Parts parts, long times) {
            super(parts);
            this.times = times;
        }

        @Override
        long life(Long asked) {
            return times * super.life(asked);
        }
    }

    private static final class AsAsked extends Depot {
        AsAsked(Parts parts) {
            super(parts);
        }

        @Override
        long life(Long asked) {
            return asked == null ? super.life(null) : asked;
        }
    }

    private static final class Unbound extends Depot {
        Unbound(Parts parts) {
            super(parts);
        }

        @Override
        String signed(FileUrl url) {
            return url.method() + url.expiresAt() + url.intent();
        }

        @Override
        boolean consume(Shelf shelf, FileUrl url) {
            return true;
        }
    }

    private static final class OneShelf extends Depot {
        OneShelf(Parts parts) {
            super(parts);
        }

        @Override
        Shelf shelf(String workspaceId) {
            return super.shelf("");
        }
    }

    private static final class Open extends Depot {
        Open(Parts parts) {
            super(parts);
        }

        @Override
        void admit(Caller caller, Record input, String workspaceId) {
            super.admit(caller == null || workspaceId == null ? caller : Caller.of(caller.userId(), workspaceId), input,
                    workspaceId);
        }
    }

    private static final class EmptyFile extends Depot {
        EmptyFile(Parts parts) {
            super(parts);
        }

        @Override
        StoredFile readable(String workspaceId, String hash) {
            StoredFile file = shelf(workspaceId).files.get(hash);
            return file == null || !file.isReadable() ? new StoredFile(hash, new byte[0], 0, true, false) : file;
        }
    }

    private static final class AnyHash extends Depot {
        AnyHash(Parts parts) {
            super(parts);
        }

        @Override
        void checkHash(String hash) {
            // Whatever it is.
        }
    }

    private static final class BadRequest extends Depot {
        BadRequest(Parts parts) {
            super(parts);
        }

        @Override
        StoredFile readable(String workspaceId, String hash) {
            try {
                return super.readable(workspaceId, hash);
            } catch (ProviderException notFound) {
                throw ProviderException.badRequest(notFound.getMessage());
            }
        }
    }

    private static final class Failing extends Depot {
        Failing(Parts parts) {
            super(parts);
        }

        @Override
        void admit(Caller caller, Record input, String workspaceId) {
            if (input instanceof UploadRequest upload && (upload.sizeBytes() == null || upload.hash() == null)
                    || input instanceof CollectObjects collect && collect.retentionSeconds() == null) {
                throw new IllegalStateException("null");
            }
            super.admit(caller, input, workspaceId);
        }
    }

    private static final class Negative extends Depot {
        Negative(Parts parts) {
            super(parts);
        }

        @Override
        void admit(Caller caller, Record input, String workspaceId) {
            boolean negative = input instanceof UploadRequest upload && upload.sizeBytes() != null && upload.sizeBytes() < 0
                    && upload.hash() != null && upload.workspaceId() != null;
            super.admit(caller, negative ? new ObjectRef(workspaceId, "any", null) : input, workspaceId);
        }
    }

    private static final class OwnIndex extends Depot {
        private final Map<String, Shelf> own = new ConcurrentHashMap<>();

        OwnIndex(Parts parts) {
            super(parts);
        }

        @Override
        Shelf shelf(String workspaceId) {
            return own.computeIfAbsent(workspaceId, id -> new Shelf());
        }
    }

    private static final class OwnFlags extends Depot {
        private final Set<String> committed = ConcurrentHashMap.newKeySet();

        OwnFlags(Parts parts) {
            super(parts);
        }

        @Override
        StoredFile commit(Shelf shelf, Commit input) {
            StoredFile file = super.commit(shelf, input);
            committed.add(input.hash());
            return file;
        }

        @Override
        boolean isReadable(StoredFile file) {
            return super.isReadable(file) && committed.contains(file.hash());
        }
    }
}
