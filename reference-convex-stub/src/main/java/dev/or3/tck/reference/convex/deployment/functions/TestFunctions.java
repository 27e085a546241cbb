package dev.or3.tck.reference.convex.deployment.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.reference.convex.deployment.Values;
import dev.or3.tck.reference.convex.deployment.database.Document;
import java.util.UUID;

/** {@code tck:provision} and {@code tck:inspect}: for tests only, and for who holds the deployment's key. */
final class TestFunctions {
    private TestFunctions() {
    }

    static void register(Functions functions) {
        functions.mutation("tck:provision", TestFunctions::provision);
        functions.query("tck:inspect", TestFunctions::inspect);
    }

    private static JsonNode provision(Context context, Args args) {
        context.requireKey();
        String workspaceId = WorkspaceFunctions.addWorkspace(context, "Provisioned", null, null).text("workspaceId");
        ObjectNode answer = Values.object().put("workspaceId", workspaceId);
        ArrayNode userIds = answer.putArray("userIds");
        for (String role : args.texts("members")) {
            Document user = WorkspaceFunctions.addUser(context, "provision", UUID.randomUUID().toString(),
                    null, null);
            WorkspaceFunctions.addMember(context, workspaceId, user.text("userId"), role);
            userIds.add(user.text("userId"));
        }
        return answer;
    }

    private static JsonNode inspect(Context context, Args args) {
        context.requireKey();
        Document record = context.db().first("records", "by_key", args.text("workspaceId"), args.text("tableName"),
                args.text("pk"));
        return record == null ? Functions.nothing() : record.fields();
    }
}
