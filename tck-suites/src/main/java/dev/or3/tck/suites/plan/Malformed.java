package dev.or3.tck.suites.plan;

import dev.or3.tck.api.Json;
import java.util.ArrayList;
import java.util.List;

/** Requests that should be refused. Each is given beside its well-formed twin, which goes first. */
final class Malformed {
    private static final String SCOPE = "\"scope\":{\"workspaceId\":\"${workspace:%d}\"}";

    /** A call as JSON. */
    record RawCall(String method, String input) {
    }

    private Malformed() {
    }

    /** Broken variants of a put, each under an op id of its own. */
    static List<PlannedOperation> operations(Draft draft, int space, PlannedOperation twin) {
        List<PlannedOperation> broken = new ArrayList<>(notJudgedByStamp(draft, twin));
        // A provider may leave these to the host and store them, so that they must not tie with the twin either.
        broken.add(draft.untied(space, with(draft, twin, twin.table(), "put", twin.pk(), twin.payload(), twin.deviceId(),
                twin.hlc(), -1)));
        broken.add(with(draft, twin, twin.table(), "put", "", twin.payload(), twin.deviceId(), twin.hlc(), twin.clock()));
        broken.add(draft.untied(space, with(draft, twin, twin.table(), "put", twin.pk(), twin.payload(), "", twin.hlc(),
                twin.clock())));
        broken.add(draft.untied(space, with(draft, twin, twin.table(), "put", twin.pk(), twin.payload(), twin.deviceId(), "",
                twin.clock())));
        return broken;
    }

    /** Those that every provider refuses by itself (PUSH-10): an unknown table or operation, a payload that is no object. */
    static List<PlannedOperation> notJudgedByStamp(Draft draft, PlannedOperation twin) {
        List<PlannedOperation> broken = new ArrayList<>();
        for (String table : List.of("nope", "threads; drop table threads", "Threads")) {
            broken.add(with(draft, twin, table, "put", twin.pk(), twin.payload(), twin.deviceId(), twin.hlc(),
                    twin.clock()));
        }
        for (String payload : List.of("[1,2]", "\"text\"", "5", "true")) {
            broken.add(with(draft, twin, twin.table(), "put", twin.pk(), payload, twin.deviceId(), twin.hlc(),
                    twin.clock()));
        }
        broken.add(with(draft, twin, twin.table(), "upsert", twin.pk(), twin.payload(), twin.deviceId(), twin.hlc(),
                twin.clock()));
        return broken;
    }

    private static PlannedOperation with(Draft draft, PlannedOperation twin, String table, String operation, String pk,
            String payload, String device, String hlc, long clock) {
        return new PlannedOperation(draft.opId(0), table, operation, pk, payload, device, hlc, clock);
    }

    /** Puts whose payload contradicts its key, or claims another workspace (PUSH-15). */
    static List<PlannedOperation> contradicting(Draft draft, PlannedOperation twin, String otherPk, int otherSpace) {
        String key = draft.context.schema().table(twin.table()).orElseThrow().key();
        String own = "\"" + key + "\":" + Json.write(twin.pk());
        List<PlannedOperation> ops = new ArrayList<>();
        ops.add(with(draft, twin, twin.table(), "put", twin.pk(),
                twin.payload().replace(own, "\"" + key + "\":" + Json.write(otherPk)), twin.deviceId(), twin.hlc(),
                twin.clock()));
        if (!draft.context.manifest().strictSchema()) {
            ops.add(with(draft, twin, twin.table(), "put", twin.pk(),
                    twin.payload().replace(own, own + ",\"workspace_id\":\"${workspace:" + otherSpace + "}\""),
                    twin.deviceId(), twin.hlc(), twin.clock()));
            ops.add(with(draft, twin, twin.table(), "put", twin.pk(),
                    twin.payload().replace(own, own + ",\"_id\":" + Json.write(otherPk)), twin.deviceId(), twin.hlc(),
                    twin.clock()));
        }
        return ops;
    }

    /** Calls of shapes that the typed interfaces cannot express; the first of each method is well formed. */
    static List<RawCall> calls(Draft draft, int space, String device) {
        String scope = String.format(SCOPE, space);
        List<RawCall> calls = new ArrayList<>(List.of(
                new RawCall("pull", "{" + scope + ",\"cursor\":0,\"limit\":10}"),
                new RawCall("pull", "{\"cursor\":0,\"limit\":10}"),
                new RawCall("pull", "{\"scope\":null,\"cursor\":0,\"limit\":10}"),
                new RawCall("pull", "{" + scope + ",\"cursor\":0.5,\"limit\":10}"),
                new RawCall("pull", "{" + scope + ",\"cursor\":\"abc\",\"limit\":10}"),
                new RawCall("pull", "{" + scope + ",\"cursor\":0,\"limit\":10,\"tables\":\"kv\"}"),
                new RawCall("updateCursor", "{" + scope + ",\"deviceId\":\"" + device + "\",\"version\":0}"),
                new RawCall("updateCursor", "{" + scope + ",\"deviceId\":\"" + device + "\",\"version\":0.5}"),
                new RawCall("updateCursor", "{" + scope + ",\"version\":0}"),
                new RawCall("push", "{" + scope + ",\"ops\":[]}"),
                new RawCall("push", "{" + scope + "}"),
                new RawCall("push", "{" + scope + ",\"ops\":{}}")));
        calls.addAll(pushes(draft, scope, device));
        if (draft.context.allows(Feature.COLLECTIONS)) {
            long retention = draft.context.retention();
            calls.add(new RawCall("gcChangeLog", "{" + scope + ",\"retentionSeconds\":" + retention + "}"));
            calls.add(new RawCall("gcChangeLog", "{" + scope + ",\"retentionSeconds\":0.5}"));
            calls.add(new RawCall("gcTombstones", "{" + scope + ",\"retentionSeconds\":\"all\"}"));
        }
        return calls;
    }

    /** Operations with a fractional clock, and without a stamp. */
    private static List<RawCall> pushes(Draft draft, String scope, String device) {
        String pk = Keys.plain("kv", 0);
        String payload = draft.payloads.of("kv", pk, 1, draft.next(), "", null);
        String frame = "{" + scope + ",\"ops\":[{\"id\":\"%s\",\"tableName\":\"kv\",\"operation\":\"put\",\"pk\":"
                + Json.write(pk) + ",\"payload\":" + payload.replace("%", "%%")
                + "%s,\"createdAt\":0,\"attempts\":0,\"status\":\"pending\"}]}";
        String stamp = ",\"stamp\":{\"deviceId\":\"" + device + "\",\"opId\":\"%s\",\"hlc\":\"" + Stamps.real(0, "dev00001")
                + "\",\"clock\":0.5}";
        return List.of(
                new RawCall("push", String.format(frame, rawId(draft), String.format(stamp, rawId(draft)))),
                new RawCall("push", String.format(frame, rawId(draft), "")));
    }

    /** Raw input gets no digits filled in, but the run's own eight characters: enough to be fresh. */
    private static String rawId(Draft draft) {
        return String.format("${run}-0000-4000-8000-%012x", draft.next());
    }
}
