package dev.or3.tck.suites.run;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.suites.line.LineFaults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes calls for {@link HistoryEncoder}; {@link CallDecoder} is its mirror. */
final class CallEncoder {
    private final HistoryEncoder history;
    private final ByteWriter out;
    private final KnownLog known;
    private final List<History.Sent> operations;
    private Map<String, Integer> byOpId;

    CallEncoder(HistoryEncoder history, ByteWriter out, KnownLog known, List<History.Sent> operations) {
        this.history = history;
        this.out = out;
        this.known = known;
        this.operations = operations;
    }

    void write(Call call) {
        if (call instanceof Call.Push push) {
            begin(HistoryFormat.Kind.PUSH, push.scope());
            writePush(push);
        } else if (call instanceof Call.Pull pull) {
            begin(HistoryFormat.Kind.PULL, pull.scope());
            writePull(pull);
        } else if (call instanceof Call.MoveCursor move) {
            begin(HistoryFormat.Kind.MOVE_CURSOR, move.scope());
            out.writeName(move.device());
            out.writeSigned(move.version());
        } else if (call instanceof Call.Collect collect) {
            begin(HistoryFormat.Kind.COLLECT, collect.scope());
            out.writeByte(collect.tombstones() ? 1 : 0);
            out.writeSigned(collect.retentionSeconds());
        } else if (call instanceof Call.Snapshot snapshot) {
            begin(HistoryFormat.Kind.SNAPSHOT, snapshot.scope());
            writeSnapshot(snapshot);
        } else if (call instanceof Call.Inspect inspect) {
            begin(HistoryFormat.Kind.INSPECT, inspect.scope());
            writeInspect(inspect);
        } else if (call instanceof Call.Raw raw) {
            begin(HistoryFormat.Kind.RAW, raw.component());
            out.writeName(raw.method());
            writeJson(raw.input());
            writeJson(raw.answer());
        } else if (call instanceof Call.Ask ask) {
            begin(HistoryFormat.Kind.ASK, ask.component());
            out.writeName(ask.method());
            writeJson(ask.input());
            writeJson(ask.answer());
        } else if (call instanceof Call.Clock clock) {
            out.writeByte(HistoryFormat.Kind.CLOCK.ordinal());
            out.writeSigned(clock.offsetSeconds());
        } else if (call instanceof Call.Restart restart) {
            out.writeByte(HistoryFormat.Kind.RESTART.ordinal());
            out.writeByte(restart.killed() ? 1 : 0);
            out.writeSigned(restart.schema());
        } else if (call instanceof Call.Start start) {
            begin(HistoryFormat.Kind.START, start.trouble());
            out.writeName(start.setting());
        } else if (call instanceof Call.Transfer transfer) {
            out.writeByte(HistoryFormat.Kind.TRANSFER.ordinal());
            out.writeSigned(transfer.presign());
            out.writeByte(transfer.altered() ? 1 : 0);
            out.writeSigned(transfer.status());
            writeBytes(transfer.sent());
            writeBytes(transfer.received());
        } else if (call instanceof Call.Arranged arranged) {
            begin(HistoryFormat.Kind.ARRANGED, arranged.what());
            writeJson(arranged.with());
            writeJson(arranged.found());
        } else if (call instanceof Call.Disturb disturb) {
            out.writeByte(HistoryFormat.Kind.DISTURB.ordinal());
            writeFaults(disturb.faults());
        }
    }

    private void writeBytes(Call.Bytes bytes) {
        out.writeByte(bytes == null ? 0 : 1);
        if (bytes != null) {
            out.writeSigned(bytes.size());
            out.writeText(bytes.sha256());
        }
    }

    private void writeFaults(LineFaults faults) {
        out.writeByte(faults.answerDropped());
        out.writeByte(faults.cutBefore());
        out.writeByte(faults.cutInRequest());
        out.writeByte(faults.cutInAnswer());
        out.writeByte(faults.delayed());
        out.writeByte(faults.duplicated());
    }

    private void begin(HistoryFormat.Kind kind, String name) {
        out.writeByte(kind.ordinal());
        out.writeName(name);
    }

    private void writePush(Call.Push push) {
        int[] indices = push.operations();
        out.writeLong(indices.length);
        int next = 0;
        for (int i = 0; i < indices.length; ) {
            int length = 1;
            while (i + length < indices.length && indices[i + length] == indices[i] + length) {
                length++;
            }
            out.writeSigned((long) indices[i] - next);
            out.writeLong(length);
            next = indices[i] + length;
            i += length;
        }
        writeNullable(push.serverVersion());
        out.writeLong(push.results() == null ? 0 : push.results().size() + 1L);
        if (push.results() != null) {
            history.writeResults(push.results(), indices, known.of(push.scope()));
        }
    }

    private void writePull(Call.Pull pull) {
        out.writeSigned(pull.cursor());
        out.writeSigned(pull.limit());
        out.writeLong(pull.tables() == null ? 0 : pull.tables().size() + 1L);
        if (pull.tables() != null) {
            pull.tables().forEach(out::writeName);
        }
        out.writeSigned(pull.nextCursor() - pull.cursor());
        out.writeByte(pull.hasMore() ? 1 : 0);
        writeNullable(pull.oldestRetained());
        out.writeByte(pull.requiresSnapshot() == null ? 0 : pull.requiresSnapshot() ? 2 : 1);
        out.writeLong(pull.rows() == null ? 0 : pull.rows().size() + 1L);
        if (pull.rows() != null) {
            writeRows(pull.rows(), pull.cursor() + 1, known.of(pull.scope()));
        }
    }

