package dev.or3.tck.suites.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.Stamp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Reads what {@link HistoryEncoder} wrote. */
final class HistoryDecoder {
    private static final Outcome[] OUTCOMES = Outcome.values();

    private final ByteReader in = new ByteReader();
    private final KnownLog known = new KnownLog();
    private final List<History.Sent> operations = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<HistoryEncoder.Session> sessions = new ArrayList<>();
    private final CallDecoder calls = new CallDecoder(this, in, known, operations);
    private final FrameReader frames;
    private long createdAt;
    private int seq;
    private long invoked;
    private long invokedMicros;

    HistoryDecoder(FrameReader frames) {
        this.frames = frames;
    }

    History read() throws IOException {
        frames.begin();
        History.Header header = null;
        Frame last = Frame.HEADER;
        while (last != Frame.FOOTER) {
            Frame frame = frames.next();
            if ((header == null) != (frame == Frame.HEADER) || frame.compareTo(last) < 0) {
                throw frames.corrupt("a frame is out of place", null);
            }
            in.reset(frames.content(), 0, frames.length());
            try {
                header = readFrame(frame, header);
            } catch (IndexOutOfBoundsException | ArithmeticException | IllegalArgumentException
                    | NegativeArraySizeException nonsense) {
                throw frames.nonsense(in.position(), nonsense);
            }
            last = frame;
        }
        frames.end();
        return new History(header, Collections.unmodifiableList(operations), Collections.unmodifiableList(events));
    }

    private History.Header readFrame(Frame frame, History.Header header) throws HistoryFileException {
        if (frame == Frame.HEADER) {
            return readHeader();
        }
        if (frame == Frame.FOOTER) {
            if (in.readLong() != operations.size() || in.readLong() != events.size()) {
                throw frames.corrupt("the counts at the end do not fit", null);
            }
        }
        while (in.remaining() > 0) {
            if (frame == Frame.OPERATIONS) {
                operations.add(readSent());
            } else {
                events.add(readEvent());
            }
        }
        return header;
    }

    private History.Header readHeader() {
        try {
            return Json.mapper().readValue(in.readText(), History.Header.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a header: " + e.getOriginalMessage(), e);
        }
    }

    private History.Sent readSent() {
        String workspace = in.readText();
        String id = in.readText();
        String table = in.readText();
        String operation = in.readText();
        String pk = in.readText();
        JsonText payload = readPayload(HistoryFormat.NO_OPERATION);
        Stamp stamp = readStamp();
        createdAt += in.readSigned();
        int attempts = in.readSignedInt();
        String status = in.readText();
        return new History.Sent(workspace,
                new Operation(id, table, operation, pk, payload, stamp, createdAt, attempts, status));
    }

    private Event readEvent() {
        int flags = in.readByte();
        seq += (int) in.readSigned();
        int eventSeq = seq++;
        invoked += in.readSigned();
        long returned = (flags & HistoryFormat.ANSWERED) == 0 ? Event.NEVER : invoked + in.readSigned();
        invokedMicros += in.readSigned();
        long returnedMicros = (flags & HistoryFormat.TIMED) == 0 ? Event.NEVER : invokedMicros + in.readSigned();
        HistoryEncoder.Session session = readSession();
        int attempt = in.readSignedInt();
        Event.Fault fault = (flags & HistoryFormat.FAULT) == 0 ? null
                : new Event.Fault(in.readSignedInt(), in.readText(), in.readText());
        Call call = calls.read();
        return new Event(eventSeq, invoked, returned, invokedMicros, returnedMicros, session.client(),
                session.instance(), session.device(), session.user(), session.workspace(), attempt,
                OUTCOMES[flags & HistoryFormat.OUTCOME], fault, call);
    }

    private HistoryEncoder.Session readSession() {
        int index = in.readInt();
        if (index > 0) {
            return sessions.get(index - 1);
        }
        HistoryEncoder.Session session = new HistoryEncoder.Session(in.readSignedInt(), in.readSignedInt(),
                in.readText(), in.readText(), in.readText());
        sessions.add(session);
        return session;
    }

    JsonText readPayload(int operation) {
        int how = in.readInt();
        return switch (how) {
            case HistoryFormat.NULL_PAYLOAD -> null;
            case HistoryFormat.OWN_PAYLOAD -> operations.get(operation).operation().payload();
            case HistoryFormat.OTHER_PAYLOAD -> new JsonText(required(in.readText()));
            default -> operations.get(how - HistoryFormat.OTHER_PAYLOAD - 1).operation().payload();
        };
    }

    static String required(String text) {
        if (text == null) {
            throw new IllegalArgumentException("a text is missing");
        }
        return text;
    }

    Stamp readStamp() {
        return in.readByte() == 0 ? null : new Stamp(in.readText(), in.readText(), in.readText(), in.readSigned());
    }

    Change readChange(long version) {
        return in.readByte() == 0 ? null : new Change(version + in.readSigned(), in.readText(), in.readText(),
                in.readText(), readPayload(HistoryFormat.NO_OPERATION), readStamp());
    }

    List<OperationResult> readResults(int count, int[] indices, KnownLog.Log log) {
        OperationResult[] results = new OperationResult[count];
        long version = 0;
        for (int i = 0; i < count; i++) {
            int flags = in.readByte();
            if (flags == HistoryFormat.NO_RESULT) {
                continue;
            }
            int own = i < indices.length ? indices[i] : HistoryFormat.NO_OPERATION;
            boolean isOwn = (flags & HistoryFormat.OWN_ID) != 0;
            boolean success = (flags & HistoryFormat.SUCCESS) != 0;
            String opId = isOwn ? operations.get(own).operation().stamp().opId() : in.readText();
            Long serverVersion = null;
            if ((flags & HistoryFormat.VERSIONED) != 0) {
                serverVersion = version + in.readSigned();
                version = serverVersion + 1;
                if (isOwn && success) {
                    log.learn(serverVersion, own);
                }
            }
            Boolean applied = (flags & HistoryFormat.APPLIED_TOLD) == 0 ? null
                    : Boolean.valueOf((flags & HistoryFormat.APPLIED) != 0);
            JsonText payload = readPayload(own);
            boolean hasError = (flags & HistoryFormat.ERROR) != 0;
            results[i] = new OperationResult(opId, success, serverVersion, applied, payload,
                    hasError ? in.readText() : null, hasError ? in.readText() : null);
        }
        return Collections.unmodifiableList(Arrays.asList(results));
    }
}
