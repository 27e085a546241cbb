package dev.or3.tck.suites.run;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.suites.line.LineFaults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Reads the calls that {@link CallEncoder} wrote. */
final class CallDecoder {
    private static final HistoryFormat.Kind[] KINDS = HistoryFormat.Kind.values();

    private final HistoryDecoder history;
    private final ByteReader in;
    private final KnownLog known;
    private final List<History.Sent> operations;

    CallDecoder(HistoryDecoder history, ByteReader in, KnownLog known, List<History.Sent> operations) {
        this.history = history;
        this.in = in;
        this.known = known;
        this.operations = operations;
    }

    Call read() {
        return switch (KINDS[in.readByte()]) {
            case PUSH -> readPush(in.readText());
            case PULL -> readPull(in.readText());
            case MOVE_CURSOR -> new Call.MoveCursor(in.readText(), in.readText(), in.readSigned());
            case COLLECT -> new Call.Collect(in.readText(), in.readByte() != 0, in.readSigned());
            case SNAPSHOT -> new Call.Snapshot(in.readText(), in.readSignedInt(), in.readText(), in.readSignedInt(),
                    readPage());
            case INSPECT -> new Call.Inspect(in.readText(), in.readText(), in.readText(), readInspection());
            case RAW -> new Call.Raw(in.readText(), in.readText(), readJson(), readJson());
            case ASK -> new Call.Ask(in.readText(), in.readText(), readJson(), readJson());
            case CLOCK -> new Call.Clock(in.readSigned());
            case RESTART -> new Call.Restart(in.readByte() != 0, in.readSignedInt());
            case START -> new Call.Start(in.readText(), in.readText());
            case TRANSFER -> readTransfer();
            case ARRANGED -> new Call.Arranged(in.readText(), readJson(), readJson());
            case DISTURB -> new Call.Disturb(new LineFaults(in.readByte(), in.readByte(), in.readByte(), in.readByte(),
                    in.readByte(), in.readByte()));
        };
    }

    private Call readTransfer() {
        int presign = in.readSignedInt();
        boolean altered = in.readByte() != 0;
        int status = in.readSignedInt();
        return new Call.Transfer(presign, altered, readBytes(), status, readBytes());
    }

    private Call.Bytes readBytes() {
        return in.readByte() == 0 ? null : new Call.Bytes(in.readSigned(), in.readText());
    }

    private Call readPush(String scope) {
        int[] indices = new int[inRuns(in.readInt())];
        int next = 0;
        for (int i = 0; i < indices.length; ) {
            int first = Math.toIntExact(next + in.readSigned());
            int length = runLength(in.readLong(), indices.length - i);
            for (int k = 0; k < length; k++) {
                indices[i + k] = first + k;
            }
            next = first + length;
            i += length;
        }
        Long serverVersion = readNullable();
        int results = in.readInt() - 1;
        List<OperationResult> answered = results < 0 ? null
                : history.readResults(within(results, in.remaining()), indices, known.of(scope));
        return new Call.Push(scope, indices, answered, serverVersion);
    }

    private Call readPull(String scope) {
        long cursor = in.readSigned();
        int limit = in.readSignedInt();
        List<String> tables = readList(in::readText);
        long nextCursor = cursor + in.readSigned();
        boolean hasMore = in.readByte() != 0;
        Long oldestRetained = readNullable();
        int told = in.readByte();
        Boolean requiresSnapshot = told == 0 ? null : Boolean.valueOf(told == 2);
        int rows = in.readInt() - 1;
        return new Call.Pull(scope, cursor, limit, tables, rows < 0 ? null : readRows(rows, cursor + 1, known.of(scope)),
                nextCursor, hasMore, oldestRetained, requiresSnapshot);
    }