    private void writeRows(Call.Rows rows, long firstVersion, KnownLog.Log log) {
        long version = firstVersion;
        int operation = 0;
        for (int i = 0; i < rows.size(); ) {
            int kind = kind(rows, i, log);
            int length = 1;
            while (i + length < rows.size() && goesOn(rows, i, length, kind, log)) {
                length++;
            }
            out.writeLong((long) length << 2 | kind);
            out.writeSigned(rows.versions()[i] - version);
            version = rows.versions()[i] + length;
            if (kind == HistoryFormat.AS_SENT) {
                out.writeSigned((long) rows.operations()[i] - operation);
                operation = rows.operations()[i] + length;
            }
            for (int row = i; row < i + length; row++) {
                if (kind == HistoryFormat.AS_SENT) {
                    log.learn(rows.versions()[row], rows.operations()[row]);
                } else if (kind == HistoryFormat.OTHER) {
                    history.writeChange(rows.other(row), rows.versions()[row]);
                }
            }
            i += length;
        }
    }

    private static int kind(Call.Rows rows, int row, KnownLog.Log log) {
        if (!rows.isAsSent(row)) {
            return HistoryFormat.OTHER;
        }
        return log.at(rows.versions()[row]) == rows.operations()[row] ? HistoryFormat.AS_KNOWN : HistoryFormat.AS_SENT;
    }

    private static boolean goesOn(Call.Rows rows, int first, int length, int kind, KnownLog.Log log) {
        int row = first + length;
        return rows.versions()[row] == rows.versions()[first] + length && kind(rows, row, log) == kind
                && (kind != HistoryFormat.AS_SENT || rows.operations()[row] == rows.operations()[first] + length);
    }

    private void writeSnapshot(Call.Snapshot snapshot) {
        out.writeSigned(snapshot.pageSize());
        out.writeName(snapshot.pageToken());
        out.writeSigned(snapshot.genuine());
        SnapshotPage page = snapshot.page();
        out.writeByte(page == null ? 0 : 1);
        if (page == null) {
            return;
        }
        out.writeName(page.workspaceId());
        out.writeName(page.snapshotId());
        out.writeSigned(page.highWatermark());
        out.writeName(page.nextPageToken());
        out.writeLong(page.items() == null ? 0 : page.items().size() + 1L);
        if (page.items() != null) {
            page.items().forEach(this::writeItem);
        }
    }

    private void writeItem(SnapshotPage.Item item) {
        out.writeByte(item == null ? 0 : 1);
        if (item == null) {
            return;
        }
        int operation = operationOf(item);
        out.writeName(item.kind());
        out.writeLong(operation + 1L);
        if (operation < 0) {
            out.writeName(item.tableName());
            out.writeName(item.pk());
            out.writeByte(item.revision() == null ? 0 : 1);
            if (item.revision() != null) {
                out.writeSigned(item.revision().clock());
                out.writeText(item.revision().hlc());
                out.writeText(item.revision().opId());
            }
        }
        history.writePayload(item.payload(), operation);
        writeNullable(item.serverDeletedAt());
    }

    /** The operation whose table, key and stamp the item shows, or -1. */
    private int operationOf(SnapshotPage.Item item) {
        if (byOpId == null) {
            byOpId = new HashMap<>();
            for (int i = 0; i < operations.size(); i++) {
                Stamp stamp = operations.get(i).operation().stamp();
                byOpId.put(stamp == null ? null : stamp.opId(), i);
            }
        }
        SnapshotPage.Revision revision = item.revision();
        Integer index = revision == null || revision.opId() == null ? null : byOpId.get(revision.opId());
        if (index == null) {
            return HistoryFormat.NO_OPERATION;
        }
        Operation operation = operations.get(index).operation();
        boolean same = revision.clock() == operation.stamp().clock() && equal(revision.hlc(), operation.stamp().hlc())
                && equal(item.tableName(), operation.tableName()) && equal(item.pk(), operation.pk());
        return same ? index : HistoryFormat.NO_OPERATION;
    }

    private static boolean equal(String a, String b) {
        return a == null ? b == null : a.equals(b);
    }

    private void writeInspect(Call.Inspect inspect) {
        out.writeName(inspect.table());
        out.writeName(inspect.pk());
        Controls.Inspection answer = inspect.answer();
        out.writeByte(answer == null ? 0 : 1);
        if (answer == null) {
            return;
        }
        Controls.StoredRecord stored = answer.record();
        out.writeByte(stored == null ? 0 : stored.deleted() ? 2 : 1);
        if (stored != null) {
            history.writePayload(stored.payload(), HistoryFormat.NO_OPERATION);
            out.writeSigned(stored.clock());
            out.writeText(stored.hlc());
            out.writeText(stored.opId());
        }
        out.writeLong(answer.tombstones() == null ? 0 : answer.tombstones().size() + 1L);
        if (answer.tombstones() != null) {
            answer.tombstones().forEach(this::writeTombstone);
        }
    }

    private void writeTombstone(Controls.Tombstone tombstone) {
        out.writeByte(tombstone == null ? 0 : 1);
        if (tombstone != null) {
            out.writeSigned(tombstone.clock());
            out.writeText(tombstone.hlc());
            out.writeText(tombstone.opId());
            writeNullable(tombstone.serverVersion());
        }
    }

    private void writeNullable(Long value) {
        out.writeByte(value == null ? 0 : 1);
        if (value != null) {
            out.writeSigned(value);
        }
    }

    private void writeJson(JsonText json) {
        out.writeText(json == null ? null : json.text());
    }
}
