package dev.or3.tck.suites.run;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.Stamp;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes one history in the format that {@link HistoryFile} describes; {@link HistoryDecoder} is its mirror. */
final class HistoryEncoder {
    private static final int FRAME_SIZE = 1 << 18;

    private final ByteWriter out = new ByteWriter();
    private final KnownLog known = new KnownLog();
    private final Map<String, Integer> payloads = new HashMap<>();
    private final Map<Session, Integer> sessions = new HashMap<>();
    private final History history;
    private final FrameWriter frames;
    private final CallEncoder calls;
    private long createdAt;
    private int seq;
    private long invoked;
    private long invokedMicros;

    HistoryEncoder(History history, OutputStream stream) {
        this.history = history;
        this.frames = new FrameWriter(stream);
        this.calls = new CallEncoder(this, out, known, history.operations());
    }

    void write() throws IOException {
        frames.begin();
        out.writeText(Json.write(history.header()));
        end(Frame.HEADER);
        for (int i = 0; i < history.operations().size(); i++) {
            write(history.operations().get(i), i);
            endIfFull(Frame.OPERATIONS);
        }
        end(Frame.OPERATIONS);
        for (Event event : history.events()) {
            write(event);
            endIfFull(Frame.EVENTS);
        }
        end(Frame.EVENTS);
        out.writeLong(history.operations().size());
        out.writeLong(history.events().size());
        end(Frame.FOOTER);
    }

    private void endIfFull(Frame frame) throws IOException {
        if (out.size() >= FRAME_SIZE) {
            end(frame);
        }
    }

    private void end(Frame frame) throws IOException {
        if (out.size() > 0) {
            frames.write(frame, out.bytes(), out.size());
            out.clear();
        }
    }

    private void write(History.Sent sent, int index) {
        Operation operation = sent.operation();
        out.writeName(sent.workspaceId());
        out.writeText(operation.id());
        out.writeName(operation.tableName());
        out.writeName(operation.operation());
        out.writeName(operation.pk());
        writePayload(operation.payload(), HistoryFormat.NO_OPERATION);
        writeStamp(operation.stamp());
        out.writeSigned(operation.createdAt() - createdAt);
        createdAt = operation.createdAt();
        out.writeSigned(operation.attempts());
        out.writeName(operation.status());
        if (operation.payload() != null) {
            payloads.putIfAbsent(operation.payload().text(), index);
        }
    }

    private void write(Event event) {
        boolean answered = event.returned() != Event.NEVER;
        boolean timed = event.returnedMicros() != Event.NEVER;
        out.writeByte(event.outcome().ordinal() | (answered ? HistoryFormat.ANSWERED : 0)
                | (timed ? HistoryFormat.TIMED : 0) | (event.error() != null ? HistoryFormat.FAULT : 0));
        out.writeSigned((long) event.seq() - seq);
        seq = event.seq() + 1;
        out.writeSigned(event.invoked() - invoked);
        invoked = event.invoked();
        if (answered) {
            out.writeSigned(event.returned() - event.invoked());
        }
        out.writeSigned(event.invokedMicros() - invokedMicros);
        invokedMicros = event.invokedMicros();
        if (timed) {
            out.writeSigned(event.returnedMicros() - event.invokedMicros());
        }
        writeSession(Session.of(event));
        out.writeSigned(event.attempt());
        if (event.error() != null) {
            out.writeSigned(event.error().status());
            out.writeName(event.error().code());
            out.writeName(event.error().message());
        }
        calls.write(event.call());
    }

    private void writeSession(Session session) {
        Integer index = sessions.putIfAbsent(session, sessions.size());
        if (index != null) {
            out.writeLong(index + 1);
            return;
        }
        out.writeLong(0);
        out.writeSigned(session.client());
        out.writeSigned(session.instance());
        out.writeName(session.device());
        out.writeName(session.user());
        out.writeName(session.workspace());
    }

    /** A payload: by reference where an operation holds the same text, first of all the one at hand. */
    void writePayload(JsonText payload, int operation) {
        if (payload == null) {
            out.writeLong(HistoryFormat.NULL_PAYLOAD);
        } else if (operation >= 0 && payload.equals(history.operations().get(operation).operation().payload())) {
            out.writeLong(HistoryFormat.OWN_PAYLOAD);
        } else {
            Integer known = payloads.get(payload.text());
            out.writeLong(known == null ? HistoryFormat.OTHER_PAYLOAD : HistoryFormat.OTHER_PAYLOAD + 1L + known);
            if (known == null) {
                out.writeText(payload.text());
            }
        }
    }

    void writeStamp(Stamp stamp) {
        out.writeByte(stamp == null ? 0 : 1);
        if (stamp != null) {
            out.writeName(stamp.deviceId());
            out.writeText(stamp.opId());
            out.writeText(stamp.hlc());
            out.writeSigned(stamp.clock());
        }
    }

    void writeChange(Change change, long version) {
        out.writeByte(change == null ? 0 : 1);
        if (change != null) {
            out.writeSigned(change.serverVersion() - version);
            out.writeName(change.tableName());
            out.writeName(change.pk());
            out.writeName(change.op());
            writePayload(change.payload(), HistoryFormat.NO_OPERATION);
            writeStamp(change.stamp());
        }
    }

    void writeResults(List<OperationResult> results, int[] operations, KnownLog.Log log) {
        long version = 0;
        for (int i = 0; i < results.size(); i++) {
            OperationResult result = results.get(i);
            int own = i < operations.length ? operations[i] : HistoryFormat.NO_OPERATION;
            boolean isOwn = result != null && own >= 0 && HistoryFormat.isOf(history.operations().get(own), result.opId());
            out.writeByte(HistoryFormat.flags(result, isOwn));
            if (result == null) {
                continue;
            }
            if (!isOwn) {
                out.writeText(result.opId());
            }
            if (result.serverVersion() != null) {
                out.writeSigned(result.serverVersion() - version);
                version = result.serverVersion() + 1;
                if (isOwn && result.success()) {
                    log.learn(result.serverVersion(), own);
                }
            }
            writePayload(result.payload(), own);
            if (result.error() != null || result.errorCode() != null) {
                out.writeName(result.error());
                out.writeName(result.errorCode());
            }
        }
    }

    /** Who made a call and where. */
    record Session(int client, int instance, String device, String user, String workspace) {
        static Session of(Event event) {
            return new Session(event.client(), event.instance(), event.device(), event.user(), event.workspace());
        }
    }
}