    private Call.Rows readRows(int size, long firstVersion, KnownLog.Log log) {
        if (size == 0) {
            return Call.Rows.NONE;
        }
        long[] versions = new long[inRuns(size)];
        int[] shown = new int[size];
        List<Change> others = new ArrayList<>(0);
        long version = firstVersion;
        int operation = 0;
        for (int i = 0; i < size; ) {
            long head = in.readLong();
            int kind = (int) head & 3;
            int length = runLength(head >>> 2, size - i);
            version += in.readSigned();
            for (int k = 0; k < length; k++) {
                versions[i + k] = version + k;
            }
            if (kind == HistoryFormat.AS_KNOWN) {
                log.copy(version, shown, i, length);
            } else if (kind == HistoryFormat.AS_SENT) {
                operation = Math.toIntExact(operation + in.readSigned());
                for (int k = 0; k < length; k++) {
                    shown[i + k] = operation + k;
                    log.learn(version + k, operation + k);
                }
                operation += length;
            } else {
                for (int k = 0; k < length; k++) {
                    others.add(history.readChange(version + k));
                    shown[i + k] = -others.size();
                }
            }
            version += length;
            i += length;
        }
        return new Call.Rows(versions, shown, Collections.unmodifiableList(others));
    }

    private static int runLength(long length, int most) {
        if (length <= 0 || length > most) {
            throw new IndexOutOfBoundsException("a run of impossible length");
        }
        return (int) length;
    }

    /** A count of things that come in runs of two bytes or more, none longer than there are operations. */
    private int inRuns(int count) {
        return within(count, (long) in.remaining() * Math.max(1, operations.size()));
    }

    private static int within(int count, long most) {
        if (count > most) {
            throw new IndexOutOfBoundsException("more than there is");
        }
        return count;
    }

    private SnapshotPage readPage() {
        if (in.readByte() == 0) {
            return null;
        }
        String workspace = in.readText();
        String snapshot = in.readText();
        long highWatermark = in.readSigned();
        String nextPageToken = in.readText();
        return new SnapshotPage(workspace, snapshot, highWatermark, readList(this::readItem), nextPageToken);
    }

    private SnapshotPage.Item readItem() {
        if (in.readByte() == 0) {
            return null;
        }
        String kind = in.readText();
        int operation = in.readInt() - 1;
        String table;
        String pk;
        SnapshotPage.Revision revision = null;
        if (operation >= 0) {
            Operation shown = operations.get(operation).operation();
            table = shown.tableName();
            pk = shown.pk();
            revision = new SnapshotPage.Revision(shown.stamp().clock(), shown.stamp().hlc(), shown.stamp().opId());
        } else {
            table = in.readText();
            pk = in.readText();
            if (in.readByte() != 0) {
                revision = new SnapshotPage.Revision(in.readSigned(), in.readText(), in.readText());
            }
        }
        JsonText payload = history.readPayload(operation);
        return new SnapshotPage.Item(kind, table, pk, payload, revision, readNullable());
    }

    private Controls.Inspection readInspection() {
        if (in.readByte() == 0) {
            return null;
        }
        int stored = in.readByte();
        Controls.StoredRecord storedRecord = stored == 0 ? null
                : new Controls.StoredRecord(history.readPayload(HistoryFormat.NO_OPERATION), stored == 2, in.readSigned(),
                        in.readText(), in.readText());
        return new Controls.Inspection(storedRecord, readList(this::readTombstone));
    }

    private Controls.Tombstone readTombstone() {
        return in.readByte() == 0 ? null
                : new Controls.Tombstone(in.readSigned(), in.readText(), in.readText(), readNullable());
    }

    /** A list whose elements may be null, or null. */
    private <T> List<T> readList(Supplier<T> element) {
        int count = in.readInt() - 1;
        if (count < 0) {
            return null;
        }
        Object[] elements = new Object[within(count, in.remaining())];
        for (int i = 0; i < count; i++) {
            elements[i] = element.get();
        }
        @SuppressWarnings("unchecked")
        List<T> list = (List<T>) Collections.unmodifiableList(Arrays.asList(elements));
        return list;
    }

    private Long readNullable() {
        return in.readByte() == 0 ? null : Long.valueOf(in.readSigned());
    }

    private JsonText readJson() {
        String text = in.readText();
        return text == null ? null : new JsonText(text);
    }
}
