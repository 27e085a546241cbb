package dev.or3.tck.reference.convex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Limits;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.CollectRequest;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.SnapshotPage.Item;
import dev.or3.tck.api.sync.SnapshotPage.Revision;
import dev.or3.tck.api.sync.SnapshotRequest;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.api.sync.Sync;
import java.util.ArrayList;
import java.util.List;

/**
 * The sync component, by the functions {@code sync:…}. Payloads travel as text, because a deployment's own values have no
 * room for every key and number of JSON (PUSH-12). A push carries a request id although its operations have ids: what it
 * tells of the winners is the state at the first try (LWW-12).
 */
final class ConvexSync implements Sync {
    private final Calls calls;
    private final WireSchema schema;
    private final Limits limits;
    private final Admission admission;

    ConvexSync(Calls calls, WireSchema schema, Limits limits) {
        this.calls = calls;
        this.schema = schema;
        this.limits = limits;
        this.admission = new Admission(schema, limits.payloadBytes());
    }

    @Override
    public PushResponse push(Caller caller, PushRequest request) {
        ObjectNode args = args(caller, request == null ? null : request.scope());
        if (request.ops() == null) {
            throw ProviderException.badRequest("ops is missing");
        }
        if (request.ops().size() > limits.opsPerPush()) {
            throw new ProviderException(413, "OVERSIZED", "more than " + limits.opsPerPush() + " operations in one push");
        }
        ArrayNode sent = args.putArray("ops");
        List<OperationResult> results = new ArrayList<>();
        for (Operation op : request.ops()) {
            // Without its opId a result could not be told apart from another, so the whole batch is refused.
            if (op == null || op.stamp() == null || op.stamp().opId() == null || op.stamp().opId().isEmpty()) {
                throw ProviderException.badRequest("an operation has no stamp.opId");
            }
            Admission.Verdict verdict = admission.judge(caller, op);
            if (verdict.refusal() == null) {
                sent.add(verdict.args());
            } else {
                results.add(verdict.refusal());
            }
        }
        JsonNode answer = calls.mutation(caller, "sync:push", args, JsonNode.class);
        answer.path("results").forEach(result -> results.add(result(result)));
        return new PushResponse(results, answer.path("serverVersion").asLong());
    }

    private static OperationResult result(JsonNode result) {
        String opId = result.path("opId").asText();
        return result.path("success").asBoolean()
                ? OperationResult.stored(opId, result.path("serverVersion").asLong(), result.path("applied").asBoolean(),
                        payload(result))
                : OperationResult.refused(opId, result.path("errorCode").asText(), result.path("error").asText());
    }

    private static JsonText payload(JsonNode holder) {
        return holder.hasNonNull("payload") ? new JsonText(holder.path("payload").textValue()) : null;
    }

    @Override
    public PullResponse pull(Caller caller, PullRequest request) {
        ObjectNode args = args(caller, request == null ? null : request.scope());
        if (request.cursor() < 0) {
            throw ProviderException.badRequest("cursor is negative");
        }
        args.put("cursor", request.cursor()).put("limit", bounded("limit", request.limit()));
        args.set("tables", tables(request.tables()));
        JsonNode answer = calls.query(caller, "sync:pull", args, JsonNode.class);
        List<Change> changes = new ArrayList<>();
        answer.path("changes").forEach(change -> changes.add(new Change(change.path("serverVersion").asLong(),
                change.path("tableName").asText(), change.path("pk").asText(), change.path("op").asText(), payload(change),
                new Stamp(change.path("deviceId").asText(), change.path("opId").asText(), change.path("hlc").asText(),
                        change.path("clock").asLong()))));
        return new PullResponse(changes, answer.path("nextCursor").asLong(), answer.path("hasMore").asBoolean(),
                answer.path("oldestRetainedVersion").asLong(), answer.path("requiresSnapshot").asBoolean());
    }

    @Override
    public void updateCursor(Caller caller, CursorUpdate update) {
        ObjectNode args = args(caller, update == null ? null : update.scope());
        if (update.deviceId() == null || update.deviceId().isBlank()) {
            throw ProviderException.badRequest("deviceId is empty");
        }
        calls.repeatable("mutation", caller, "sync:updateCursor",
                args.put("deviceId", update.deviceId()).put("version", update.version()), Void.class);
    }

    @Override
    public void gcTombstones(Caller caller, CollectRequest request) {
        collect(caller, request, "sync:gcTombstones");
    }

    @Override
    public void gcChangeLog(Caller caller, CollectRequest request) {
        collect(caller, request, "sync:gcChangeLog");
    }

    private void collect(Caller caller, CollectRequest request, String function) {
        ObjectNode args = args(caller, request == null ? null : request.scope())
                .put("retentionSeconds", request.retentionSeconds());
        while (calls.repeatable("mutation", caller, function, args, JsonNode.class).path("more").asBoolean()) {
            // A call collects a few hundred, so that others can go on.
        }
    }

    @Override
    public SnapshotPage snapshot(Caller caller, SnapshotRequest request) {
        ObjectNode args = args(caller, request == null ? null : request.scope())
                .put("pageSize", bounded("pageSize", request.pageSize())).put("pageToken", request.pageToken());
        args.set("tables", tables(request.tables()));
        JsonNode answer = calls.mutation(caller, "sync:snapshot", args, JsonNode.class);
        List<Item> items = new ArrayList<>();
        answer.path("items").forEach(item -> items.add(new Item(item.path("kind").asText(), item.path("tableName").asText(),
                item.path("pk").asText(), payload(item), revision(item.path("revision")),
                item.hasNonNull("serverDeletedAt") ? item.path("serverDeletedAt").asLong() : null)));
        return new SnapshotPage(answer.path("workspaceId").asText(), answer.path("snapshotId").asText(),
                answer.path("highWatermark").asLong(), items, answer.path("nextPageToken").textValue());
    }

    private static Revision revision(JsonNode revision) {
        return new Revision(revision.path("clock").asLong(), revision.path("hlc").asText(), revision.path("opId").asText());
    }

    /** Of at most what the deployment answers at once; less than 1 is refused. */
    private int bounded(String what, int asked) {
        if (asked < 1) {
            throw ProviderException.badRequest(what + " is less than 1");
        }
        return Math.min(asked, limits.pullLimit());
    }

    private ArrayNode tables(List<String> wanted) {
        ArrayNode tables = Json.mapper().createArrayNode();
        for (String table : wanted == null ? List.<String>of() : wanted) {
            if (schema.table(table).isEmpty()) {
                throw ProviderException.badRequest("no synced table is named '" + table + "'");
            }
            tables.add(table);
        }
        return tables;
    }

    private static ObjectNode args(Caller caller, Scope scope) {
        Acting.inScope(caller, scope);
        return Json.mapper().createObjectNode().put("userId", caller.userId()).put("workspaceId", caller.workspaceId());
    }
}
