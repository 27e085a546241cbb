package dev.or3.tck.reference.convex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.workspaces.Role;
import java.util.List;

/** The test controls, by functions that a deployment for production does not have. */
final class ConvexControls implements Controls {
    private final Calls calls;

    ConvexControls(Calls calls) {
        this.calls = calls;
    }

    @Override
    public Provisioned provision(List<Role> members) {
        if (members == null) {
            throw ProviderException.badRequest("members is missing");
        }
        ObjectNode args = Json.mapper().createObjectNode();
        return calls.mutation(null, "tck:provision", args.set("members", Json.mapper().valueToTree(members)),
                Provisioned.class);
    }

    @Override
    public long clock(long offsetSeconds) {
        if (offsetSeconds < 0) {
            throw ProviderException.badRequest("offsetSeconds is negative");
        }
        return calls.repeatable("action", null, "tck:clock",
                Json.mapper().createObjectNode().put("offsetSeconds", offsetSeconds), JsonNode.class).path("now").asLong();
    }

    @Override
    public Inspection inspect(String workspaceId, String tableName, String pk) {
        JsonNode record = calls.query(null, "tck:inspect", Json.mapper().createObjectNode().put("workspaceId", workspaceId)
                .put("tableName", tableName).put("pk", pk), JsonNode.class);
        if (record == null) {
            return new Inspection(null, List.of());
        }
        long clock = record.path("clock").asLong();
        String hlc = record.path("hlc").asText();
        String opId = record.path("opId").asText();
        return record.path("deleted").asBoolean()
                ? new Inspection(null, List.of(new Tombstone(clock, hlc, opId, record.path("version").asLong())))
                : new Inspection(new StoredRecord(new JsonText(record.path("payload").asText()), false, clock, hlc, opId),
                        List.of());
    }

    @Override
    public void restart() {
        calls.restart();
    }
}
